"""Taking over a survey or an HR export: which column is which field, what never comes in, who is one person."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learnerfirst as lf
from learnerfirst import content
from learnerfirst.errors import ContentError, InvalidInput, LearnerFirstError, UnreadableFile
from learnerfirst.exchange.recipes import load_recipe, save_recipe
from learnerfirst.exchange.spreadsheets import read_table
from learnerfirst.intake.proposals import Proposal, propose, roles_of, words_of
from learnerfirst.intake.recipe import ColumnUse, Recipe, recipe_from
from learnerfirst.intake.table import Sheet
from learnerfirst.intake.taking_over import TakenOver, take_over
from learnerfirst.personas.fields import Field, Level

TODAY = date(2026, 11, 22)
FIELDS = content.persona_fields()
TEXTS = content.texts("intake")


def table(text: str) -> Sheet:
    return read_table(text.encode(), name="people.csv")


def proposed(text: str) -> Proposal:
    return propose(table(text), FIELDS, TEXTS, 2026)


def taken(text: str, recipe: Recipe | None = None) -> TakenOver:
    sheet = table(text)
    return take_over(sheet, recipe or propose(sheet, FIELDS, TEXTS, 2026).recipe(), FIELDS, TEXTS, TODAY)


GOOGLE = (
    "Zeitstempel,In welcher Abteilung arbeiten Sie?,Welche Geräte nutzen Sie?,Wo arbeiten Sie meistens? (Arbeitsort)\n"
    '01.11.2026 09:14:05,Vertrieb,"Smartphone, Laptop",unterwegs\n'
    '01.11.2026 09:20:11,Pflege,"Tablet",Station\n'
    '02.11.2026 10:00:00,NA,"Laptop, Tablet",zu Hause\n'
)


def test_google_forms_localised_timestamp_is_dropped_and_its_questions_are_fields() -> None:
    found = proposed(GOOGLE)
    assert [(one.use, one.field, one.separator) for one in found.columns] == [
        ("leave_out", "", ""),
        ("field", "department", ""),
        ("field", "device", ","),
        ("field", "work_setting", ""),
    ]
    assert [dict(row) for row in taken(GOOGLE).rows] == [
        {"department": "Vertrieb", "device": ("own_phone", "laptop"), "work_setting": "vehicle"},
        {"department": "Pflege", "device": ("tablet",), "work_setting": "care"},
        {"department": "NA", "device": ("laptop", "tablet"), "work_setting": "home"},
    ]


@pytest.mark.parametrize(
    "time",
    [
        "2026/11/01 9:14:05 AM GMT+1",
        "11/1/2026 9:14:05",
        "01.11.2026 09:14",
        "2026-11-01 09:14:05",
        "1/11/2026, 9.14.05",
    ],
)
def test_a_first_column_of_times_is_recognised_whatever_it_is_called(time: str) -> None:
    first = proposed(f'Κάτι,Device\n"{time}",Tablet\n"{time}",Laptop\n').columns[0]
    assert (first.use, first.reason) == ("leave_out", TEXTS["reasons"]["timestamp"])


def test_microsoft_forms_columns_of_its_own_are_dropped_or_refused() -> None:
    text = (
        "ID,Start time,Completion time,Email,Name,Which devices?\n"
        "1,11/1/26 9:14:05,11/1/26 9:20:00,anonymous,,Tablet;Laptop;\n2,11/1/26 9:15:05,11/1/26 9:21:00,anonymous,,Laptop;\n"
    )
    found = proposed(text)
    assert found.program == "Microsoft Forms"
    assert [one.use for one in found.columns] == ["leave_out"] * 3 + ["refused"] * 2 + ["field"]
    assert taken(text).rows == ({"device": ("tablet", "laptop")}, {"device": ("laptop",)})


def test_limesurvey_columns_of_one_choice_each_are_one_field() -> None:
    text = (
        '"Response ID","Date submitted","Last page","Start language","Seed","Devices [Tablet]","Devices [Laptop]","Devices [Drone]"\n'
        '"3","2026-11-01 09:14:05","2","de","123","Yes","No","No"\n"5","2026-11-01 09:15:05","2","de","124","Yes","Yes",""\n'
    )
    found = proposed(text)
    assert found.program == "LimeSurvey"
    assert [one.choice for one in found.columns if one.use == "field"] == ["Tablet", "Laptop", "Drone"]
    assert taken(text).rows == ({"device": ("tablet",)}, {"device": ("tablet", "laptop")})


REFUSED_BY_NAME = {
    "Gehalt": "pay",
    "Base salary": "pay",
    "Performance rating": "rating",
    "Krankheitstage": "health",
    "Disability": "health",
    "First name": "names",
    "E-Mail": "names",
    "Learning style": "styles",
}


@pytest.mark.parametrize("heading", REFUSED_BY_NAME)
def test_what_never_comes_in_is_refused_by_its_name_with_the_reason(heading: str) -> None:
    text = f"id,{heading},Device\n1,a,Tablet\n2,b,Laptop\n"
    one = proposed(text).of(heading)
    assert one.use == "refused"
    assert REFUSED_BY_NAME[heading] in one.reason
    with pytest.raises(InvalidInput, match=REFUSED_BY_NAME[heading]):
        taken(text, Recipe((ColumnUse(heading, "department"),)))


LOOKS = {
    "email": ["ann@example.org", "bo@example.org", "cy@example.org"],
    "phone": ["+49 89 1234567", "0171 2345678", "+44 20 7946 0958"],
    "pay": ["52.000 €", "48.500 €", "61.250 €"],
    "rating": ["Exceeds expectations", "Meets expectations", "Below expectations"],
    "health": ["diabetes", "none", "on sick leave"],
    "address": ["12 Mill Lane", "4 Church Road", "Hauptstraße 7"],
    "number_of_state": [
        "DE89 3704 0044 0532 0130 00",
        "GB29 NWBK 6016 1331 9268 19",
        "FR14 2004 1010 0505 0001 3M02 606",
    ],
    "name": [f"{first} {last}" for first in ("Ann", "Bo", "Cy") for last in ("Berg", "Lund", "Dahl")],
}


@pytest.mark.parametrize("look", LOOKS)
def test_what_never_comes_in_is_refused_by_its_look_under_a_harmless_heading(look: str) -> None:
    text = "Remark\tDevice\n" + "".join(f"{value}\tTablet\n" for value in LOOKS[look])
    one = proposed(text).of("Remark")
    assert (one.use, one.reason) == ("refused", TEXTS["reasons"][look])
    with pytest.raises(InvalidInput) as caught:
        taken(text, Recipe((ColumnUse("Remark", "interests"),)))
    assert TEXTS["reasons"][look] in str(caught.value)


def test_an_address_in_a_single_cell_is_a_fault_of_its_row() -> None:
    rows = "".join(f"Sales {number}\n" for number in range(30))
    found = taken(
        f"Department,x\n{rows}".replace("\n", ",1\n").replace("x,1", "x") + "ask bo@example.org,1\n"
    )
    assert [(fault.kind, fault.row, fault.column) for fault in found.faults] == [("look", 32, "Department")]
    assert len(found.rows) == 30


def test_a_birth_date_becomes_an_age_band_and_is_never_kept() -> None:
    text = "person_id,Date of birth\n1,1990-11-22\n2,22.11.2001\n3,1961\n4,never\n5,2024-01-01\n"
    found = taken(text)
    assert [row["age_band"] for row in found.rows] == ["age_35_44", "age_25_34", "age_65_plus"]
    assert [(fault.kind, fault.row) for fault in found.faults] == [("no_date", 5), ("out_of_range", 6)]
    assert "1990" not in repr(found.rows)
    with pytest.raises(InvalidInput, match="birth date"):
        taken(text, Recipe((ColumnUse("Date of birth", "department"),)))


def test_numbers_and_start_dates_become_bands() -> None:
    found = taken("Age,Start date\n34,2026-01-01\n64,2020-05-05\n19,2001-01-01\n")
    assert [(row["age_band"], row["tenure"]) for row in found.rows] == [
        ("age_25_34", "tenure_under_1"),
        ("age_55_64", "tenure_3_10"),
        ("age_under_25", "tenure_10_plus"),
    ]


def test_rows_are_contracts_people_are_fewer_and_the_counts_say_so() -> None:
    text = "person_id,Role,Device\n007,Nurse,Tablet\n007,Tutor,Laptop\n8,Cook,Tablet\n,Cook,Tablet\n"
    first = taken(text)
    assert (first.people.rows, first.people.people, first.people.several, first.people.without_id) == (
        4,
        3,
        1,
        1,
    )
    assert first.people.differ == {"role": 1}
    assert first.rows[0] == {"role": "Nurse", "device": ("tablet", "laptop")}
    assert first.learner_ids[:2] == ("007", "8")
    sheet = table(text)
    recipe = replace(propose(sheet, FIELDS, TEXTS, 2026).recipe(), merge="last")
    assert take_over(sheet, recipe, FIELDS, TEXTS, TODAY).rows[0]["role"] == "Tutor"


def test_the_error_names_faults_by_column_and_kind_with_count_and_three_examples() -> None:
    data = ("Device,Start\n" + "Drone,x\n" * 5_000).encode()
    recipe = Recipe((ColumnUse("Device", "device"),))
    with pytest.raises(UnreadableFile) as caught:
        lf.import_learners(data, recipe, today=TODAY)
    assert len(caught.value.faults) == 1
    assert "5,000 times (row 2: Drone; row 3: Drone; row 4: Drone)" in str(caught.value)
    assert len(lf.import_learners(data, recipe, set_aside=True, today=TODAY).report.faults) == 5_000


def test_who_is_one_person_is_told_under_a_heading_over_several_columns_too() -> None:
    text = "Person: Personalnummer\tPerson: Vor- und Nachname\tArbeit: Tätigkeit\n00007\tA B\tKoch\n00007\tA B\tKoch\n8\tC D\tKoch\n"
    found = proposed(text)
    uses = [found.of(f"Person: {name}").use for name in ("Personalnummer", "Vor- und Nachname")]
    assert uses == ["person", "refused"]
    assert found.of("Arbeit: Tätigkeit").field == "role"
    assert (taken(text).people.people, taken(text).people.several) == (2, 1)


def test_an_address_that_says_who_is_one_person_is_not_kept_as_an_id() -> None:
    text = "Email,Device\na@example.org,Tablet\na@example.org,Laptop\nb@example.org,Tablet\n"
    found = taken(text, Recipe((ColumnUse("Device", "device"),), person="Email"))
    assert (found.people.people, found.learner_ids) == (2, ("1", "2"))
    assert "example" not in repr((found.rows, found.learner_ids))


def test_words_that_are_not_sure_are_proposed_and_never_taken_by_themselves() -> None:
    text = "Device\nTablet\nTablett PC\nDrohne\n"
    sheet = table(text)
    use = ColumnUse("Device", "device")
    device = next(field for field in FIELDS if field.id == "device")
    words = {one.word: (one.meaning, one.sure) for one in words_of(sheet, use, device, TEXTS)}
    assert words["Tablet"] == ("tablet", True)
    assert words["Tablett PC"][1] is False
    assert words["Tablett PC"][0]
    found = take_over(sheet, Recipe((use,)), FIELDS, TEXTS, TODAY)
    assert [(fault.kind, fault.value) for fault in found.faults] == [
        ("unknown_word", "Tablett PC"),
        ("unknown_word", "Drohne"),
    ]
    assert "a tablet" in found.faults[0].fix
    said = replace(use, words={"Tablett PC": "tablet", "Drohne": ""})
    assert [dict(row) for row in take_over(sheet, Recipe((said,)), FIELDS, TEXTS, TODAY).rows] == [
        {"device": ("tablet",)},
        {"device": ("tablet",)},
        {},
    ]


def test_job_titles_become_roles_by_a_confirmed_table_and_the_share_without_one_is_told() -> None:
    text = "Job title,x\nStaff Nurse,1\nNurse (staff),1\nCook,1\nStaff Nurse,1\n"
    sheet = table(text)
    proposals = {
        one.word: one.meaning for one in roles_of(sheet, "Job title", ["Nurse"], {"Staff Nurse": "Nurse"})
    }
    assert proposals["Staff Nurse"] == "Nurse"
    assert proposals["Nurse (staff)"] == "Nurse"
    recipe = Recipe((ColumnUse("Job title", "role"),), roles={"Staff Nurse": "Nurse"})
    found = take_over(sheet, recipe, FIELDS, TEXTS, TODAY)
    assert [row.get("role") for row in found.rows] == ["Nurse", None, None, "Nurse"]
    assert (found.titles, found.unmapped, found.share_unmapped) == (4, 2, 0.5)


NUMBERS = Field("commute", "Commute", "demographic", "number")
ORDERED = Field("grade", "Grade", "demographic", "ordered", (Level("low", "low"), Level("high", "high")))
OWN = Field("pets", "Pets", "psychometric", "several", open=True)


def test_fields_of_ones_own_are_taken_over_in_every_kind() -> None:
    recipe = Recipe(
        (ColumnUse("Way", "commute"), ColumnUse("Grade", "grade"), ColumnUse("Pets", "pets", ",")),
        own_fields=(NUMBERS, ORDERED, OWN),
    )
    found = taken('Way;Grade;Pets\n1,5;Low;"cat, dog"\n2;high;\n', recipe)
    assert [dict(row) for row in found.rows] == [
        {"commute": 1.5, "grade": "low", "pets": ("cat", "dog")},
        {"commute": 2.0, "grade": "high"},
    ]
    with pytest.raises(InvalidInput, match="pay"):
        taken(
            "Way;Grade\n1;2\n",
            Recipe((ColumnUse("Way", "salary"),), own_fields=(replace(NUMBERS, id="salary"),)),
        )


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1,5", "2.5"], "mixed_marks"),
        (["1,234"], "unclear_number"),
        (["inf"], "no_number"),
        (["1.5", "a"], "no_number"),
    ],
)
def test_numbers_are_never_guessed(cells: list[str], kind: str) -> None:
    recipe = Recipe((ColumnUse("Way", "commute"),), own_fields=(NUMBERS,))
    found = taken("Way;x\n" + "".join(f"{cell};y\n" for cell in cells), recipe)
    assert kind in {fault.kind for fault in found.faults}


def test_only_what_is_mapped_is_kept() -> None:
    found = taken("Device,Favourite film\nTablet,Alien\n")
    assert found.left_out == ("Favourite film",)
    assert "Alien" not in repr(found)


def test_a_recipe_that_does_not_fit_the_file_says_everything_at_once() -> None:
    recipe = Recipe((ColumnUse("Gone", "device"), ColumnUse("Device", "nothing")), person="Nobody")
    with pytest.raises(InvalidInput) as caught:
        taken("Device,x\nTablet,1\n", recipe)
    assert len(caught.value.faults) == 3


def test_a_recipe_comes_back_from_its_file_and_holds_nobodys_answers(tmp_path: Path) -> None:
    recipe = Recipe(
        (ColumnUse("Gerät", "device", ";", words={"Handy": "own_phone", "no": ""}),),
        person="Nr.",
        roles={"Köchin 😀": "Cook"},
        own_fields=(ORDERED,),
    )
    file = tmp_path / "recipe.yaml"
    save_recipe(recipe, file)
    assert load_recipe(file) == recipe
    plain = propose(table(GOOGLE), FIELDS, TEXTS, 2026).recipe()
    assert "Vertrieb" not in json.dumps(plain.as_dict(), ensure_ascii=False)


@pytest.mark.parametrize(
    "body", [None, [], {"version": 2}, {"version": 1, "columns": [1], "merge": "both", "roles": [1]}]
)
def test_a_recipe_that_is_none_is_our_own_error(body: object, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        recipe_from(body)
    (tmp_path / "bad.yaml").write_text("columns: no", "utf-8")
    with pytest.raises(ContentError):
        load_recipe(tmp_path / "bad.yaml")


def test_next_quarter_is_one_call(tmp_path: Path) -> None:
    file, recipe = tmp_path / "q1.csv", tmp_path / "recipe.json"
    file.write_text(GOOGLE, "utf-8")
    save_recipe(lf.propose_recipe(file), recipe)
    found = lf.import_learners(file, recipe, today=TODAY)
    assert list(found.frame.columns) == ["learner_id", "department", "work_setting", "device"]
    assert found.frame["department"].tolist() == ["Vertrieb", "Pflege", "NA"]
    file.write_text(GOOGLE.replace("Station", "Mars"), "utf-8")
    with pytest.raises(UnreadableFile, match="set_aside=True") as caught:
        lf.import_learners(file, recipe, today=TODAY)
    assert "row 3" in str(caught.value)
    assert len(lf.import_learners(file, recipe, today=TODAY, set_aside=True).frame) == 2


HEADINGS = [
    "Device",
    "Age",
    "person_id",
    "Role",
    "Salary",
    "Date of birth",
    "Zeitstempel",
    "Shift",
    "x [Yes]",
    "Devices [Tablet]",
    "",
]
WORDS = [
    "Tablet",
    "a;b",
    "1,5",
    "34",
    "ann@example.org",
    "1990-01-01",
    "2026-11-01 09:00",
    "Yes",
    "",
    "NA",
    "€ 5",
    "ü" * 400,
    "=1",
    "\u202e",
]


@settings(max_examples=1000, deadline=None)
@given(
    headings=st.lists(st.sampled_from(HEADINGS) | st.text(max_size=12), min_size=1, max_size=6),
    rows=st.lists(
        st.lists(st.sampled_from(WORDS) | st.text(max_size=10), min_size=1, max_size=6),
        min_size=1,
        max_size=8,
    ),
    set_aside=st.booleans(),
)
def test_whatever_the_file_says_importing_raises_our_own_errors_only(
    headings: list[str], rows: list[list[str]], set_aside: bool
) -> None:
    text = "\n".join("\t".join(cells) for cells in (headings, *rows))
    data = text.encode("utf-8", "surrogatepass")
    try:
        found = lf.import_learners(data, lf.propose_recipe(data), set_aside=set_aside, today=TODAY)
    except LearnerFirstError:
        return
    assert len(found.frame) == found.report.people.people
    assert not set_aside or found.report.set_aside + found.report.people.rows == found.report.read
