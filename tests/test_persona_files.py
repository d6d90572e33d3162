"""Files of personas: nothing is lost on the way out and back, nothing foreign breaks more than itself."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from learnerfirst.content import persona_fields, persona_templates
from learnerfirst.errors import InvalidPersona, LearnerFirstError
from learnerfirst.exchange.cells import guarded, packed, unguarded, unpacked
from learnerfirst.exchange.persona_files import personas_csv, personas_from, personas_json, personas_yaml
from learnerfirst.personas import Detail, Persona
from learnerfirst.personas.refused import refusal_of

WRITERS: dict[str, Callable[[Iterable[Persona]], bytes]] = {
    "yaml": personas_yaml,
    "json": personas_json,
    "csv": personas_csv,
}
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Many examples in few seconds: what tells formats apart is in the letters, not in the length.
MANY = settings(max_examples=1000, deadline=None)

nasty = st.sampled_from(
    [*"=+-@'\"\\;:,#&*!|>%{}[]~`\n\t \u00a0\u2028\x85\ufeffé陳😀", "null", "no", "1e5", "12:30", "\r\n"]
)
letters = st.characters(exclude_categories=("Cs",)).filter(
    lambda letter: letter in "\t\n\r" or not ("\x00" <= letter < " " or letter in "\x7f\ufffe\uffff")
)
texts = st.lists(st.one_of(nasty, letters), max_size=6).map("".join)
said = texts.filter(lambda text: bool(text.strip()))
one_line = said.filter(lambda text: "\n" not in text and "\r" not in text)
numbers = st.floats(min_value=-1e14, max_value=1e14, allow_nan=False)
fields = one_line.map(str.strip).filter(lambda name: bool(name) and refusal_of(name) is None)
shares = st.dictionaries(said, st.floats(min_value=0, max_value=1), max_size=3)
values = st.one_of(texts, numbers, st.lists(said, max_size=4, unique=True).map(tuple))


@st.composite
def details(draw: st.DrawFn) -> Detail:
    source = draw(st.sampled_from(["", "survey", "interview", "data", "quote"]))
    tag = "evidence" if source else "assumption"
    return Detail(draw(values), tag, source, draw(texts), draw(shares))


personas = st.builds(
    Persona,
    id=st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True),
    name=one_line,
    details=st.dictionaries(fields, details(), max_size=3),
    size=st.one_of(st.none(), st.integers(1, 10**6)),
    summary=texts,
    retired=st.booleans(),
)
several = st.lists(personas, max_size=2, unique_by=lambda persona: persona.id)


@MANY
@given(several)
def test_personas_come_back_as_they_went_out_and_no_cell_starts_a_formula(listed: list[Persona]) -> None:
    for ending, written in WRITERS.items():
        assert personas_from(f"all.{ending}", written(listed)) == tuple(listed)
    text = personas_csv(listed).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(FORMULAS[:4]) or cell.startswith(FORMULAS)]


@MANY
@given(st.sampled_from(["yaml", "json", "csv", "yml", "txt", ""]), st.binary(max_size=200))
@example("json", b"[" * 100_000)
@example("json", b'{"personas": [{"size": ' + b"9" * 5000 + b"}]}")
@example("yaml", b"&a [*a]")
@example("csv", b"persona,name,field,value\n\x00,\xff")
@example("csv", b"\xff\xfe\x00")
def test_foreign_bytes_raise_only_our_errors(ending: str, data: bytes) -> None:
    try:
        personas_from(f"x.{ending}", data)
    except LearnerFirstError:
        return


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
keys = ("id", "name", "details", "size", "retired", "summary")
parts = st.dictionaries(st.sampled_from(("value", "tag", "source", "note", "shares", "x")), json_values)
entries = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(keys, json_values) | {"details": st.dictionaries(texts, json_values | parts)}
)


@MANY
@given(st.lists(entries | json_values, max_size=3))
def test_well_formed_nonsense_raises_only_our_errors(listed: list[object]) -> None:
    data = json.dumps({"personas": listed}).encode("utf-8", "surrogatepass")
    try:
        personas_from("x.json", data, persona_fields())
    except LearnerFirstError:
        return


@MANY
@given(
    st.lists(
        st.lists(st.sampled_from(["mira", "", "list", "1", "a: b", "\\", "=1", "evidence"]), max_size=13),
        max_size=4,
    )
)
def test_foreign_rows_raise_only_our_errors(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["persona", "name", "size", "field", "kind", "value", "shares", "tag"], *rows])
    try:
        personas_from("x.csv", out.getvalue().encode())
    except LearnerFirstError:
        return


@MANY
@given(texts)
def test_a_guarded_cell_is_read_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text


@MANY
@given(st.lists(said, max_size=4))
def test_several_texts_share_a_cell_without_loss(parts: list[str]) -> None:
    assert unpacked(packed(parts)) == tuple(parts)


@pytest.mark.parametrize("ending", list(WRITERS))
def test_the_templates_travel(ending: str) -> None:
    listed = tuple(template.persona for template in persona_templates())
    assert personas_from(f"all.{ending}", WRITERS[ending](listed), persona_fields()) == listed


@pytest.mark.parametrize("ending", list(WRITERS))
def test_who_a_persona_was_built_from_is_in_no_file(ending: str) -> None:
    mira = Persona("mira", "Mira", members=frozenset({"learner-4711"}))
    assert b"4711" not in WRITERS[ending]([mira])


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("all.xlsx", b"PK", "a file of personas"),
        ("all.json", b'{"version": 2, "personas": []}', "newer workbook"),
        ("all.json", b'{"personas": 3}', "a list of personas"),
        ("all.json", b'{"personas": [], "personas": []}', "twice"),
        (
            "all.json",
            b'{"personas": [{"id": "a", "name": "A"}, {"id": "a", "name": "B"}]}',
            "each persona once",
        ),
        ("all.json", b'{"personas": [{"id": "a", "name": "A", "size": NaN}]}', "NaN"),
        ("all.csv", b"name,value\n", "no column persona, field"),
        ("all.csv", b"persona,name,field,value,pay\n", "not known"),
        ("all.csv", b"persona,name,field,value\na,A,device,x,y,z\n", "6 cells"),
        ("all.csv", b"persona,name,field,value\na,A,device,x\na,B,shift,x\n", "the same as in line 2"),
        (
            "all.csv",
            b"persona,name,field,value\na,A,device,x\na,A,device,y\n",
            "each field of a persona once",
        ),
        ("all.csv", b"persona,name,field,value\na,A,salary,x\n", "pay never comes"),
        ("all.csv", b"persona,name,field,value,size\na,A,device,x,two\n", "whole number of people"),
        ("all.csv", b"", "persona, name"),
        ("all.json", "\xff".encode("latin-1"), "save it as UTF-8"),
    ],
)
def test_a_bad_file_is_refused_with_what_is_wrong(name: str, data: bytes, said: str) -> None:
    with pytest.raises(InvalidPersona) as caught:
        personas_from(name, data)
    assert said in str(caught.value)


def test_all_faults_of_a_file_come_at_once() -> None:
    entries = [{"id": "A", "name": ""}, {"id": "b", "name": "B", "details": {"VARK": {"value": "v"}}}]
    with pytest.raises(InvalidPersona) as caught:
        personas_from("x.json", json.dumps({"personas": entries}).encode())
    assert [fault.where for fault in caught.value.faults] == [
        "personas[0].id",
        "personas[0].name",
        "personas[1].details.VARK",
    ]


def test_a_file_typed_by_hand_in_a_spreadsheet_is_read() -> None:
    typed = "persona;name;field;value\r\nmira;Mira;device;own_phone, tablet\r\nmira;Mira;shift;nights\r\n"
    (mira,) = personas_from(
        "mine.csv",
        typed.replace("own_phone, ", '"own_phone; ').replace("tablet", 'tablet"').encode(),
        persona_fields(),
    )
    assert mira.value("device") == ("own_phone", "tablet")
    assert mira.evidence == (0, 2)
    assert personas_from("mine.csv", typed.encode("utf-16"))[0].value("shift") == "nights"
