"""What a reader hands on: rows of cells as they stand in the file, before anybody asks which row has the headings."""

from __future__ import annotations

from dataclasses import dataclass, field

from learnerfirst import content
from learnerfirst.answers import shorten
from learnerfirst.errors import Fault, FileTooLarge, UnreadableFile


@dataclass(slots=True)
class Wrong:
    """A fault at a place of the file; ``column`` counts from 0, ``allowed`` goes into the sentence that helps."""

    kind: str
    row: int
    column: int
    value: str


@dataclass(slots=True)
class Grid:
    """Rows with their numbers. ``placed``: each cell says itself in which column it stands (workbooks)."""

    rows: list[tuple[int, list[str]]]
    placed: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    notes: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    name: str = ""
    names: tuple[str, ...] = ()


def refused(file: str, kind: str, found: str = "", **words: object) -> UnreadableFile:
    """The error that says why a file cannot be read, and what to do."""
    texts = content.texts("spreadsheets")["refused"]
    error = FileTooLarge if kind.startswith("too_") else UnreadableFile
    fault = Fault(file, shorten(found) if found else kind.replace("_", " "), texts[kind].format(**words))
    return error(texts["summary"].format(file=file), [fault])
