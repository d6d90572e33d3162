"""Catalogues of resources: told by their headings, confirmed by people, back without loss, never a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from openpyxl import load_workbook

import learnerfirst as lf
from learnerfirst.content import sample_profiles, sample_resources
from learnerfirst.errors import UnreadableFile
from learnerfirst.exchange.plan_files import learning_plan_calendar, learning_plan_csv
from learnerfirst.exchange.resource_cells import level_span, minutes_in
from learnerfirst.exchange.resource_files import read_resources, resources_csv, resources_xlsx
from learnerfirst.plans import Resource, Span, resources_from
from learnerfirst.plans.catalogue import ways_of
from learnerfirst.success_profiles import Scale

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "resources.csv"
LMS = """Course title;Skill;Level;Format;Available on;Duration (hours);Language;Prerequisites;URL;Owner
Asking back;Listenning;Beginner;Webinar;Laptop;1,5;en-GB;;https://example.org/1;Ann
Silence;Silence; 2-4;Checklist;Mobile; ;Deutsch;Asking back;;Bob
Budgets;Spreadsheets;Advanced;Hologram;Fridge;0,25;Elvish;;;Cy
Broken;Silence;expert-ish;Video;Mobile;soon;;;ftp://x;Di
"""


def test_the_sample_is_read_as_its_rows_say() -> None:
    table = read_resources(SAMPLE)
    sure = {one.word: one.meaning for one in table.proposals(ways_of(sample_profiles())) if one.sure}
    found = table.taken_over(sure)
    assert (found.resources, found.faults) == (resources_from(sample_resources()), ())
    assert [one.name for one in found.untagged] == [
        "Customers tell",
        "Fire drill at Lowbridge",
        "Spreadsheets for beginners",
        "Steel and its heat",
        "Welcome to Fernhill",
    ]


def test_an_export_of_a_learning_system_is_lined_up_by_what_people_confirm() -> None:
    table = read_resources(LMS.encode(), name="lms.csv")
    assert table.columns["minutes"] == "Duration (hours)"
    ways = {"listening": ("Listening",), "silence": ("Silence",)}
    said = {one.word: (one.meaning, one.sure) for one in table.proposals(ways)}
    assert said == {
        "Silence": ("silence", True),
        "Listenning": ("listening", False),
        "Spreadsheets": ("", False),
    }
    assert table.level_words() == {"Beginner": (0, 1), "Advanced": (2, 4), "expert-ish": None}
    levels = {"Beginner": (0.0, 2.0), "Advanced": (3.0, 5.0)}
    found = table.taken_over({"Listenning": "listening", "Silence": "silence"}, levels)
    asking, budgets, silence = found.resources
    assert asking == Resource(
        "Asking back",
        (Span("listening", 0, 2),),
        "session",
        ("computer",),
        90,
        "English",
        link="https://example.org/1",
    )
    assert silence == Resource(
        "Silence", (Span("silence", 2, 4),), "job_aid", ("phone",), None, "German", ("Asking back",)
    )
    assert (budgets.untagged, budgets.kind, budgets.devices, budgets.minutes) == (
        True,
        "Hologram",
        ("Fridge",),
        15,
    )
    assert [(fault.row, fault.column, fault.kind) for fault in found.faults] == [
        (5, "URL", "link"),
        (5, "Level", "level_word"),
        (5, "Duration (hours)", "minutes"),
    ]
    told = " ".join(note.text for note in found.notes)
    for part in ("Owner", "Hologram", "Fridge", "Elvish", "lead to no competency yet: 1"):
        assert part in told


def test_columns_can_be_named_by_hand_and_a_file_without_names_is_refused() -> None:
    data = b"What;Wofuer\nFilm;Silence\n"
    with pytest.raises(UnreadableFile, match="headed for example: resource, title"):
        read_resources(data)
    with pytest.raises(UnreadableFile):
        read_resources(data, columns={"resource": "Gone"})
    table = read_resources(data, columns={"resource": "What", "competency": "Wofuer"})
    assert table.competency_words() == {"Silence": 1}


def test_one_row_may_serve_several_competencies() -> None:
    table = read_resources(b"Resource,Competency,From level,To level\nBoth,a; b,0,2\nBoth,c,1,3\n")
    (both,) = table.taken_over({"a": "a", "b": "b", "c": "c"}).resources
    assert both.serves == (Span("a", 0, 2), Span("b", 0, 2), Span("c", 1, 3))


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("15", 15),
        ("15 min", 15),
        ("1:30", 90),
        ("1:30:00", 90),
        ("1.5 h", 90),
        ("1,5 Stunden", 90),
        ("2 hrs 5 mins", 125),
    ],
)
def test_lengths_as_people_write_them(cell: str, minutes: float) -> None:
    assert minutes_in(cell) == minutes


@pytest.mark.parametrize("cell", ["", "soon", "-5 min", "1:75", "h", "1e3", "5 parsecs"])
def test_what_is_no_length_is_none(cell: str) -> None:
    assert minutes_in(cell) is None


@pytest.mark.parametrize("cell", ["", "2-", "-2", "high", "1-2-3", "2 of 5"])
def test_what_are_no_levels_is_none(cell: str) -> None:
    assert level_span(cell) is None


def test_level_words_follow_the_scale() -> None:
    table = read_resources(b"Title,Level\nA,Intermediate\nB,novice\n")
    assert table.level_words(Scale(1, 6)) == {"Intermediate": (2, 4), "novice": (1, 2)}


TEXT = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12)
NAME = TEXT.map(lambda text: " ".join(text.split())).filter(lambda text: text != "" and text[0] != "#")


@st.composite
def resources(draw: st.DrawFn) -> Resource:
    low, width = (
        draw(st.sampled_from([0.0, 1.5, float("-inf")])),
        draw(st.sampled_from([1.0, 2.25, float("inf")])),
    )
    high = width if low == float("-inf") else low + width
    keys = draw(st.sets(st.sampled_from(["asking", "silence"])))
    return Resource(
        draw(NAME),
        tuple(Span(key, low, high) for key in sorted(keys)),
        draw(st.sampled_from(["", "video", "job_aid", "own kind"])),
        tuple(draw(st.lists(st.sampled_from(["phone", "Fridge"]), unique=True))),
        draw(st.sampled_from([None, 0.0, 12.0, 90.5])),
        draw(st.sampled_from(["", "English", "Elvish"])),
        tuple(draw(st.lists(NAME, max_size=2, unique=True))),
        link=draw(st.sampled_from(["", "https://example.org/a;b"])),
    )


@settings(max_examples=80, deadline=None)
@given(st.lists(resources(), min_size=1, max_size=4, unique_by=lambda one: one.name))
@example([Resource("=1+1", (Span("asking"),), requires=("a; b", "'c", "-5"))])
def test_a_catalogue_comes_back_from_csv_and_xlsx(listed: list[Resource]) -> None:
    meanings = {"asking": "asking", "silence": "silence"}
    expected = resources_from(listed)
    for data in (resources_csv(listed), resources_xlsx(listed)):
        found = read_resources(data).taken_over(meanings)
        assert (found.resources, found.faults) == (expected, ())


def test_no_cell_is_a_formula() -> None:
    bad = Resource("=HYPERLINK(1)", (), "@sum", ("+1",), 5, "-x", ("\t=1",))
    rows = list(csv.reader(io.StringIO(resources_csv([bad]).decode("utf-8-sig"))))
    assert all(not cell.lstrip().startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    sheet = load_workbook(io.BytesIO(resources_xlsx([bad]))).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    plan = lf.learning_plan(
        {"=a": 1},
        pd.DataFrame({"role": ["x"], "competency": ["=a"], "required": [3], "importance": [5]}),
        [{"resource": "=cmd", "competency": "=a", "from_level": 0, "to_level": 3}],
        [{"name": "@me", "contact": "+1", "competencies": "=a"}],
    )
    cells = [
        cell for row in csv.reader(io.StringIO(learning_plan_csv(plan).decode("utf-8-sig"))) for cell in row
    ]
    assert len(plan) == 2
    assert all(not cell.lstrip().startswith(("=", "+", "-", "@")) for cell in cells)


def test_a_plan_goes_into_a_calendar() -> None:
    profile = sample_profiles()[0]
    plan = lf.learning_plan({"machine_setup": 1, "new_steel": 2}, profile, sample_resources())
    data = learning_plan_calendar(plan, start=date(2026, 12, 1), scope="one", stamp=date(2026, 11, 22))
    calendar = Calendar.from_ical(data)
    events = calendar.walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == [step.title for step in plan]
    assert len({str(event["UID"]) for event in events}) == len(events)
    starts = [event.decoded("DTSTART") for event in events]
    assert starts == sorted(starts)
    assert starts[0] == date(2026, 12, 1)
    assert "the job needs 4" in str(events[0]["DESCRIPTION"])
    assert str(calendar["X-WR-CALNAME"]) == "Machine operator"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused_in_words(data: bytes) -> None:
    try:
        table = read_resources(data)
    except UnreadableFile as error:
        said = error.faults
    else:
        said = ()
        table.taken_over({})
    assert all(fault.allowed for fault in said)
