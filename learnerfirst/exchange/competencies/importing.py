"""One door for every file of competencies: what it is, is seen from what is in it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from learnerfirst.answers import shown
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.exchange.competencies import esco, moodle, onet, plain
from learnerfirst.exchange.competencies.case_reading import MOST_BYTES, case_framework
from learnerfirst.exchange.competencies.framework import Framework
from learnerfirst.exchange.competencies.tables import Source, Table, read, refused
from learnerfirst.exchange.spreadsheets import ANY_SIZE, Limits
from learnerfirst.success_profiles import Scale

KINDS = ("onet", "case", "moodle", "esco", "table")


def import_competencies(
    source: Source,
    *,
    occupation: str = "",
    role: str = "",
    kind: str = "",
    scale: Scale | None = None,
    name: str = "",
    limits: Limits = ANY_SIZE,
) -> Framework:
    """The competencies in a file: an O*NET table, a CASE package, Moodle's or ESCO's CSV, or a plain table.

    Parameters
    ----------
    source : path or bytes of a CSV, TSV, XLSX or JSON file
    occupation : of an O*NET table with several, its code or title (see :func:`occupations_in`)
    role : what the profile is for; of a plain table with several roles, which one
    kind : one of "onet", "case", "moodle", "esco", "table"; by default recognised
    scale : of a plain table; by default 0 to 5, or what its level columns say
    name, limits : what the file is called in messages, and how large it may be

    Gives a :class:`Framework`: ``.proposals``, ``.source`` (whom to credit), ``.notes`` (what was left out), and
    ``.profile()``. Raises UnreadableFile with every fault and its place, FileTooLarge, or InvalidInput where it has to
    be said which occupation or role; nothing else, whatever the file holds.

    >>> table = b"competency,required,importance\\nListening,3,4\\nSelling,2,5\\n"
    >>> import_competencies(table, role="Shop assistant").profile().frame()[0]
    {'role': 'Shop assistant', 'competency': 'listening', 'required': 3.0, 'importance': 4.0}
    """
    found, table = _recognised(source, kind, name, limits)
    if found == "case":
        result = case_framework(_bytes(source, name), name or _name(source))
    elif found == "onet":
        result = _one_occupation(_table(table), occupation)
    elif found == "moodle":
        result = moodle.framework(_table(table))
    elif found == "esco":
        result = esco.framework(_table(table))
    else:
        result = plain.framework(_table(table), role, scale)
    return replace(result, role=role) if role else result


def occupations_in(source: Source, *, name: str = "", limits: Limits = ANY_SIZE) -> tuple[Framework, ...]:
    """All occupations of an O*NET table, each as a framework, in the table's order; () where it is no O*NET table."""
    found, table = _recognised(source, "", name, limits)
    return onet.frameworks(_table(table)) if found == "onet" else ()


def _one_occupation(table: Table, occupation: str) -> Framework:
    found = onet.frameworks(table, (occupation,) if occupation else ())
    if len(found) > 1:
        more = f" and {len(found) - 20} more" if len(found) > 20 else ""
        there = ", ".join(one.role for one in found[:20]) + more
        fault = Fault("occupation", f"{len(found)} occupations", f"say which: {there}")
        raise InvalidInput(f"{table.sheet.file} has several occupations", [fault])
    return found[0]


def _recognised(source: Source, kind: str, name: str, limits: Limits) -> tuple[str, Table | None]:
    if kind and kind not in KINDS:
        raise InvalidInput(
            "no such kind of file", [Fault("kind", shown(kind), f"one of: {', '.join(KINDS)}")]
        )
    if kind == "case" or (not kind and _begins_like_json(source)):
        return "case", None
    table = read(source, name, limits)
    if kind:
        return kind, table
    for found, fits in (("onet", onet.is_onet), ("esco", esco.is_esco), ("moodle", moodle.is_moodle)):
        if fits(table):
            return found, table
    return "table", table


def _begins_like_json(source: Source) -> bool:
    if isinstance(source, bytes):
        start = source[:200]
    else:
        try:
            with Path(source).open("rb") as file:
                start = file.read(200)
        except (OSError, ValueError):
            return False  # reading it as a table says what is wrong
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _bytes(source: Source, name: str) -> bytes:
    if isinstance(source, bytes):
        return source
    file = name or _name(source)
    try:
        path = Path(source)
        if path.stat().st_size > MOST_BYTES:
            raise refused(file, f"{path.stat().st_size} bytes", f"at most {MOST_BYTES} bytes")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise refused(
            file, getattr(error, "strerror", None) or shown(str(error)), "a file that can be read"
        ) from None


def _name(source: Source) -> str:
    return "file" if isinstance(source, bytes) else os.path.basename(os.fspath(source))  # noqa: PTH119


def _table(table: Table | None) -> Table:
    if table is None:
        raise InvalidInput("a table is needed")
    return table
