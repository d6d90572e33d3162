"""The personas page, driven by its real widgets on a real store."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from learnerfirst.content import texts
from learnerfirst.errors import StoreUnavailable
from learnerfirst.exchange.persona_files import personas_csv, personas_json, personas_yaml
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.personas.material import material
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.personas.page import STEPS, PersonasPage
from learnerfirst.personas import Detail, Persona
from learnerfirst.store import Store, open_store
from learnerfirst.workshops import Workshops
from tests.calendars import Days

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def workshops(store: Store) -> Workshops:
    return Workshops(store, today=Days("2026-11-22"))


def opened(store: Store, workshops: Workshops, code: str | None = None) -> PersonasPage:
    model = PersonasModel(workshops, Desk(store, "personas"), Addresses("http://10.0.0.7:8867"), material())
    words = {step: texts(f"personas_{step}") for step in STEPS}
    page = PersonasPage(model, texts("personas_page"), words, texts("start"))
    page.start(code)
    return page


@pytest.fixture
def page(store: Store, workshops: Workshops) -> Iterator[PersonasPage]:
    built = opened(store, workshops)
    yield built
    built.close()


def markup(widget: Any) -> str:
    """Everything that a widget and what it holds shows; hidden parts left out."""
    if widget.layout.display == "none":
        return ""
    own = f"{getattr(widget, 'description', '')}\n{getattr(widget, 'value', '')}"
    return "\n".join([own, *(markup(child) for child in getattr(widget, "children", ()))])


def begin(page: PersonasPage, name: str = "Mira") -> Persona:
    """A workshop, and a persona from scratch that is opened."""
    start = page.steps["start"]
    if page.model.workshop is None:
        start.title.value = "Training for the service teams"
        start.make.click()
    page.model.go("start")
    start.name.value = name
    start.begin.click()
    found: Persona = page.steps["cards"].editor.model.persona
    return found


def write(page: PersonasPage, field: str, **values: Any) -> None:
    """Open a field, fill its form in, save."""
    editor = page.steps["cards"].editor
    editor.rows[field].open.click()
    form = editor.form
    for name, value in values.items():
        if name in form.__dict__.get("ticks", {}):
            form.ticks[name].value = value
        else:
            getattr(form, name).value = value
    buttons(editor.rows[field].panel)[0].click()


def buttons(widget: Any) -> list[Any]:
    """All buttons in a widget, in order."""
    found = [widget] if type(widget).__name__ == "Button" else []
    return found + [one for child in getattr(widget, "children", ()) for one in buttons(child)]


def title(page: PersonasPage) -> str:
    return re.findall(r"<h1>(.*?)</h1>", page.head.value)[0]


def test_a_workshop_begins_with_personas_and_has_no_quiz_yet(
    page: PersonasPage, workshops: Workshops
) -> None:
    begin(page)
    made = workshops.all()[0]
    assert (made.title, made.activities, page.model.step) == ("Training for the service teams", (), "cards")


def test_without_a_workshop_only_the_first_step_can_be_gone_to(page: PersonasPage) -> None:
    assert [name for name, button in page.there.items() if not button.disabled] == ["start"]
    page.steps["start"].make.click()
    assert "Say in a few words what it is about" in page.notice.text
    assert title(page) == texts("personas_page")["heading"]


def test_a_template_becomes_a_card_with_everything_assumed_and_its_size_open(page: PersonasPage) -> None:
    begin(page)
    page.model.go("start")
    start = page.steps["start"]
    start.which.value = 3
    start.take.click()
    template = page.model.content.templates[3].persona
    made = next(one for one in page.model.personas if one.name == template.name)
    assert (made.details, made.size) == (template.details, None)
    assert "is on the table now" in page.notice.text
    assert "So we design" in markup(page.steps["cards"].grid)


def test_a_tool_before_a_persona_is_kept_and_told_why_that_is_the_wrong_way_round(page: PersonasPage) -> None:
    page.steps["start"].title.value = "Training"
    page.steps["start"].make.click()
    start = page.steps["start"]
    start.tool.value = "Moodle <b>"
    start.note_tool.click()
    said = markup(start.tool_said)
    assert 'role="alert"' in said
    assert "Moodle &lt;b&gt;" in said
    assert "Learners → Personas → Goals → Pathway → Structure → Tools → Content" in said
    start.first.click()
    assert len(page.model.active) == 1
    assert [one.name for one in start.tools.all()] == ["Moodle <b>"]
    page.model.go("start")
    assert markup(start.tool_said).strip() == ""


def test_a_workshop_named_after_a_tool_is_asked_for_people_first(page: PersonasPage) -> None:
    page.steps["start"].title.value = "Roll out the new LMS"
    page.steps["start"].make.click()
    assert "LMS" in page.notice.text
    assert "Personas" in page.notice.text


def test_design_waits_for_the_first_persona(page: PersonasPage) -> None:
    page.steps["start"].title.value = "Training"
    page.steps["start"].make.click()
    page.there["design"].click()
    assert title(page) == "No design before the first persona"
    assert page.steps["design"].all.layout.display == "none"
    page.steps["design"].begin.click()
    assert page.model.step == "start"


def test_a_field_is_saved_with_tag_source_and_note(page: PersonasPage) -> None:
    begin(page)
    write(page, "device", own_phone=True, tag="evidence", source="data", note="Seen at the counter")
    detail = page.model.personas[0].details["device"]
    assert detail == Detail(("own_phone",), "evidence", "data", "Seen at the counter")
    assert "Devices is saved" in page.notice.text
    assert title(page) == "Mira: evidence for 1 of 1 fields"
    write(page, "role", words="Counter <clerk>")
    assert "Counter &lt;clerk&gt;" in markup(page.steps["cards"].editor.card)


def test_what_is_assumed_has_no_source(page: PersonasPage) -> None:
    begin(page)
    write(page, "goals", settle_in=True)
    assert page.model.personas[0].details["goals"] == Detail(("settle_in",), "assumption")
    assert page.steps["cards"].editor.model.field == ""


def test_own_words_stand_beside_the_levels(page: PersonasPage) -> None:
    begin(page)
    write(page, "goals", settle_in=True, words="win the cup\n\nkeep the peace")
    assert page.model.personas[0].value("goals") == ("settle_in", "win the cup", "keep the peace")


def test_a_learning_style_is_refused_with_the_reason(page: PersonasPage) -> None:
    begin(page)
    editor = page.steps["cards"].editor
    editor.own.value = "Learning style"
    editor.add.click()
    assert "no support in research" in page.notice.text
    assert editor.form is None
    editor.own.value = "Tools at work"
    editor.add.click()
    editor.form.words.value = "a scanner"
    buttons(editor.rows["Tools at work"].panel)[0].click()
    assert page.model.personas[0].value("Tools at work") == "a scanner"


def test_a_size_that_is_no_number_is_said_and_what_was_typed_stays(page: PersonasPage) -> None:
    begin(page)
    editor = page.steps["cards"].editor
    editor.rows["about"].open.click()
    editor.form.size.value = "a few"
    buttons(editor.rows["about"].panel)[0].click()
    assert "whole number" in page.notice.text
    assert editor.form.size.value == "a few"
    editor.form.size.value = "38"
    buttons(editor.rows["about"].panel)[0].click()
    assert page.model.personas[0].size == 38


def test_the_second_of_two_saves_is_refused_with_both_versions_and_both_can_be_kept(
    page: PersonasPage, store: Store, workshops: Workshops
) -> None:
    begin(page)
    write(page, "goals", settle_in=True)
    other = opened(store, workshops, page.model.workshop.code)
    other.model.edit(page.model.personas[0].id)
    editor = other.steps["cards"].editor
    editor.rows["device"].open.click()
    editor.form.ticks["tablet"].value = True
    write(page, "goals", next_role=True)
    write(page, "device", laptop=True)
    buttons(editor.rows["device"].panel)[0].click()
    shown = markup(editor.two.box)
    assert 'role="alert"' in shown
    assert "Nothing was overwritten" in shown
    assert "a tablet" in shown
    assert "a laptop" in shown
    assert {name: field.value for name, field in editor.two.which.items()} == {
        "device": "mine",
        "goals": "theirs",
    }
    assert page.model.shelf.all()[0].persona.value("device") == ("laptop",)
    editor.two.save.click()
    kept = page.model.shelf.all()[0].persona
    assert (kept.value("device"), kept.value("goals")) == (("tablet",), ("settle_in", "next_role"))
    assert editor.two.box.layout.display == "none"
    assert len(editor.model.versions) == 5
    other.close()


def test_what_somebody_else_saved_appears_while_nothing_is_open_here(
    page: PersonasPage, store: Store, workshops: Workshops
) -> None:
    begin(page)
    other = opened(store, workshops, page.model.workshop.code)
    other.model.edit(page.model.personas[0].id)
    write(other, "role", words="Night clerk")
    page.steps["cards"].look()
    assert "Night clerk" in markup(page.steps["cards"].editor.card)
    other.close()


def test_an_earlier_version_comes_back_as_a_new_one(page: PersonasPage) -> None:
    begin(page)
    write(page, "role", words="Day clerk")
    write(page, "role", words="Night clerk")
    history = page.steps["cards"].editor.history
    history.buttons[2].click()
    assert page.model.personas[0].value("role") == "Day clerk"
    assert [one.version for one in page.steps["cards"].editor.model.versions] == [1, 2, 3, 4]


def test_a_copy_a_merge_and_retiring_lose_nothing(page: PersonasPage) -> None:
    begin(page)
    write(page, "device", own_phone=True)
    cards = page.steps["cards"]
    press(cards.editor.box, "Duplicate")
    assert sorted(one.name for one in page.model.personas) == ["Mira", "Mira (copy)"]
    write(page, "device", laptop=True)
    page.model.edit()
    cards.merge.first.value, cards.merge.second.value = (each.id for each in page.model.active)
    cards.merge.name.value = "Mira Both"
    cards.merge.button.click()
    assert [one.name for one in page.model.personas] == ["Mira Both"]
    assert page.model.personas[0].value("device") == ("own_phone", "laptop")
    press(cards.editor.box, "Take off the table")
    assert page.model.personas == ()
    page.model.edit()
    cards.views["back_on", "mira"].button.click()
    assert [one.name for one in page.model.personas] == ["Mira"]


def press(widget: Any, name: str) -> None:
    next(one for one in buttons(widget) if one.description == name).click()


def test_one_persona_is_not_merged_with_itself(page: PersonasPage) -> None:
    begin(page)
    begin(page, "Tom")
    page.model.edit()
    merge = page.steps["cards"].merge
    merge.second.value = merge.first.value
    merge.name.value = "Both"
    merge.button.click()
    assert "two different" in page.notice.text
    assert len(page.model.active) == 2


def test_a_quote_becomes_the_evidence_of_its_field_and_can_be_taken_out_again(page: PersonasPage) -> None:
    begin(page)
    write(page, "device", own_phone=True)
    page.model.edit()
    quotes = page.steps["cards"].quotes
    quotes.field.value, quotes.words.value, quotes.learner.value = "device", "I only have <my> phone", "2"
    quotes.button.click()
    detail = page.model.personas[0].details["device"]
    assert (detail.tag, detail.source, detail.note) == (
        "evidence",
        "interview",
        "“I only have <my> phone” (learner 2)",
    )
    assert "I only have &lt;my&gt; phone" in markup(quotes.list)
    press(quotes.list, "Remove quote 1")
    assert page.model.personas[0].details["device"].tag == "assumption"
    assert "Nothing written down yet" in markup(quotes.list)


def test_a_quote_about_an_empty_field_opens_it_with_the_quote_filled_in(page: PersonasPage) -> None:
    begin(page)
    page.model.edit()
    quotes = page.steps["cards"].quotes
    quotes.field.value, quotes.words.value = "frustrations", "Nobody to ask at night"
    quotes.button.click()
    form = page.steps["cards"].editor.form
    assert (form.tag.value, form.source.value) == ("evidence", "quote")
    assert "Nobody to ask at night" in form.note.value
    form.ticks["nobody_to_ask"].value = True
    buttons(page.steps["cards"].editor.rows["frustrations"].panel)[0].click()
    assert page.model.personas[0].evidence == (1, 1)


def test_a_learner_is_a_number(page: PersonasPage) -> None:
    begin(page)
    page.model.edit()
    quotes = page.steps["cards"].quotes
    quotes.words.value, quotes.learner.value = "Words", "Anna"
    quotes.button.click()
    assert "number from 1 to 99" in page.notice.text
    assert quotes.log.all() == ()


def test_a_blueprint_keeps_goals_and_dates_and_follows_the_card(page: PersonasPage) -> None:
    begin(page)
    write(page, "device", shared_terminal=True)
    page.there["design"].click()
    form = page.steps["design"].blueprint
    assert form.steps
    form.business.value, form.learning.value = "Fewer returns", "Ask three questions"
    form.steps[0][2].value = "2027-01-11"
    form.save.click()
    saved = page.model.shelf.note("blueprint", "mira").body
    assert (saved["business_goal"], saved["pathway"][0]["on"]) == ("Fewer returns", "2027-01-11")
    write(page, "device", shared_terminal=False, own_phone=True)
    page.there["design"].click()
    assert "phone" in markup(form.rest)
    assert form.business.value == "Fewer returns"


def test_a_day_that_is_no_day_is_said_and_nothing_is_saved(page: PersonasPage) -> None:
    begin(page)
    page.there["design"].click()
    form = page.steps["design"].blueprint
    form.steps[0][2].value = "soon"
    form.save.click()
    assert "soon" in page.notice.text
    assert form.steps[0][2].value == "soon"
    assert page.model.shelf.note("blueprint", "mira") is None


def test_two_blueprints_saved_at_once_are_both_shown(
    page: PersonasPage, store: Store, workshops: Workshops
) -> None:
    begin(page)
    page.there["design"].click()
    other = opened(store, workshops, page.model.workshop.code)
    other.there["design"].click()
    mine, theirs = other.steps["design"].blueprint, page.steps["design"].blueprint
    theirs.business.value = "Theirs"
    theirs.save.click()
    mine.business.value = "Mine"
    mine.save.click()
    assert "Theirs" in markup(mine.stale)
    assert "Mine" in markup(mine.stale)
    press(mine.stale, "Save mine over it")
    assert page.model.shelf.note("blueprint", "mira").body["business_goal"] == "Mine"
    assert mine.stale.layout.display == "none"
    other.close()


def test_a_goal_that_names_a_tool_is_told_that_it_is_a_means(page: PersonasPage) -> None:
    begin(page)
    page.there["design"].click()
    form = page.steps["design"].blueprint
    form.business.value = "Everybody uses the new LMS"
    form.save.click()
    assert "LMS" in markup(form.detour)


def test_tool_fit_says_who_is_left_out(page: PersonasPage) -> None:
    begin(page)
    write(page, "device", no_screen=True)
    page.there["design"].click()
    tools = page.steps["design"].tools
    tools.name.value, tools.like.value = "The <i>portal", 0
    tools.add.click()
    assert "left out" in tools.table.value
    assert "The &lt;i&gt;portal" in tools.table.value
    assert title(page) == "“The &lt;i&gt;portal” would leave out Mira"
    press(tools.buttons, "Look into The <i>portal")
    for field in tools.answers.values():
        field.value = "yes"
    press(tools.form, "Save")
    assert "left out" not in tools.table.value
    press(tools.buttons, "Take The <i>portal off the list")
    assert tools.known.all() == ()


def test_the_habit_needs_four_facts_and_comes_back_after_a_reload(
    page: PersonasPage, store: Store, workshops: Workshops
) -> None:
    begin(page)
    page.there["habit"].click()
    habit = page.steps["habit"]
    for field in list(habit.facts.values())[:3]:
        field.value = 5
    assert "<svg" not in habit.picture.value
    assert "One more fact" in habit.picture.value
    list(habit.facts.values())[3].value = 0
    assert "<svg" in habit.picture.value
    assert "<table" in habit.picture.value
    again = opened(store, workshops)
    assert again.model.step == "habit"
    assert [field.value for field in again.steps["habit"].facts.values()] == [5, 5, 5, 0, -1, -1]
    assert title(again) == title(page)
    again.steps["habit"].clear.click()
    page.steps["habit"].look()
    assert habit.counts == {}
    again.close()


@pytest.mark.parametrize("kind", ["yaml", "json", "csv"])
def test_a_file_is_read_told_and_taken_over_without_loss(page: PersonasPage, kind: str) -> None:
    begin(page)
    write(page, "goals", settle_in=True, tag="evidence", source="survey", note="=1+1")
    before = page.model.personas[0]
    data = {"yaml": personas_yaml, "json": personas_json, "csv": personas_csv}[kind]([before])
    page.model.go("start")
    form = page.steps["start"].file
    choose(form, f"personas.{kind}", data)
    assert "one persona, Mira" in form.said.value
    assert len(page.model.kept) == 1
    form.take.click()
    assert [(one.name, one.details) for one in page.model.personas] == [("Mira", before.details)] * 2
    assert {one.id for one in page.model.personas} == {"mira", "mira_2"}


def choose(form: Any, name: str, data: bytes) -> None:
    form.upload.value = (
        {"name": name, "type": "", "size": len(data), "content": memoryview(data), "last_modified": NOW},
    )


@pytest.mark.parametrize(
    ("name", "data"), [("x.yaml", b"personas: [1"), ("x.json", b"{}"), ("x.txt", b"hello"), ("x.csv", b"")]
)
def test_a_file_that_holds_none_says_so_and_changes_nothing(
    page: PersonasPage, name: str, data: bytes
) -> None:
    begin(page)
    form = page.steps["start"].file
    choose(form, name, data)
    assert name in page.notice.text
    assert form.take.layout.display == "none"
    assert len(page.model.kept) == 1


def test_a_save_that_fails_is_said_and_what_was_typed_stays(tmp_path: Path) -> None:
    file = tmp_path / "locked.db"
    with open_store(f"sqlite:///{file}", migrate=True, busy_seconds=0.1) as store:
        page = opened(store, Workshops(store))
        begin(page)
        editor = page.steps["cards"].editor
        editor.rows["role"].open.click()
        editor.form.words.value = "Counter clerk"
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            buttons(editor.rows["role"].panel)[0].click()
            assert 'role="alert"' in page.notice.text
            assert editor.form.words.value == "Counter clerk"
            assert page.model.shelf.all()[0].version == 1
        buttons(editor.rows["role"].panel)[0].click()
        assert page.model.personas[0].value("role") == "Counter clerk"
        page.close()


def test_a_store_that_cannot_be_read_is_said_once_and_again_when_it_can(
    page: PersonasPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(page)
    found = page.model.kept

    def broken(*_: Any) -> None:
        raise StoreUnavailable("locked")

    with monkeypatch.context() as patched:
        patched.setattr(Store, "documents", broken)
        asyncio.run(page._look())
    assert "what was read last" in page.notice.text
    assert page.model.kept == found
    asyncio.run(page._look())
    assert "can be read again" in page.notice.text


def test_two_pages_in_one_process_share_nothing(
    page: PersonasPage, store: Store, workshops: Workshops
) -> None:
    begin(page)
    other = opened(store, workshops, page.model.workshop.code)
    other.model.go("habit")
    assert page.model.step == "cards"
    assert other.model.chosen == ""
    other.close()


def test_drawing_twice_changes_nothing(page: PersonasPage) -> None:
    begin(page)
    write(page, "role", words="Clerk")
    for step in STEPS:
        page.there[step].click()
        before = markup(page.box)
        page.refresh()
        assert markup(page.box) == before


def test_the_headline_says_how_much_is_known(page: PersonasPage) -> None:
    begin(page)
    write(page, "role", words="Clerk")
    page.there["start"].click()
    page.there["cards"].click()
    assert title(page) == "One persona, and all of it is assumed so far"
    page.model.edit("mira")
    write(page, "role", tag="evidence", source="data")
    page.there["start"].click()
    page.there["cards"].click()
    assert title(page) == "One persona, with evidence for 1 of 1 facts"
