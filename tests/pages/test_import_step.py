"""The import block, driven by its real widgets: file, columns, words, roles, rows that fit, and what is kept."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from learnerfirst import content
from learnerfirst.exchange.inbox import A_DAY, Inbox
from learnerfirst.pages.guard import Notice, guard
from learnerfirst.pages.import_step import ImportStep
from learnerfirst.personas.fields import Field

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SURVEY = (
    "person_id,Zeitstempel,Job title,Which devices?,Salary,Commute (km),Date of birth\n"
    '007,x,Staff Nurse,"Tablet; Mobil",€ 1,"1,5",1990-05-30\n'
    '007,x,Staff Nurse,Laptop,€ 1,"1,5",1990-05-30\n'
    '8,x,Nurse (staff),"Tablet; Drohne",€ 2,"2,5",1961-01-01\n'
    "9,x,Cook,Tablet,€ 3,far,2001-01-01\n"
)


class Bench:
    """The block with an inbox of its own; ``saved`` is what was handed over."""

    def __init__(self, folder: Path) -> None:
        self.inbox = Inbox(folder / "inbox")
        self.saved: list[tuple[Sequence[Mapping[str, Any]], Sequence[Field], str]] = []
        self.notice = Notice()
        guarded = guard(self.notice, {"unexpected": "UNEXPECTED"})
        self.step = ImportStep(
            self.inbox,
            content.persona_fields(),
            lambda rows, fields, title: self.saved.append((rows, fields, title)),
            guarded,
            today=lambda: TODAY,
        )
        self.model, self.parts = self.step.model, self.step.parts

    def bring(self, text: str, name: str = "people.csv") -> None:
        self.inbox.room_for(1)
        part = self.inbox.begin(name)
        part.write_text(text, "utf-8")
        self.parts["choose"].upload.uploaded = {"name": self.inbox.finish(part).name}

    def choose(self, column: str, value: str) -> None:
        self.parts["columns"].choices[column].value = value

    def on(self) -> str:
        return str(self.model.stage)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_a_file_that_arrived_is_shown_with_proposals_and_what_stays_out(bench: Bench) -> None:
    bench.bring(SURVEY)
    assert bench.on() == "columns"
    assert bench.model.uses["Which devices?"] == "device"
    assert bench.model.uses["Date of birth"] == "age_band"
    assert bench.model.uses["person_id"] == "(person)"
    columns = bench.parts["columns"]
    assert "Salary" not in columns.choices
    assert "pay" in columns.out.value
    assert "€" not in columns.about.value
    assert "(not shown)" in columns.about.value


def test_from_file_to_rows_with_words_roles_own_fields_and_rows_set_aside(bench: Bench) -> None:
    bench.bring(SURVEY)
    bench.choose("Commute (km)", "(number)")
    bench.parts["columns"].onward.click()
    words = bench.parts["words"]
    assert set(words.words) == {("Which devices?", "Mobil"), ("Which devices?", "Drohne")}
    words.words["Which devices?", "Mobil"].value = "own_phone"
    words.words["Which devices?", "Drohne"].value = ""
    words.join.value = True
    words.names.value = "Nurse"
    words.ask.click()
    assert words.roles["Cook"][1].value == ""
    words.roles["Staff Nurse"][1].value = "Nurse"
    assert "%" in words.share.value
    words.onward.click()
    assert bench.on() == "check", bench.notice.text
    check = bench.parts["check"]
    assert "no number" in check.faults.value
    assert "row 5: far" in check.faults.value
    listed = (bench.inbox.lists / bench.model.fault_list).read_text("utf-8-sig")
    assert "people.csv,5,Commute (km)" in listed
    assert "one row aside" in check.take.description
    check.take.click()
    assert bench.on() == "done"
    ((rows, fields, title),) = bench.saved
    assert title == "people.csv"
    assert [dict(row) for row in rows] == [
        {
            "device": ("tablet", "own_phone", "laptop"),
            "role": "Nurse",
            "commute_km": 1.5,
            "age_band": "age_35_44",
        },
        {"device": ("tablet",), "role": "Nurse", "commute_km": 2.5, "age_band": "age_65_plus"},
    ]
    assert {field.id for field in fields} == {"device", "role", "commute_km", "age_band"}
    assert bench.model.deleted
    assert "Cook" not in (bench.inbox.lists / bench.model.recipe_list).read_text("utf-8")
    assert list(bench.inbox.uploads.iterdir()) == []
    assert "007" not in repr((bench.model.taken, bench.model.sheet))


def test_the_recipe_of_last_time_makes_the_next_file_ready(bench: Bench, tmp_path: Path) -> None:
    text = "Gerät,Abteilung\nHandy,Pflege\nDrohne,Küche\n"
    bench.bring(text)
    bench.parts["columns"].onward.click()
    bench.parts["words"].words["Gerät", "Drohne"].value = "tablet"
    bench.parts["words"].onward.click()
    bench.parts["check"].take.click()
    saved = (bench.inbox.lists / bench.model.recipe_list).read_bytes()
    assert "Pflege" not in saved.decode()
    again = Bench(tmp_path / "next")
    again.parts["choose"].recipe.value = (
        {"name": "r.json", "content": saved, "type": "", "size": len(saved), "last_modified": NOW},
    )
    assert "r.json" in again.parts["choose"].ready.value
    again.bring(text)
    again.parts["columns"].onward.click()
    again.parts["words"].onward.click()
    assert again.model.taken.set_aside == 0
    assert again.model.taken.rows[1]["device"] == ("tablet",)


def test_a_recipe_that_is_none_is_said(bench: Bench) -> None:
    body = json.dumps({"version": 9}).encode()
    bench.parts["choose"].recipe.value = (
        {"name": "r.json", "content": body, "type": "", "size": 9, "last_modified": NOW},
    )
    assert "version 1" in bench.notice.text
    assert bench.model.recipe is None


def test_what_is_not_done_is_said_in_sentences(bench: Bench) -> None:
    bench.bring("Where,Device,Gadget\nx,Tablet,Laptop\n")
    bench.choose("Gadget", "device")
    bench.parts["columns"].onward.click()
    assert "more than one column: Device, Gadget" in bench.notice.text
    for column in ("Device", "Gadget"):
        bench.choose(column, "")
    bench.parts["columns"].onward.click()
    assert content.texts("import_step")["blocked_column"] in bench.notice.text
    assert bench.on() == "columns"


def test_a_file_that_cannot_be_read_is_said_and_the_choice_stays(bench: Bench) -> None:
    bench.bring("%PDF-1.7", "people.pdf")
    assert bench.on() == "choose"
    assert "PDF" in bench.notice.text
    bench.parts["choose"].upload.uploaded = {"name": "../../etc/passwd"}
    assert bench.on() == "choose"
    assert "no such file" in bench.notice.text


def test_a_file_in_the_inbox_folder_is_listed_and_stays_after_the_import(bench: Bench) -> None:
    bench.inbox.folder.mkdir(parents=True, exist_ok=True)
    (bench.inbox.folder / "hr.csv").write_text("Device,x\nTablet,1\n", "utf-8")
    choose = bench.parts["choose"]
    choose.again.click()
    assert choose.waiting.value == "hr.csv"
    choose.take.click()
    bench.parts["columns"].onward.click()
    bench.parts["words"].onward.click()
    bench.parts["check"].take.click()
    assert len(bench.saved) == 1
    assert (bench.inbox.folder / "hr.csv").exists()
    assert content.texts("import_step")["done"]["stays"] in bench.parts["done"].said.value


def test_what_a_file_says_is_escaped_everywhere(bench: Bench) -> None:
    evil = "<img src=x onerror=alert(1)>"
    bench.bring(f"Device,{evil},Salary {evil}\nTablet {evil},{evil},1\n{evil},a,b\n", f"{evil}.csv")
    bench.choose(evil, "department")
    bench.parts["columns"].onward.click()
    bench.parts["words"].onward.click()
    shown = "".join(
        widget.value
        for part in bench.parts.values()
        for widget in vars(part).values()
        if isinstance(getattr(widget, "value", None), str)
    )
    assert "&lt;img" in shown
    assert "<img" not in shown


def test_lists_are_gone_after_a_day(bench: Bench, tmp_path: Path) -> None:
    name = bench.inbox.put_list(b"x", "csv")
    old = time.time() - A_DAY - 60
    os.utime(bench.inbox.lists / name, (old, old))
    bench.inbox.sweep()
    assert not (bench.inbox.lists / name).exists()


def test_drawing_twice_changes_nothing_and_closing_lets_go(bench: Bench) -> None:
    bench.bring(SURVEY)
    before = dict(bench.model.uses), list(bench.parts["columns"].choices)
    bench.step.refresh()
    bench.step.refresh()
    assert (dict(bench.model.uses), list(bench.parts["columns"].choices)) == before
    drawn: list[Callable[[], Any]] = []
    bench.step.refresh = lambda: drawn.append(lambda: None)  # type: ignore[method-assign]
    bench.step.close()
    bench.model.stage = "words"
    assert drawn == []
