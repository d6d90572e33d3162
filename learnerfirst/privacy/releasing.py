"""The one way out: whatever is shown of stored answers passes :func:`release`, which also writes the ledger.

A release is frozen: what was shown stays, whatever comes later. A whole room's total may be renewed when five
people or more have changed since; a split into groups is shown once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from learnerfirst.errors import NotAllowed
from learnerfirst.learner_power.position import GATES
from learnerfirst.privacy.guesses import tell_guesses
from learnerfirst.privacy.room import Room, coarsen
from learnerfirst.privacy.tables import Table, tell_table
from learnerfirst.privacy.wording import NUMBERS_FROM, THRESHOLD, share_words

_TOO_FEW = (
    "Too few have changed since this was shown: fewer than five could be found out by comparing. "
    "It can be renewed when five or more people have answered, corrected or deleted."
)


@dataclass(frozen=True)
class Asked:
    """What somebody wants to show of one scope (an activity).

    ``members``: a pseudonym and a stamp that changes with the answers, for everyone the picture is made from.
    ``parts``: the same by what is shown apart (a dimension, a topic), for those who answered it. ``whole``:
    the room's exact values; ``table``: groups by any attributes, checked against everything shown of the same
    people. ``room``: as chosen before the first answer. ``marks``: what people placed openly, with ``unmarked``
    the number of those who did not. ``flags``: how many answers were counted with a remark ("straight_lining",
    "fast"). ``guesses``: what people guessed about the room. ``withheld``: parts that differ by too few people
    from something else that was shown.
    """

    scope: str
    members: Mapping[str, str]
    start: date
    room: str = "five_or_more"
    whole: Room | None = None
    marks: tuple[Mapping[str, Any], ...] = ()
    unmarked: int = 0
    flags: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    table: Table | None = None
    guesses: tuple[Mapping[str, int], ...] = ()


@dataclass(frozen=True)
class Published:
    """What may be shown (``body``), and the ledger's entry for it; None where nothing about people is told."""

    body: dict[str, Any]
    entry: dict[str, Any] | None


def release(
    asked: Asked, ledger: Sequence[Mapping[str, Any]], texts: Mapping[str, Any], *, salt: str
) -> Published:
    """Return what may be shown of ``asked``, given what the ledger says was shown before.

    ``salt``: random text that seals a ledger's first entry and all later ones, so that people who leave can be
    followed in it and two ledgers can't be joined by their members. ``texts`` are those of
    ``data/texts/privacy.yaml``. Raises NotAllowed where it may not be shown now; the message says why and what
    would help.
    """
    salt = str(ledger[0]["salt"]) if ledger else salt  # one for all entries: who left can be followed in it
    if asked.table is not None:
        return _table(asked, asked.table, ledger, texts, salt)
    withheld = asked.withheld | _check_renewal(asked, ledger)
    if asked.room in ("talk", "carry"):
        return Published({"hidden": dict(texts[asked.room])}, None)
    if asked.room == "open" and (asked.unmarked in range(1, THRESHOLD) or not _enough(asked)):
        return Published(_marks_only(asked, texts), _entry("marks", asked, salt))
    if asked.whole is None or not _enough(asked):
        words = texts["under_threshold"]
        raise NotAllowed(f"{words['why']} {words['what_helps']}")
    body = coarsen(replace(asked.whole, withheld=withheld), asked.start, texts)
    body |= {"n_words": str(texts["people"]).format(n=body["n"]), "hidden": None}
    body["audit"] = _audit(asked, asked.whole.n, texts)
    body["guess"] = tell_guesses(asked.guesses) if body["today"] else None
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


def parts_changed(entry: Mapping[str, Any], asked: Asked) -> dict[str, int]:
    """Return for everything that is shown apart how many people's answers to it differ from a ledger entry's."""
    before: dict[str, dict[str, str]] = {}
    for name, stamps in entry.get("parts", {}).items():
        for part, stamp in stamps.items():
            before.setdefault(part, {})[name] = stamp
    now = {part: _stamped(entry["salt"], part, stamps) for part, stamps in asked.parts.items()}
    return {
        part: sum(
            before.get(part, {}).get(name) != now.get(part, {}).get(name)
            for name in before.get(part, {}).keys() | now.get(part, {}).keys()
        )
        for part in sorted(before.keys() | now.keys())
    }


def too_few(changes: Mapping[str, int]) -> frozenset[str]:
    """Return the parts that one to four people changed; NotAllowed where everything shown rests on one of them."""
    few = frozenset(part for part, count in changes.items() if 0 < count < THRESHOLD)
    resting = {"today", *(f"{name} today" for gates in GATES.values() for name in gates)}
    if few & resting:
        raise NotAllowed(_TOO_FEW)
    return few


def _check_renewal(asked: Asked, ledger: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    withheld: frozenset[str] = frozenset()
    shown = [entry for entry in ledger if entry["what"] == "whole"]
    if any(entry["what"] == "marks" for entry in ledger):
        raise NotAllowed("The marks were shown, and marks are shown once. Start a new activity to ask again.")
    if any(entry["what"] == "table" for entry in ledger):
        raise NotAllowed("Groups of this activity were shown; its total can't be renewed beside them.")
    for entry in shown:
        if changed_since(entry, asked.members) < THRESHOLD:
            raise NotAllowed(_TOO_FEW)
        withheld |= too_few(parts_changed(entry, asked))
    return withheld


def _table(
    asked: Asked, table: Table, ledger: Sequence[Mapping[str, Any]], texts: Mapping[str, Any], salt: str
) -> Published:
    if asked.room != "five_or_more":
        raise NotAllowed("A room that chose to be treated as small is not split into groups.")
    together = set(table.kinds) <= {()}  # nobody is told apart: shares of all, in words under ten
    if together and len(asked.members) < THRESHOLD:
        words = texts["under_threshold"]
        raise NotAllowed(f"{words['why']} {words['what_helps']}")
    if not together and len(asked.members) < 2 * THRESHOLD:
        raise NotAllowed("Groups are shown from ten people on, in parts of five or more.")
    table.check(asked.members)
    names = {name: salted(salt, name) for name in asked.members}
    return Published(*tell_table(table.renamed(names), _sealed(salt, asked.members), ledger, texts, salt))


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
    parts: dict[str, dict[str, str]] = {}
    for part, stamps in asked.parts.items():
        for name, stamp in _stamped(salt, part, stamps).items():
            parts.setdefault(name, {})[part] = stamp
    return {"what": what, "salt": salt, "members": _sealed(salt, asked.members), "parts": parts}


def _stamped(salt: str, part: str, stamps: Mapping[str, str]) -> dict[str, str]:
    return {
        salted(salt, name): salted(salt, f"{part}\n{name}\n{stamp}")[:10] for name, stamp in stamps.items()
    }


def _sealed(salt: str, members: Mapping[str, str]) -> dict[str, str]:
    """Digests that tell a change and nothing else; stamps hold no answer, so there is none to guess at."""
    return {salted(salt, name): salted(salt, f"{name}\n{answer}") for name, answer in members.items()}


def salted(salt: str, text: str) -> str:
    """Return the sealed form of a pseudonym, as a ledger with this ``salt`` keeps it."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()[:32]
