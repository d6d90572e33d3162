"""Files with tables: what is recognised, what is a fault and where, what is refused; never anything but our own errors."""

from __future__ import annotations

import contextlib
import io
import random
import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnerfirst.content import persona_fields, texts
from learnerfirst.errors import FileTooLarge, InvalidInput, LearnerFirstError, UnreadableFile
from learnerfirst.exchange.spreadsheets import FOR_PAGES, Limits, faults_csv, read_table, safe_cell
from learnerfirst.exchange.spreadsheets.faults_file import set_aside_csv
from learnerfirst.intake.proposals import propose
from learnerfirst.intake.table import Sheet, grouped
from tests.exchange.bad_files import PEOPLE, TABLE, UNREADABLE, inline, workbook


def kinds(sheet: Sheet) -> set[str]:
    return {note.kind for note in sheet.notes}


def note(sheet: Sheet, kind: str) -> str:
    return next(note.text for note in sheet.notes if note.kind == kind)


def faults(sheet: Sheet) -> list[tuple[str, int, str, str]]:
    return [(fault.kind, fault.row, fault.column, fault.value) for fault in sheet.faults]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "UTF-8."),
        ("utf-8-sig", "UTF-8 with a byte order mark"),
        ("utf-16", "UTF-16."),
        ("utf-16-le", "UTF-16 (little-endian)"),
        ("utf-16-be", "UTF-16 (big-endian)"),
        ("utf-32", "UTF-32"),
    ],
)
def test_the_encoding_is_recognised_and_said(encoding: str, said: str) -> None:
    sheet = read_table(PEOPLE.encode(encoding), name="people.csv")
    assert sheet.headings == ("Näme", "Alter", "Score")
    assert sheet.rows == (("José", "34", "1,5"), ("Zoë", "NA", "2,25"))
    assert said in note(sheet, "encoding")


def test_windows_1252_is_said_with_a_value_to_look_at() -> None:
    sheet = read_table(PEOPLE.encode("cp1252"))
    assert sheet.rows[0][0] == "José"
    assert "Windows-1252" in note(sheet, "encoding_guess")
    assert "“Näme”" in note(sheet, "encoding_guess")


def test_a_given_encoding_is_taken_or_refused() -> None:
    assert read_table(PEOPLE.encode("mac_roman"), encoding="mac_roman").rows[0][0] == "José"
    with pytest.raises(UnreadableFile, match="not utf-8"):
        read_table(PEOPLE.encode("cp1252"), encoding="utf-8")
    with pytest.raises(InvalidInput, match="one of"):
        read_table(b"a,b\n1,2", encoding="klingon")
    with pytest.raises(InvalidInput, match="semicolon"):
        read_table(b"a,b\n1,2", separator="x")


def test_a_few_broken_bytes_are_faults_of_their_cells_and_not_another_encoding() -> None:
    sheet = read_table(b"name,team\n" + "Zoë,Ä\n".encode() * 30 + b"Zo\xeb,x\n")
    assert faults(sheet) == [("encoding", 32, "name", "Zo\\xeb")]
    assert sheet.rows[0] == ("Zoë", "Ä")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_recognised(separator: str) -> None:
    rows = [["id", "tools", "note"], ["007", '"a, b; c"', "x"], ["8", '"d|e"', "y"]]
    sheet = read_table("\n".join(separator.join(row) for row in rows).encode())
    assert sheet.column("tools") == ("a, b; c", "d|e")
    assert sheet.column("id") == ("007", "8")


def test_decimal_commas_do_not_make_a_semicolon_file_a_comma_file() -> None:
    sheet = read_table(("a;b\n" + "1,5;2,5\n" * 50).encode())
    assert sheet.rows[0] == ("1,5", "2,5")
    assert note(sheet, "decimal_commas").endswith("a, b.")


def test_excels_own_line_names_the_separator() -> None:
    sheet = read_table(b"sep=;\r\na,x;b\r\n1;2\r\n")
    assert (sheet.headings, sheet.rows, sheet.numbers) == (("a,x", "b"), (("1", "2"),), (3,))


def test_two_separators_that_fit_alike_are_said() -> None:
    assert "separator_guess" in kinds(read_table(b"a,b;c\n1,2;3\n4,5;6\n"))


def test_na_stays_a_word_and_ids_stay_texts() -> None:
    sheet = read_table(b"id,team,x\n007,NA,null\n1e5,N/A,inf\n")
    assert sheet.rows == (("007", "NA", "null"), ("1e5", "N/A", "inf"))
    assert sheet.faults == ()


def test_rows_with_cells_too_many_or_missing_are_named_and_can_be_set_aside() -> None:
    sheet = read_table(b"id,team,role\n1,a,b\n2,c,d,EXTRA\n3,e\n4,f,g\n5,h,i\n", name="people.csv")
    assert faults(sheet) == [("extra_cells", 3, "D", "EXTRA"), ("missing_cells", 4, "role", "2 cells")]
    assert "3 columns" in sheet.faults[0].fix
    assert [row[0] for row in sheet.good().rows] == ["1", "4", "5"]
    assert sheet.good().numbers == (2, 5, 6)
    assert sheet.set_aside() == (("3", "2", "c", "d"), ("4", "3", "e", ""))
    assert set_aside_csv(sheet).decode("utf-8-sig").splitlines()[0] == "Row in the file,id,team,role"


def test_a_row_over_several_lines_counts_once_as_in_a_spreadsheet() -> None:
    sheet = read_table(b'id,note\n1,"two\nlines"\n2,x,y\n3,z\n')
    assert faults(sheet) == [("extra_cells", 3, "C", "y")]
    assert sheet.rows[0] == ("1", "two\nlines")


def test_a_wrong_quotation_mark_costs_its_own_row_only() -> None:
    sheet = read_table(b'id,team\n1,"open\n3,c\n"ok"x,d\n5,"e ""f"""\n')
    assert [(kind, row) for kind, row, *_ in faults(sheet)] == [("quote", 2), ("quote", 4)]
    assert sheet.good().rows == (("3", "c"), ("5", 'e "f"'))


def test_characters_that_are_no_text_are_faults() -> None:
    sheet = read_table(b"id,team\n1,a\0b\n2,c\x07\n3,d\n")
    assert [(kind, row, value) for kind, row, _, value in faults(sheet)] == [
        ("nul", 2, "a\\x00b"),
        ("control", 3, "c\\x07"),
    ]


def test_values_of_broken_formulas_are_faults_in_any_language() -> None:
    assert [kind for kind, *_ in faults(read_table(b"id,team\n1,#REF!\n2,#NV\n3,x\n"))] == ["error_value"] * 2


def test_titles_blank_rows_and_blank_columns_are_left_out_and_said() -> None:
    text = b"Learner survey\nexported,2026-11-01\n\nid,,team,role\n1,,a,b\n\n2,,c,d\n3,,e,f\n,,,\n"
    sheet = read_table(text)
    assert sheet.headings == ("id", "team", "role")
    assert sheet.rows == (("1", "a", "b"), ("2", "c", "d"), ("3", "e", "f"))
    assert sheet.numbers == (5, 7, 8)
    assert [column.letter for column in sheet.columns] == ["A", "C", "D"]
    assert {"titles", "blank_rows", "blank_columns"} <= kinds(sheet)
    assert "Learner survey" in note(sheet, "titles")


def test_the_row_of_the_headings_can_be_given() -> None:
    text = b"a,b\nid,team\n1,x\n"
    assert read_table(text, header_row=2).headings == ("id", "team")
    with pytest.raises(UnreadableFile, match="from 1 to 3"):
        read_table(text, header_row=9)


def test_headings_that_come_twice_or_are_missing_get_their_letter() -> None:
    sheet = read_table(b"id,Role,role,\n1,a,b,c\n2,d,e,f\n")
    assert sheet.headings == ("id", "Role (B)", "role (C)", "Column D")
    assert {"duplicates", "nameless"} <= kinds(sheet)


def test_a_column_without_heading_in_between_is_named_by_its_letter() -> None:
    sheet = read_table(b"id,,team\n1,x,a\n2,y,b\n")
    assert sheet.headings == ("id", "Column B", "team")
    assert note(sheet, "nameless").endswith("B.")


def test_headings_of_two_rows_are_joined() -> None:
    sheet = read_table(b"Person,,Note\nid,team,\n1,a,b\n2,c,d\n")
    assert sheet.headings == ("Person: id", "Person: team", "Note")
    assert sheet.numbers == (3, 4)
    assert "two_headers" in kinds(sheet)


def test_a_file_without_headings_loses_no_row() -> None:
    sheet = read_table(b"1,2026-01-01\n2,2026-01-02\n")
    assert sheet.headings == ("Column A", "Column B")
    assert len(sheet.rows) == 2
    assert "no_header" in kinds(sheet)


def test_headings_again_and_totals_are_faults() -> None:
    sheet = read_table(b"id,team\n1,a\nid,team\n2,b\nTotal,2\n")
    assert [(kind, row) for kind, row, *_ in faults(sheet)] == [("repeated_header", 4 - 1), ("total", 5)]


def test_spaces_around_cells_go_and_are_counted() -> None:
    sheet = read_table("id, team\n 007 ,\u00a0a\u200b\n".encode())
    assert (sheet.headings, sheet.rows) == (("id", "team"), (("007", "a"),))
    assert note(sheet, "trimmed").endswith(": 3.")


def test_what_a_spreadsheet_did_before_is_said_and_not_repaired() -> None:
    sheet = read_table("id,age,town\n1.23E+15,02-Jan,MÃ¼nchen\n4,5,Bern\n".encode())
    assert {"scientific", "day_months", "mojibake"} <= kinds(sheet)
    assert sheet.rows[0] == ("1.23E+15", "02-Jan", "MÃ¼nchen")


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_says_what_to_do(name: str) -> None:
    data, said = UNREADABLE[name]
    with pytest.raises(UnreadableFile) as caught:
        read_table(data, name="people.xlsx")
    assert said in str(caught.value)
    assert caught.value.faults[0].where == "people.xlsx"


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    data = UNREADABLE["a zip bomb"][0]
    assert len(data) < 100_000
    start = time.perf_counter()
    with pytest.raises(UnreadableFile):
        read_table(data)
    assert time.perf_counter() - start < 1


def test_a_bomb_that_lies_about_its_size_is_stopped_where_it_said_it_ends() -> None:
    honest = workbook(b"<worksheet><sheetData>" + b" " * 3_000_000 + b"</sheetData></worksheet>")
    size = (3_000_000 + len(b"<worksheet><sheetData></sheetData></worksheet>")).to_bytes(4, "little")
    assert honest.count(size) == 2
    with pytest.raises(UnreadableFile):
        read_table(honest.replace(size, (900).to_bytes(4, "little")))


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_as_people_see_it() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["id", "day", "moment", "yes", "part", "money", "text", "number", "time"])
    page.append([7, date(2026, 1, 2), datetime(2026, 1, 2, 14, 5), True, 0.25, 1000.5, "007", 0.1 + 0.2, 0.5])
    for column, code in (("A", "000"), ("E", "0%"), ("F", '#,##0.00 "€"'), ("I", "hh:mm")):
        page[f"{column}2"].number_format = code
    sheet = read_table(saved(book))
    assert sheet.rows == (
        ("007", "2026-01-02", "2026-01-02 14:05", "TRUE", "25%", "1000.5 €", "007", "0.3", "12:00"),
    )
    assert "dates" in kinds(sheet)


def test_days_of_the_other_calendar_are_the_same_days() -> None:
    book = openpyxl.Workbook()
    book.epoch = datetime(1904, 1, 1)
    book.active.append(["id", "day"])
    book.active.append(["a", date(2026, 1, 2)])
    assert read_table(saved(book)).rows == (("a", "2026-01-02"),)


def test_merged_headings_and_merged_cells_read_as_they_look() -> None:
    book = openpyxl.Workbook()
    page = book.active
    for row in (
        ["Survey"],
        ["Person", None, "Work"],
        ["id", "team", "role"],
        [1, "North", "x"],
        [2, None, "y"],
        [3, "South", "z"],
    ):
        page.append(row)
    page.merge_cells("A1:C1")
    page.merge_cells("A2:B2")
    page.merge_cells("B4:B5")
    sheet = read_table(saved(book))
    assert sheet.headings == ("Person: id", "Person: team", "Work: role")
    assert sheet.column("Person: team") == ("North", "North", "South")
    assert note(sheet, "merged").endswith(": 1.")


def test_hidden_things_and_other_worksheets_are_said() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Answers"
    for row in (["id", "team"], *[[number, "a"] for number in range(9)]):
        page.append(row)
    page.row_dimensions[4].hidden = True
    page.column_dimensions["B"].hidden = True
    book.create_sheet("Read me")["A1"] = "x"
    hidden = book.create_sheet("Pay")
    hidden["A1"], hidden.sheet_state = 1, "hidden"
    data = saved(book)
    sheet = read_table(data)
    assert (sheet.name, sheet.names, len(sheet.rows)) == ("Answers", ("Answers", "Read me"), 9)
    assert {"sheets", "hidden_sheets", "hidden_rows", "hidden_columns"} <= kinds(sheet)
    with pytest.raises(UnreadableFile, match="Answers, Read me"):
        read_table(data, sheet="Nope")


def test_cells_that_a_workbook_cannot_answer_for_are_faults() -> None:
    rows = (
        f"<sheetData><row r='1'>{inline('A1', 'id')}{inline('B1', 'team')}</row>"
        "<row r='2'><c r='A2'><f>B2</f></c><c r='B2' t='e'><v>#N/A</v></c></row>"
        "<row r='3'><c r='A3'><v>12345678901234567890</v></c><c r='B3' t='s'><v>99</v></c></row>"
        f"<row r='4'>{inline('A4', 'fine')}{inline('B4', 'a_x0000_b')}</row></sheetData>"
    )
    found = faults(read_table(workbook(rows)))
    assert [(kind, row, column) for kind, row, column, _ in found] == [
        ("formula", 2, "id"),
        ("error_value", 2, "team"),
        ("long_number", 3, "id"),
        ("shared_string", 3, "team"),
        ("nul", 4, "team"),
    ]


def test_a_workbook_from_another_program_is_read_too() -> None:
    body = f'<?xml version="1.0"?><x:worksheet xmlns:x="urn:y">{TABLE}</x:worksheet>'
    for tag in ("row", "sheetData", "is", "t", "c"):
        body = (
            body.replace(f"<{tag}>", f"<x:{tag}>")
            .replace(f"<{tag} ", f"<x:{tag} ")
            .replace(f"</{tag}>", f"</x:{tag}>")
        )
    assert read_table(workbook(body.encode())).rows == (("007", "NA"),)


def test_a_formatted_cell_far_outside_is_no_column() -> None:
    far = TABLE.replace("</row></sheetData>", "<c r='XFD2' s='1'/></row></sheetData>")
    assert read_table(workbook(far), limits=FOR_PAGES).rows == (("007", "NA"),)
    with pytest.raises(FileTooLarge, match="XFD"):
        read_table(workbook(far.replace("s='1'/>", "><v>1</v></c>")), limits=FOR_PAGES)


def test_the_limits_of_pages_are_said_and_the_api_has_none(tmp_path: Path) -> None:
    small = Limits(file_bytes=1_000_000, rows=100, columns=5)
    many = b"id,team\n" + b"1,a\n" * 101
    assert len(read_table(many).rows) == 101
    with pytest.raises(FileTooLarge, match="100 rows"):
        read_table(many, limits=small)
    with pytest.raises(FileTooLarge, match="5 columns"):
        read_table(b"a,b,c,d,e,f\n1,2,3,4,5,6\n", limits=small)
    large = tmp_path / "large.csv"
    large.write_bytes(b"id,team\n" + b"1,a\n" * 300_000)
    with pytest.raises(FileTooLarge, match="1 MB"):
        read_table(large, limits=small)
    assert len(read_table(large).rows) == 300_000


SLOW = {
    "digits": b"id,team\n" + b"1,2" * 10_000 + b"\n",
    "long words": b"id;team\n" + b"\n".join(b"1;" + b"Weg 1 Strasse " * 2_000 + b"x" for _ in range(200)),
    "long numbers": b"id;team\n" + b"\n".join(b"1;" + b"1," * 15_000 for _ in range(50)),
    "commas": b"," * 30_000_000,
    "wide": (b"," * 999 + b"\n") * 20_000,
    "quotes": b'"' * 3_000_000,
    "broken quotes": b"a,b\n" + b'1,"x\n' * 100_000,
    "merged": workbook(
        TABLE
        + "<mergeCells>"
        + "".join(f"<mergeCell ref='A1:XFD{row}'/>" for row in range(2, 20_000))
        + "</mergeCells>"
    ),
}


@pytest.mark.parametrize("name", SLOW)
def test_no_file_keeps_the_reader_busy(name: str) -> None:
    start = time.process_time()
    with contextlib.suppress(UnreadableFile):
        sheet = read_table(SLOW[name], limits=FOR_PAGES)
        propose(sheet, persona_fields(), texts("intake"), 2026)
    assert time.process_time() - start < 10


def test_a_file_that_is_not_there_is_our_own_error(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path, tmp_path / "a.csv" / "b.csv", "a\0b"):
        with pytest.raises(UnreadableFile):
            read_table(path)


def test_faults_are_grouped_with_three_examples_and_listed_in_full() -> None:
    sheet = read_table(b"id,team\n" + b"1,a,=1+1\n" * 9 + b"1,a\n" * 10, name="people.csv")
    (group,) = grouped(sheet.faults)
    assert (group.column, group.kind, group.count, len(group.examples)) == ("C", "extra_cells", 9, 3)
    lines = faults_csv(sheet.faults).decode("utf-8-sig").splitlines()
    assert len(lines) == 10
    assert lines[1].startswith("people.csv,2,C,more cells than headings,'=1+1,")


@given(st.text(min_size=1))
def test_no_written_cell_starts_a_formula(text: str) -> None:
    assert safe_cell(text).lstrip(" ")[:1] not in tuple("=+-@\t\r\n") or not text.strip()


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


@settings(max_examples=500, deadline=None)
@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    separator=st.sampled_from([",", ";", "\t", "|"]),
)
def test_what_was_written_is_read_again(rows: list[list[str]], encoding: str, separator: str) -> None:
    import csv

    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerow(["first", "second", "third"])
    around = " \t\r\n\f\v\u00a0\u200b\u2060\ufeff\u202f\u2007"
    rows = [[f"r{number}{cell}z".strip(around) for cell in row] for number, row in enumerate(rows)]
    writer.writerows(rows)
    sheet = read_table(out.getvalue().encode(encoding), separator=separator, header_row=1)
    assert [list(row) for row in sheet.rows] == rows
    assert not [fault for fault in sheet.faults if fault.kind not in ("control", "too_long")]


BYTES = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(
        st.sampled_from(
            ["a", '"', ",", ";", "\n", "\r", "\t", "|", "\0", "ü", "1,5", "=x", "Total", "", " "]
        ),
        max_size=60,
    ).map(lambda parts: "".join(parts).encode()),
)


@settings(max_examples=1500, deadline=None)
@given(
    data=BYTES,
    sheet=st.sampled_from(["", "People"]),
    header_row=st.none() | st.integers(-2, 5),
    separator=st.sampled_from(["", ",", ";"]),
)
def test_whatever_the_bytes_are_only_our_own_errors_come(
    data: bytes, sheet: str, header_row: int | None, separator: str
) -> None:
    try:
        found = read_table(data, sheet=sheet, header_row=header_row, separator=separator)
    except LearnerFirstError:
        return
    assert all(len(row) == len(found.columns) for row in found.rows)
    assert len(set(found.headings)) == len(found.headings)
    faults_csv(found.faults)


WHOLE = workbook(
    TABLE, "<si><t>a</t></si>", '<numFmts><numFmt numFmtId="170" formatCode="dd.mm.yyyy"/></numFmts>'
)
PARTS = {
    info.filename: zipfile.ZipFile(io.BytesIO(WHOLE)).read(info)
    for info in zipfile.ZipFile(io.BytesIO(WHOLE)).infolist()
}


@settings(max_examples=1000, deadline=None)
@given(data=st.data())
def test_whatever_is_damaged_in_a_workbook_only_our_own_errors_come(data: st.DataObject) -> None:
    if data.draw(st.booleans()):
        place, byte = data.draw(st.integers(0, len(WHOLE) - 1)), data.draw(st.integers(0, 255))
        damaged = WHOLE[:place] + bytes([byte]) + WHOLE[place + 1 :]
    else:
        part = data.draw(st.sampled_from(sorted(PARTS)))
        body = PARTS[part]
        place, end = sorted(data.draw(st.tuples(st.integers(0, len(body)), st.integers(0, len(body)))))
        new = data.draw(
            st.sampled_from(
                [b"", b"<c r='B2'>", b"<v>-1</v>", b"&#0;", b"9" * 400, b"xml:", b"\xff", b"</row>", b"nan"]
            )
        )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            for name, old in PARTS.items():
                made.writestr(name, body[:place] + new + body[end:] if name == part else old)
        damaged = out.getvalue()
    with contextlib.suppress(LearnerFirstError):
        read_table(damaged, limits=FOR_PAGES)


def test_a_hundred_thousand_rows_take_seconds(tmp_path: Path) -> None:
    chance = random.Random(1)
    words = ["desk", "site", "own phone; tablet", "Verkauf Nord", "123", "45.6"]
    lines = [",".join(f"h{number}" for number in range(20))]
    lines += [",".join([f"{number:06d}", *chance.choices(words, k=19)]) for number in range(100_000)]
    file = tmp_path / "people.csv"
    file.write_text("\n".join(lines), "utf-8")
    start = time.process_time()
    sheet = read_table(file, limits=FOR_PAGES)
    assert time.process_time() - start < 15
    assert len(sheet.rows) == 100_000
    assert sheet.rows[7][0] == "000007"
