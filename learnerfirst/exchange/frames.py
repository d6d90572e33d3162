"""``read_frame``: any file with a table as a data frame, told what was recognised in it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from learnerfirst import content
from learnerfirst.errors import Fault, InvalidInput, UnreadableFile
from learnerfirst.exchange.spreadsheets import read_table
from learnerfirst.intake.numbers import decimal_mark, number_of
from learnerfirst.intake.table import Note, Sheet

MOST_SAID = 200


@dataclass(frozen=True, slots=True)
class ReadFrame:
    """``frame``: pandas, cells as texts, empty ones None, the asked columns as numbers; ``notes``: what was recognised."""

    frame: Any = field(repr=False)
    notes: tuple[Note, ...] = ()

    def __str__(self) -> str:
        return "\n".join(note.text for note in self.notes)


def read_frame(
    path: str | os.PathLike[str] | bytes, numbers: Sequence[str] = (), *, set_aside: bool = False
) -> ReadFrame:
    """A CSV, TSV or XLSX file as a pandas frame; encoding, separator and headings are found, and ``.notes`` say as what.

    Parameters
    ----------
    path : the file, or its bytes
    numbers : columns that hold numbers, with a decimal point or a decimal comma. All others stay texts: "007" and "NA"
        are what the file says; empty cells are None.
    set_aside : True leaves out the rows that do not fit instead of refusing the file

    ``str()`` gives the notes, a line each. Raises UnreadableFile for a file that is no table, and naming rows, columns and
    values that do not fit unless ``set_aside``; InvalidInput where a column of ``numbers`` is not there.

    >>> read = read_frame(b"person_id;note;level\\n007;NA;2,5\\n008;;\\n", numbers=["level"])
    >>> print(read)
    The text was read as UTF-8.
    Cells are set apart by semicolons.
    Numbers with a decimal comma in: level.
    >>> read.frame["person_id"].tolist(), read.frame["note"].tolist(), read.frame["level"].tolist()
    (['007', '008'], ['NA', None], [2.5, nan])
    """
    import pandas as pd

    sheet = read_table(path)
    missing = [name for name in numbers if name not in sheet.headings]
    if missing:
        found = Fault("numbers", ", ".join(missing), f"columns of {sheet.file}: {', '.join(sheet.headings)}")
        raise InvalidInput("columns that the file does not have", [found])
    faults = {fault.row: fault.as_fault() for fault in sheet.faults}
    columns: dict[str, list[str | float | None]] = {}
    for name in sheet.headings:
        cells = sheet.column(name)
        columns[name] = (
            _numbers(sheet, name, cells, faults) if name in numbers else [one or None for one in cells]
        )
    if faults and not set_aside:
        words = content.texts("intake")["recipe"]["faulty"]
        summary = words.format(count=f"{len(faults):,}", file=sheet.file)
        raise UnreadableFile(summary, list(faults.values())[:MOST_SAID])
    kinds = {name: "float64" if name in numbers else "object" for name in columns}
    frame = pd.DataFrame({name: pd.Series(cells, dtype=kinds[name]) for name, cells in columns.items()})
    kept = [number not in faults for number in sheet.numbers]
    return ReadFrame(frame[kept].reset_index(drop=True) if faults else frame, sheet.notes)


def _numbers(
    sheet: Sheet, name: str, cells: Sequence[str], faults: dict[int, Fault]
) -> list[str | float | None]:
    """The column's cells as numbers; what is none is added to ``faults``, one a row."""
    mark = decimal_mark(cells) or "."
    found: list[str | float | None] = []
    for row, cell in zip(sheet.numbers, cells, strict=True):
        value = number_of(cell, "." if mark == "both" else mark) if cell else None
        if cell and value is None:
            where = f"{sheet.file}, row {row}, column {name}"
            faults.setdefault(row, Fault(where, cell, "a number, or an empty cell"))
        found.append(value)
    return found
