"""``read_table``: a file with a table, whatever program wrote it, as text cells with their places."""

from __future__ import annotations

import os
import re
from pathlib import Path

from learnerfirst import content
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.exchange.spreadsheets import encodings, separators
from learnerfirst.exchange.spreadsheets.formats import kind_of
from learnerfirst.exchange.spreadsheets.grid import Grid, refused
from learnerfirst.exchange.spreadsheets.layout import as_sheet
from learnerfirst.exchange.spreadsheets.limits import ANY_SIZE, MEGABYTE, Limits
from learnerfirst.exchange.spreadsheets.text_rows import read_rows
from learnerfirst.exchange.spreadsheets.workbook import read_workbook
from learnerfirst.intake.table import Sheet


def read_table(
    source: str | os.PathLike[str] | bytes,
    *,
    name: str = "",
    sheet: str = "",
    header_row: int | None = None,
    encoding: str = "",
    separator: str = "",
    limits: Limits = ANY_SIZE,
) -> Sheet:
    """Read a CSV, TSV or XLSX file into text cells.

    Parameters
    ----------
    source : a path, or the file's bytes
    name : what the file is called in messages; by default the path's last part
    sheet : the worksheet of a workbook; by default the visible one with most in it
    header_row : the row of the headings, counted from 1; by default found below title rows
    encoding, separator : by default recognised; the notes say as what
    limits : most bytes, rows, columns; ``FOR_PAGES`` is 50 MB and 100,000 rows, the default has no limit but those
        that stop zip bombs

    Cells stay texts: "007" and "NA" are what the file says. Of a workbook they are what people see: days as
    year-month-day, TRUE and FALSE, percent, leading zeros. ``.notes`` says what was recognised and left out (empty
    rows, titles above the headings, spaces around cells), ``.faults`` every cell that does not fit, with row, column,
    value and what to do. Rows with a fault stay in ``.rows`` until ``.good()`` leaves them out.

    Raises UnreadableFile (its fault says what to do) for what is no table, is damaged, locked by a password, unpacks
    to far more than a table does or declares entities; FileTooLarge over the limits; InvalidInput for an option that
    is none. Nothing else, whatever the file holds.

    >>> table = read_table(b"id;name\\n007;NA\\n8;\\"a;b\\"\\n", name="people.csv")
    >>> table.headings, table.rows, table.numbers
    (('id', 'name'), (('007', 'NA'), ('8', 'a;b')), (2, 3))
    >>> [note.kind for note in table.notes]
    ['encoding', 'separator']
    """
    _check_options(encoding, separator)
    data, file = _bytes_of(source, name, limits)
    kind = kind_of(data)
    if kind == "xlsx":
        return as_sheet(read_workbook(data, file, limits, sheet), file, limits, header_row)
    if kind != "text":
        raise refused(file, kind)
    return as_sheet(_text_grid(data, file, limits, encoding, separator), file, limits, header_row)


def _check_options(encoding: str, separator: str) -> None:
    faults = []
    if encoding and encoding not in (*encodings.OFFERED, "utf-8-sig", "utf-16-le", "utf-16-be", "utf-32"):
        faults.append(Fault("encoding", repr(encoding), f"one of: {', '.join(encodings.OFFERED)}"))
    if separator and separator not in separators.CANDIDATES:
        faults.append(Fault("separator", repr(separator), "a comma, semicolon, tab or vertical bar"))
    if faults:
        raise InvalidInput("the file cannot be read like this", faults)


def _bytes_of(source: str | os.PathLike[str] | bytes, name: str, limits: Limits) -> tuple[bytes, str]:
    """The file's bytes and name; its size is looked at before it is read."""
    if isinstance(source, bytes):
        file = name or "file"
        _check_size(len(source), file, limits)
        return source, file
    try:
        path = Path(source)
        file = name or path.name
        _check_size(path.stat().st_size, file, limits)
        return path.read_bytes(), file
    except (FileNotFoundError, NotADirectoryError):
        raise refused(name or str(source), "missing") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refused(name or str(source), "no_access", reason=reason) from None


def _check_size(size: int, file: str, limits: Limits) -> None:
    most = limits.file_bytes
    if most is not None and size > most:
        found = f"{size / MEGABYTE:,.1f} MB"
        raise refused(file, "too_large", found, allowed=f"{most / MEGABYTE:,.0f} MB")


def _text_grid(data: bytes, file: str, limits: Limits, encoding: str, separator: str) -> Grid:
    text, taken = encodings.decode(data, file, encoding)
    words = content.texts("spreadsheets")
    names, called = words["encodings"], words["separators"]
    said = separators.given_in_file(text)
    if said:
        text = "\n" + "".join(re.split(r"\r\n|\n|\r", text, maxsplit=1)[1:])
    other = ""
    if not separator:
        separator, other = (said, "") if said else separators.find_separator(text)
    grid = read_rows(text, separator, file, limits)
    if taken == "cp1252" and not encoding:
        accent = next((cell for _, row in grid.rows for cell in row if not cell.isascii()), "")
        grid.notes.append(("encoding_guess", {"encoding": names[taken], "example": accent[:60]}))
    else:
        grid.notes.append(("encoding", {"encoding": names[taken]}))
    if not separator:
        grid.notes.append(("one_column", {}))
    elif other:
        grid.notes.append(("separator_guess", {"separator": called[separator], "other": called[other]}))
    else:
        grid.notes.append(("separator", {"separator": called[separator]}))
    return grid
