"""The form of one field: its value as its kind asks for it, evidence or assumption, source, note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipywidgets import HTML, Checkbox, Dropdown, Text, Textarea

from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.theme import boxed, shown
from learnerfirst.personas import Detail, Field

SOURCES = ("survey", "interview", "data", "quote")


class FieldForm:
    """Widgets for one field, made when it is opened. Show ``box``; :meth:`read` says what they hold."""

    def __init__(self, field: Field, detail: Detail | None, texts: Mapping[str, Any]) -> None:
        self.field, self.texts, self.shares = field, texts, {} if detail is None else dict(detail.shares)
        self.before = detail
        self.ticks: dict[str, Checkbox] = {}
        self.choice: Dropdown | None = None
        self.words: Text | Textarea | None = None
        value = None if detail is None else detail.value
        inside = self._several(value) if field.kind == "several" else self._single(value)
        tag = "assumption" if detail is None else detail.tag
        self.tag = Dropdown(
            description=texts["tag_label"],
            options=[(texts[f"tag_{one}"], one) for one in ("assumption", "evidence")],
            value=tag,
        )
        source = detail.source if detail is not None and detail.source in SOURCES else "interview"
        self.source = Dropdown(
            description=texts["source_label"],
            options=[(texts[f"source_{one}"], one) for one in SOURCES],
            value=source,
        )
        self.note = Textarea(
            description=texts["note_label"], rows=2, value="" if detail is None else detail.note
        )
        self.tag.observe(lambda _change: self._show_source(), names="value")
        self._show_source()
        about = [HTML(paragraph(field.help, "lf-help"))] if field.help else []
        self.box = boxed([*about, *inside, boxed([self.tag, self.source], "lf-pair"), self.note], "lf-form")

    def _show_source(self) -> None:
        shown(self.source, self.tag.value == "evidence")

    def _several(self, value: Any) -> list[Any]:
        held = list(value) if isinstance(value, tuple | list) else [value] if value else []
        for level in self.field.levels:
            self.ticks[level.id] = Checkbox(description=level.text, value=level.id in held, indent=False)
        rest = [one for one in held if one not in self.ticks]
        parts: list[Any] = [boxed(list(self.ticks.values()), "lf-ticks")] if self.ticks else []
        if self.field.open or rest or not self.ticks:
            label = self.texts["own_lines" if self.ticks else "lines"]
            self.words = Textarea(description=label, rows=2, value="\n".join(map(str, rest)))
            parts.append(self.words)
        return parts

    def _single(self, value: Any) -> list[Any]:
        field, texts = self.field, self.texts
        text = f"{value:g}" if isinstance(value, int | float) else "" if value is None else str(value)
        if not field.levels:
            make = Textarea if field.kind == "text" else Text
            label = f"{field.name} ({field.unit})" if field.unit else field.name
            self.words = make(description=label, value=text)
            return [self.words]
        known = text in field.level_ids
        options = [(texts["nothing"], ""), *((level.text, level.id) for level in field.levels)]
        self.choice = Dropdown(description=field.name, options=options, value=text if known else "")
        if not field.open and (known or not text):
            return [self.choice]
        self.words = Text(description=texts["own_words"], value="" if known else text)
        return [self.choice, self.words]

    def _value(self) -> Any:
        words = "" if self.words is None else self.words.value.strip()
        if self.field.kind == "several":
            ticked = [one for one, tick in self.ticks.items() if tick.value]
            lines = [line.strip() for line in words.splitlines() if line.strip()]
            return tuple(dict.fromkeys([*ticked, *lines]))
        if self.field.kind == "number" and words:
            return number_of(words, self.field.name, self.texts)
        return words or ("" if self.choice is None else self.choice.value)

    def read(self) -> Detail | None:
        """What the form says; None where no value is given. InvalidInput where a number is no number."""
        value = self._value()
        if value in ("", ()):
            return None
        evidence = self.tag.value == "evidence"
        same = self.before is not None and self.before.value == value
        return Detail(
            value,
            self.tag.value,
            self.source.value if evidence else "",
            self.note.value.strip(),
            self.shares if same else {},
        )

    def quote(self, text: str) -> None:
        """Fill in a quote as the evidence."""
        self.tag.value, self.source.value, self.note.value = "evidence", "quote", text


def number_of(text: str, name: str, texts: Mapping[str, Any]) -> float:
    """A number as people type it; a comma may stand for the point.

    >>> number_of("3,5", "Hours", {})
    3.5
    """
    try:
        return float(text.replace(",", ".").replace(" ", ""))
    except ValueError:
        raise InvalidInput(
            texts["blocked_number"].format(field=name), [Fault(name, repr(text[:40]), "a number")]
        ) from None
