"""The one way out: whatever is shown of stored answers passes :func:`release`, which also writes the ledger.

A release is frozen: what was shown stays, whatever comes later. A whole room's total may be renewed when five
people or more have changed since; a split into groups is shown once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from learnerfirst.errors import NotAllowed
from learnerfirst.privacy.cells import Cell, share_words, tell_cells
from learnerfirst.privacy.room import Room, coarsen
from learnerfirst.privacy.wording import NUMBERS_FROM, THRESHOLD


@dataclass(frozen=True)
class Asked:
    """What somebody wants to show of one scope (an activity).

    ``members``: a pseudonym and a digest of what was answered, for everyone the picture is made from. ``whole``:
    the room's exact values; ``cells``: groups by one attribute. ``room``: as chosen before the first answer.
    ``marks``: what people placed openly, with ``unmarked`` the number of those who did not. ``flags``: how many
    answers were counted with a remark ("straight_lining", "fast").
    """

    scope: str
    members: Mapping[str, str]
    start: date
    room: str = "five_or_more"
    whole: Room | None = None
    cells: tuple[Cell, ...] = ()
    marks: tuple[Mapping[str, Any], ...] = ()
    unmarked: int = 0
    flags: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Published:
    """What may be shown (``body``), and the ledger's entry for it; None where nothing about people is told."""

    body: dict[str, Any]
    entry: dict[str, Any] | None


def release(
    asked: Asked, ledger: Sequence[Mapping[str, Any]], texts: Mapping[str, Any], *, salt: str
) -> Published:
    """Return what may be shown of ``asked``, given what the ledger says was shown before.

    ``salt``: random text for this entry, so that two ledgers can't be joined by their members. ``texts`` are those
    of ``data/texts/privacy.yaml``. Raises NotAllowed where it may not be shown now; the message says why and what
    would help.
    """
    if asked.cells:
        return _split(asked, ledger, texts, salt)
    _check_renewal(asked, ledger)
    if asked.room in ("talk", "carry"):
        return Published({"hidden": dict(texts[asked.room])}, None)
    if asked.room == "open" and (asked.unmarked in range(1, THRESHOLD) or not _enough(asked)):
        return Published(_marks_only(asked, texts), _entry("marks", asked, salt))
    if asked.whole is None or not _enough(asked):
        n = asked.whole.n if asked.whole else len(asked.members)
        words = {key: text.format(n=n) for key, text in texts["under_threshold"].items()}
        raise NotAllowed(f"{words['why']} {words['what_helps']}")
    body = coarsen(asked.whole, asked.start, texts)
    body |= {"n_words": str(texts["people"]).format(n=body["n"]), "hidden": None}
    body["audit"] = _audit(asked, asked.whole.n, texts)
    if asked.room == "open":
        body["marks"] = [dict(mark) for mark in asked.marks]
    if ledger:
        body["audit"].append({"id": "renewed", "words": texts["renewed"]})
    return Published(body, _entry("whole", asked, salt))


def changed_since(entry: Mapping[str, Any], members: Mapping[str, str]) -> int:
    """Return how many people came, went or corrected their answers since a ledger entry was written."""
    before: Mapping[str, str] = entry["members"]
    now = _sealed(entry["salt"], members)
    return sum(before.get(name) != now.get(name) for name in before.keys() | now.keys())


def _check_renewal(asked: Asked, ledger: Sequence[Mapping[str, Any]]) -> None:
    shown = [entry for entry in ledger if entry["what"] == "whole"]
    if any(entry["what"] == "marks" for entry in ledger):
        raise NotAllowed("The marks were shown, and marks are shown once. Start a new activity to ask again.")
    if any(entry["what"] == "split" for entry in ledger):
        raise NotAllowed("Groups of this activity were shown; its total can't be renewed beside them.")
    for entry in shown:
        changed = changed_since(entry, asked.members)
        if changed < THRESHOLD:
            raise NotAllowed(
                "Too few have changed since this was shown: fewer than five could be found out by comparing. "
                "It can be renewed when five or more people have answered, corrected or deleted."
            )


def _split(
    asked: Asked, ledger: Sequence[Mapping[str, Any]], texts: Mapping[str, Any], salt: str
) -> Published:
    if asked.room != "five_or_more":
        raise NotAllowed("A room that chose to be treated as small is not split into groups.")
    if any(entry["what"] == "split" for entry in ledger):
        raise NotAllowed("Groups of this activity were shown already; splits are shown once.")
    if sum(cell.n for cell in asked.cells) != len(asked.members):
        raise NotAllowed("Every person must be in exactly one group.")
    if any(changed_since(entry, asked.members) for entry in ledger):
        raise NotAllowed("Answers have changed since the total was shown; groups would not add up to it.")
    if len(asked.members) < 2 * THRESHOLD:
        raise NotAllowed("Groups are shown from ten people on, in parts of five or more.")
    cells = tell_cells(asked.cells, texts)
    entry = _entry("split", asked, salt)
    entry["cells"] = [
        {"attributes": cell["attributes"], "shown": cell["hidden"] is None, "n": cell["n"]} for cell in cells
    ]
    return Published({"hidden": None, "cells": cells}, entry)


def _enough(asked: Asked) -> bool:
    return asked.whole is not None and asked.whole.n >= THRESHOLD


def _marks_only(asked: Asked, texts: Mapping[str, Any]) -> dict[str, Any]:
    if not asked.marks:
        return {"hidden": dict(texts["no_marks"]), "marks": []}
    return {"hidden": dict(texts["open"]), "marks": [dict(mark) for mark in asked.marks]}


def _audit(asked: Asked, n: int, texts: Mapping[str, Any]) -> list[dict[str, str]]:
    lines = [
        {"id": name, "words": texts["audit"][name].format(share=share_words(min(count, n), n, texts))}
        for name, count in asked.flags.items()  # none of them left out: a missing line would mean "nobody"
    ]
    rule = "small_room" if n < NUMBERS_FROM else "rounded"
    return [*lines, {"id": rule, "words": texts["audit"][rule]}]


def _entry(what: str, asked: Asked, salt: str) -> dict[str, Any]:
    return {"what": what, "salt": salt, "members": _sealed(salt, asked.members)}


def _sealed(salt: str, members: Mapping[str, str]) -> dict[str, str]:
    """Digests that tell a change and nothing else: an answer's is made with its key, so it can't be guessed at."""
    return {_salted(salt, name): _salted(salt, f"{name}\n{answer}") for name, answer in members.items()}


def _salted(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()[:32]
