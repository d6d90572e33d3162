"""Run sheets from ``run_sheets.yaml``: blocks with minutes, what to do, what to say, prompts."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from learnerfirst.content.cursor import Cursor, unique
from learnerfirst.content.folders import find, stamp
from learnerfirst.content.strict_yaml import read_yaml
from learnerfirst.run_sheet import Block, RunSheet

RUN_SHEETS = "run_sheets"


def run_sheets(language: str = "") -> tuple[RunSheet, ...]:
    """All run sheets, in the order of the file; the user's own file stands in front of ours.

    >>> [sheet.minutes for sheet in run_sheets()]
    [45, 90]
    """
    file = find(RUN_SHEETS, "", language)
    return _read(file, stamp(file))


@lru_cache(maxsize=8)
def _read(file: Path, _stamp: object) -> tuple[RunSheet, ...]:
    return read_run_sheets(file)


def read_run_sheets(file: Path) -> tuple[RunSheet, ...]:
    """One file of run sheets, types checked; ContentError where the blocks do not fill the minutes, among others."""
    top = Cursor.at_top(read_yaml(file))
    top.only("id", "language", "sheets")
    listed = list(top.items("sheets"))
    sheets = tuple(_sheet(entry) for entry in listed)
    unique(zip(listed, (sheet.id for sheet in sheets), strict=True), "run sheet")
    top.finish()
    return sheets


def _sheet(entry: Cursor) -> RunSheet:
    entry.only("id", "name", "minutes", "blocks")
    listed = list(entry.items("blocks"))
    blocks = tuple(_block(block) for block in listed)
    unique(zip(listed, (block.id for block in blocks), strict=True), "block")
    sheet = RunSheet(entry.text("id"), entry.text("name"), blocks)
    minutes = entry.whole("minutes", 5, 600)
    if minutes is not None and sheet.minutes != minutes:
        entry.fault(f"{sheet.minutes}, the sum of its blocks, or other minutes in the blocks", "minutes")
    return sheet


def _block(entry: Cursor) -> Block:
    entry.only("id", "title", "minutes", "do", "say", "prompts", "room")
    return Block(
        id=entry.text("id"),
        title=entry.text("title"),
        minutes=entry.whole("minutes", 1, 180) or 1,
        do=entry.texts("do"),
        say=entry.texts("say"),
        prompts=entry.texts("prompts"),
        room=entry.flag("room", default=False),
    )
