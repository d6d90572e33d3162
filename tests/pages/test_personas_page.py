"""The personas page, driven by its real widgets on a real store."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from learnerfirst.content import texts
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.personas.material import material
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.personas.page import STEPS, PersonasPage
from learnerfirst.personas import Persona
from learnerfirst.store import Store
from learnerfirst.workshops import Workshops
from tests.calendars import Days


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
