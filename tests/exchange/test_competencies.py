"""Competencies from other systems: each real shape, what is left out and said so, round trips, bad files."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from learnerfirst.content.competencies import load_success_profile, success_profile_names
from learnerfirst.errors import InvalidInput, LearnerFirstError, UnreadableFile
from learnerfirst.exchange.competencies import (
    alike,
    case_json,
    case_package,
    import_competencies,
    moodle_csv,
    occupations_in,
    profile_csv,
    profile_xlsx,
)
from learnerfirst.success_profiles import Competency, Scale, SuccessProfile

DAY = date(2026, 11, 22)
SCHEMA = json.loads((Path(__file__).parent / "case" / "cfpackage_1p1.schema.json").read_text("utf-8"))
ONET_HEAD = (
    *("O*NET-SOC Code", "Title", "Element ID", "Element Name", "Scale ID", "Scale Name", "Data Value"),
    *("N", "Recommend Suppress", "Not Relevant"),
)
ONET_ROWS = (
    ("11-0000.00", "Managers", "2.A.1.a", "Listening", "IM", "Importance", "4.12", "8", "N", ""),
    ("11-0000.00", "Managers", "2.A.1.a", "Listening", "LV", "Level", "4.5", "8", "N", "N"),
    ("11-0000.00", "Managers", "2.A.1.b", "Repairing", "IM", "Importance", "1.0", "8", "N", ""),
    ("11-0000.00", "Managers", "2.A.1.b", "Repairing", "LV", "Level", "0.0", "8", "N", "Y"),
    ("11-0000.00", "Managers", "2.A.1.c", "Science", "IM", "Importance", "2.0", "8", "N", "n/a"),
    ("11-0000.00", "Managers", "2.A.1.c", "Science", "LV", "Level", "1.88", "8", "Y", "N"),
    ("11-0000.00", "Managers", "2.A.1.d", "Writing", "IM", "Importance", "3.5", "8", "N", "n/a"),
    ("11-0000.00", "Managers", "2.A.1.d", "Writing", "LV", "Level", "n/a", "8", "N", "N"),
    ("41-0000.00", "Sales people", "2.A.1.a", "Listening", "IM", "Importance", "4.0", "8", "N", ""),
    ("41-0000.00", "Sales people", "2.A.1.a", "Listening", "LV", "Level", "3.75", "8", "N", "N"),
)


def separated(rows: Sequence[Sequence[object]], separator: str = ",", padded: bool = False) -> bytes:
    out = io.StringIO(newline="")
    cells = [[f"  {cell} " if padded else str(cell) for cell in row] for row in rows]
    csv.writer(out, delimiter=separator).writerows(cells)
    return out.getvalue().encode("utf-8")


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append([float(cell) if str(cell).replace(".", "", 1).isdigit() else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# --- O*NET ---


@pytest.mark.parametrize(
    "data",
    [
        separated((ONET_HEAD, *ONET_ROWS), "\t"),
        separated((ONET_HEAD, *ONET_ROWS), "\t", padded=True),
        separated((ONET_HEAD, *ONET_ROWS)),
        workbook((ONET_HEAD, *ONET_ROWS)),
    ],
    ids=["tabs", "padded", "commas", "xlsx"],
)
def test_an_onet_table_keeps_importance_and_level_apart_in_every_dress(data: bytes) -> None:
    found = import_competencies(data, occupation="11-0000.00", name="Skills.txt")
    assert (found.kind, found.role, found.scale) == ("onet", "Managers", Scale(0, 7))
    assert [(one.id, one.required, one.importance) for one in found.proposals] == [("listening", 4.5, 4.12)]
    assert found.notes == (
        "Left out, not relevant: Repairing.",
        "Left out, suppressed: Science.",
        "Left out, no value: Writing.",
    )
    profile = found.profile()
    assert (profile.draft, profile.built_by) == (True, ("import",))
    assert "CC BY 4.0" in profile.source
    assert "11-0000.00" in profile.source


def test_which_occupation_is_asked_where_there_are_several_and_titles_do_too() -> None:
    data = separated((ONET_HEAD, *ONET_ROWS), "\t")
    with pytest.raises(InvalidInput, match="say which: Managers, Sales people"):
        import_competencies(data)
    with pytest.raises(InvalidInput, match=r"41-0000\.00 Sales people"):
        import_competencies(data, occupation="Pilots")
    assert import_competencies(data, occupation="sales PEOPLE").role == "Sales people"
    assert [one.role for one in occupations_in(data)] == ["Managers", "Sales people"]
    assert occupations_in(b"competency,required\nA,1\n") == ()


def test_an_occupation_of_which_nothing_is_left_stops_only_those_who_ask_for_it() -> None:
    suppressed = [[*row[:8], "Y", ""] for row in ONET_ROWS[8:]]
    data = separated((ONET_HEAD, *ONET_ROWS[:8], *suppressed))
    assert [one.role for one in occupations_in(data)] == ["Managers"]
    with pytest.raises(UnreadableFile, match="nothing that can be used for Sales people"):
        import_competencies(data, occupation="Sales people")
    with pytest.raises(UnreadableFile, match="nothing that can be used"):
        occupations_in(separated((ONET_HEAD, *suppressed)))


def test_tables_without_a_title_column_use_the_code() -> None:
    rows = [[cell for at, cell in enumerate(row) if at != 1] for row in (ONET_HEAD, *ONET_ROWS)]
    assert [one.role for one in occupations_in(separated(rows, "\t"))] == ["11-0000.00", "41-0000.00"]


def test_wrong_cells_of_an_onet_table_are_told_with_row_and_column() -> None:
    rows = [list(row) for row in (ONET_HEAD, *ONET_ROWS)]
    rows[1][6], rows[2][6], rows[4][2] = "5.1", "high", ""
    rows.append(list(ONET_ROWS[0]))
    with pytest.raises(UnreadableFile) as caught:
        occupations_in(separated(rows, "\t"), name="Skills.txt")
    assert [str(fault) for fault in caught.value.faults] == [
        "Skills.txt, row 2, column Data Value: found '5.1'; a number from 1 to 5",
        "Skills.txt, row 3, column Data Value: found 'high'; a number from 0 to 7",
        "Skills.txt, row 5, column Element ID: found ''; a code",
        "Skills.txt, row 12, column Element ID: found '2.A.1.a a second time'; one IM value for each element of an occupation",
    ]


def test_an_onet_profile_moves_onto_our_scale() -> None:
    profile = import_competencies(separated((ONET_HEAD, *ONET_ROWS[8:]))).profile()
    assert profile.rescaled(Scale()).competencies[0].required == pytest.approx(3.75 / 7 * 5)


# --- CASE ---


@pytest.mark.parametrize("name", success_profile_names())
def test_a_case_export_is_valid_against_the_official_schema_and_comes_back_whole(name: str) -> None:
    profile = load_success_profile(name)
    package = case_package(profile, creator="Ours", on=DAY)
    checker = jsonschema.Draft201909Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in checker.iter_errors(package)] == []
    back = import_competencies(case_json(profile, creator="Ours", on=DAY), name="p.json")
    made = back.profile()
    assert (made.role, made.competencies, made.scale, made.source) == (
        profile.role,
        profile.competencies,
        profile.scale,
        profile.source,
    )


def test_the_schema_refuses_what_is_no_package() -> None:
    package = case_package(load_success_profile("team_lead"), creator="Ours", on=DAY)
    del package["CFItems"][0]["uri"]
    package["CFDocument"]["colour"] = "red"
    assert len(list(jsonschema.Draft201909Validator(SCHEMA).iter_errors(package))) == 2


def test_a_case_export_is_the_same_each_time_and_its_ids_outlive_versions() -> None:
    profile = load_success_profile("team_lead")
    assert case_json(profile, creator="Ours", on=DAY) == case_json(profile, creator="Ours", on=DAY)
    later = SuccessProfile(profile.role, profile.competencies[1:], profile.scale, 2, ("manager",), DAY)
    before = {item["humanCodingScheme"]: item["identifier"] for item in _coded(profile)}
    after = {item["humanCodingScheme"]: item["identifier"] for item in _coded(later)}
    assert after == {key: before[key] for key in later.ids}
    links = case_package(profile, creator="Ours", on=DAY, base="https://case.example.org/")
    assert str(links["CFDocument"]["uri"]).startswith("https://case.example.org/CFDocuments/")


def _coded(profile: SuccessProfile) -> list[dict[str, str]]:
    items = case_package(profile, creator="Ours", on=DAY)["CFItems"]
    return [item for item in items if "humanCodingScheme" in item]


def test_a_case_export_asks_for_a_day_and_a_creator() -> None:
    with pytest.raises(InvalidInput) as caught:
        case_package(load_success_profile("team_lead"), creator=" ")
    assert [fault.where for fault in caught.value.faults] == ["on", "creator"]


def case_10(**document: object) -> dict[str, object]:
    """A package as CASE 1.0 tools write it, with less than 1.1 asks for."""
    return {
        "CFDocument": {"identifier": "d", "title": "Old framework", "creator": "A school", **document},
        "CFItems": [
            {"identifier": "a", "fullStatement": "Talking"},
            {"identifier": "b", "fullStatement": "Listens", "humanCodingScheme": "T.1"},
            {"identifier": "c", "fullStatement": "Asks back when unclear", "abbreviatedStatement": "Asks"},
            {"identifier": "e", "fullStatement": "Alone"},
        ],
        "CFAssociations": [
            {
                "associationType": "isChildOf",
                "originNodeURI": {"identifier": key},
                "destinationNodeURI": {"identifier": parent},
            }
            for key, parent in (("b", "a"), ("c", "a"), ("a", "d"), ("e", "d"))
        ],
        "CFRubrics": None,
    }


def test_a_case_10_package_is_read_leniently() -> None:
    found = import_competencies(json.dumps(case_10()).encode(), name="old.json")
    assert [(one.id, one.name, one.group) for one in found.proposals] == [
        ("t_1", "Listens", "Talking"),
        ("asks", "Asks", "Talking"),
        ("alone", "Alone", ""),
    ]
    assert found.proposals[1].description == "Asks back when unclear"
    assert found.source == "Old framework, A school"
    assert found.notes == ("1 items that have others below them became headings.",)
    with pytest.raises(InvalidInput, match="not rated"):
        found.profile()
    assert found.profile("Advisor", only=["alone"], required=2, importance=3).ids == ("alone",)
    with pytest.raises(InvalidInput, match="only"):
        found.profile("Advisor", only=["nobody"])


def test_every_fault_of_a_package_is_told_at_once() -> None:
    package = case_10()
    package["CFItems"] = [{"identifier": "a"}, {"identifier": "a", "fullStatement": 3}, 7]
    package["CFAssociations"] = "none"
    with pytest.raises(UnreadableFile) as caught:
        import_competencies(json.dumps(package).encode(), name="old.json")
    assert [fault.where for fault in caught.value.faults] == [
        "old.json: CFItems[2]",
        "old.json: CFAssociations",
        "old.json: CFItems[0].fullStatement",
        "old.json: CFItems[1].identifier",
        "old.json: CFItems[1].fullStatement",
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"[]",
        b"[" * 100_000,
        b'{"CFDocument": {}}',
        b'{"CFDocument": NaN}',
        b'{"CFDocument": "\xff"}',
        b"{}",
    ],
)
def test_json_that_is_no_package_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"old\.json"):
        import_competencies(data, name="old.json")


# --- Moodle ---


def test_moodle_takes_a_profile_and_gives_it_back() -> None:
    profile = load_success_profile("facilitator")
    data = moodle_csv(profile)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert {len(row) for row in rows} == {14}
    assert [row[12] for row in rows].count("1") == 1
    assert all(json.loads(row[6])[0] == {"scaleid": "0"} for row in rows[1:] if row[6])
    found = import_competencies(data, name="moodle.csv")
    assert (found.kind, found.title) == ("moodle", profile.role)
    for mine, theirs in zip(profile.competencies, found.proposals, strict=True):
        assert (mine.id, mine.name, mine.description, mine.levels, mine.required, mine.group) == (
            *(theirs.id, theirs.name, theirs.description, theirs.levels, theirs.required, theirs.group),
        )


MOODLE_ROWS = (
    tuple(f"Spalte {at}" for at in range(14)),
    ("", "fw", "Beratung", "<p>Alles</p>", "1", "Nein,Etwas,Ja", '[{"scaleid":"7"},{"id":3,"scaledefault":1,"proficient":1}]', "", "", "", "", "", "1", "domain,competency"),
    ("", "1", "Gespräch", "", "1", "", "", "", "0", "null", "", "11", "", ""),
    ("1", "1.1", "Hört zu", "<p>Lässt <b>ausreden</b>.</p>", "1", "", "", "", "0", "null", "", "12", "", ""),
    ("1", "1.2", "Fragt nach", "1 < 2", "2", "A,B,C", '[{"scaleid":"8"},{"id":2,"proficient":1}]', "", "0", "null", "1.1", "13", "", ""),
)  # fmt: skip


def test_moodles_columns_go_by_position_whatever_their_headings_say() -> None:
    found = import_competencies(separated(MOODLE_ROWS), name="beratung.csv")
    assert (found.kind, found.title, found.scale.names) == ("moodle", "Beratung", ("Nein", "Etwas", "Ja"))
    assert [(one.name, one.description, one.group, one.required) for one in found.proposals] == [
        ("Hört zu", "Lässt ausreden.", "Gespräch", 2.0),
        ("Fragt nach", "1 < 2", "Gespräch", 1.0),
    ]
    assert {one.importance for one in found.proposals} == {None}


@pytest.mark.parametrize("configuration", ["{", "7", "[7]", '[{"id":"x","proficient":1}]', "[]"])
def test_a_scale_configuration_that_cannot_be_read_says_no_level(configuration: str) -> None:
    rows = [list(row) for row in MOODLE_ROWS]
    rows[1][6] = rows[4][6] = configuration
    found = import_competencies(separated(rows))
    assert {one.required for one in found.proposals} == {None}


# --- ESCO ---


def test_escos_labels_are_split_at_line_breaks_and_obsolete_ones_left_out() -> None:
    head = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,definition,inScheme,description"
    rows = (
        'K,http://e/1,skill/competence,cross-sector,listen actively,"active listening\nlisten carefully",,released,,,,,Give attention.\n'
        "K,http://e/2,knowledge,sector-specific,fax machines,,,obsolete,,,,,\n"
    )
    found = import_competencies(f"{head}\n{rows}".encode())
    assert found.kind == "esco"
    assert [(one.name, one.labels, one.group, one.description) for one in found.proposals] == [
        ("listen actively", ("active listening", "listen carefully"), "skill/competence", "Give attention."),
    ]
    assert found.notes == ("1 concepts that ESCO marks as obsolete were left out.",)
    assert "ESCO" in found.source


# --- plain tables ---


@pytest.mark.parametrize("write", [profile_csv, profile_xlsx])
def test_a_plain_table_comes_back_as_it_was(write: object) -> None:
    profile = load_success_profile("field_sales")
    assert callable(write)
    found = import_competencies(write(profile), name="table")
    assert (found.kind, found.role) == ("table", profile.role)
    assert found.profile().competencies == profile.competencies


def test_what_a_spreadsheet_would_run_is_guarded_and_comes_back() -> None:
    one = Competency("a", '=HYPERLINK("x")', "+1", (), 3, 4, "@goal", "-group")
    profile = SuccessProfile("Advisor", (one,))
    for data in (profile_csv(profile), profile_xlsx(profile), moodle_csv(profile)):
        assert b",=HYPERLINK" not in data
        found = import_competencies(data).proposals[0]
        assert (found.name, found.group) == (one.name, one.group)


def test_a_table_needs_one_column_and_takes_the_rest_as_it_comes() -> None:
    table = "Skill;Gruppe;Level 1;Level 2;Level 3\nListening;x;a;b;c\nSelling;x;a;;c\n"
    found = import_competencies(table.encode(), role="Advisor")
    assert found.scale == Scale(1, 3)
    assert [one.levels for one in found.proposals] == [("a", "b", "c"), ()]
    with pytest.raises(UnreadableFile, match="a column competency"):
        import_competencies(b"a,b\n1,2\n", name="x.csv")
    with pytest.raises(UnreadableFile, match="row 3, column required: found '6'; a number from 0 to 5"):
        import_competencies(b"competency,required\nA,5\nB,6\n", name="x.csv")


def test_a_table_of_several_roles_asks_which() -> None:
    table = b"role,competency,required,importance\nClerk,A,3,4\nChef,B,2,5\n"
    with pytest.raises(InvalidInput, match="one of: Clerk, Chef"):
        import_competencies(table)
    assert import_competencies(table, role="chef").profile().ids == ("b",)


# --- bad files ---


def importing(data: bytes, kind: str = "") -> None:
    with contextlib.suppress(LearnerFirstError):
        import_competencies(data, kind=kind, name="bad")


QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WHOLE = {
    "csv": profile_csv(load_success_profile("team_lead")),
    "xlsx": profile_xlsx(load_success_profile("team_lead")),
    "case": case_json(load_success_profile("team_lead"), creator="Ours", on=DAY),
    "moodle": moodle_csv(load_success_profile("team_lead")),
    "onet": separated((ONET_HEAD, *ONET_ROWS), "\t"),
}


@QUICK
@given(st.binary(max_size=300), st.sampled_from(["", "onet", "case", "moodle", "esco", "table"]))
def test_any_bytes_raise_nothing_but_our_own_errors(data: bytes, kind: str) -> None:
    importing(data, kind)


@QUICK
@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 10_000), st.binary(max_size=20), st.integers(0, 400))
def test_damaged_files_raise_nothing_but_our_own_errors(name: str, at: int, put: bytes, cut: int) -> None:
    data = WHOLE[name]
    place = at % len(data)
    importing(data[:place] + put + data[place + cut :])


CELLS = st.sampled_from(
    [
        "",
        "1",
        "0",
        "5",
        "7",
        "-1",
        "n/a",
        "Y",
        "IM",
        "LV",
        "11-0000.00",
        "a\nb",
        "[{}]",
        "A,B",
        "=1",
        "1e999",
        "ä",
    ]
)


@QUICK
@given(
    st.sampled_from(
        [ONET_HEAD, tuple("abcdefghijklmn"), ("competency", "required", "importance", "level_0", "level_1", "role"),
         ("conceptUri", "preferredLabel", "altLabels", "status")]
    ),
    st.lists(st.lists(CELLS, min_size=4, max_size=14), min_size=1, max_size=6),
)  # fmt: skip
def test_odd_cells_raise_nothing_but_our_own_errors(head: Sequence[str], rows: list[list[str]]) -> None:
    importing(separated([head, *(row[: len(head)] for row in rows)]))


PACKAGE_KEYS = (
    *("identifier", "fullStatement", "extensions", "learnerfirst", "scale", "low", "high"),
    *("CFRubricCriteria", "CFRubricCriterionLevels", "CFItemURI", "originNodeURI"),
    *("destinationNodeURI", "associationType", "description", "position", "required"),
)


@QUICK
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=4)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.dictionaries(
                st.sampled_from(PACKAGE_KEYS),
                inner,
                max_size=6,
            ),
        ),
        max_leaves=30,
    ),
    st.sampled_from(["CFItems", "CFAssociations", "CFRubrics", "CFDocument"]),
)
def test_odd_packages_raise_nothing_but_our_own_errors(value: object, where: str) -> None:
    importing(json.dumps({**case_10(), where: value}).encode("utf-8", "surrogatepass"))


def test_files_that_are_not_there_are_refused_in_words(tmp_path: Path) -> None:
    for kind in ("", "case", "onet"):
        with pytest.raises(UnreadableFile, match="gone"):
            import_competencies(tmp_path / "gone.csv", kind=kind)
    with pytest.raises(InvalidInput, match="one of: onet"):
        import_competencies(b"a", kind="pdf")


def test_a_file_may_stand_on_disk_as_well(tmp_path: Path) -> None:
    for name, data in WHOLE.items():
        path = tmp_path / name
        path.write_bytes(data)
        occupation = "Managers" if name == "onet" else ""
        assert import_competencies(path, occupation=occupation).proposals
        assert import_competencies(str(path), occupation=occupation).proposals


def test_alike_is_blind_to_case_and_order() -> None:
    assert alike("Active LISTENING", "listening, active") == 1
    assert alike("", "") == 1
    assert alike("", "Listening") == 0
    assert alike("客户服务", "客户服务") == 1
    assert alike("Listening", "Budgets") < 0.5
