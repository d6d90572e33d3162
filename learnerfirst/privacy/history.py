"""The ledger's entries as moments, and back: who stood where at each release, and what was published of whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from learnerfirst.errors import NotAllowed
from learnerfirst.privacy.atoms import Moment

TABLE = "table"


def moments(ledger: Sequence[Mapping[str, Any]]) -> list[Moment]:
    """Return what the ledger says was published, oldest first; a whole room is one cell with everybody in it.

    Raises NotAllowed where an entry cannot be compared: it does not say who stood where, or was sealed otherwise.

    >>> [(each.cells, each.answers) for each in moments([{"what": "whole", "salt": "s", "members": {"p": "1"}}])]
    [(({},), {'p': '1'})]
    """
    if any(entry["what"] not in ("whole", TABLE) for entry in ledger):
        raise NotAllowed(
            "Something was shown here that a table can't be checked against (open marks, or groups without "
            "their people). Start a new activity to show tables."
        )
    if len({entry["salt"] for entry in ledger}) > 1:
        raise NotAllowed(
            "What was shown before was sealed with different keys, so people who left can't be followed. "
            "Start a new activity to show tables."
        )
    return [_moment(entry) for entry in ledger]


def table_entry(
    now: Moment, shown: Sequence[int], told: Sequence[Mapping[str, tuple[int, int]]], salt: str, **about: Any
) -> dict[str, Any]:
    """Return the ledger's entry for the cells ``shown`` (places in ``now.cells``) and what each of them ``told``.

    ``about``: period and wave, kept as they are. Every person's atom is kept, by their sealed name.
    """
    return {
        "what": TABLE,
        "salt": salt,
        "members": dict(now.answers),
        "places": dict(now.places),
        "atoms": [dict(atom) for atom in now.atoms],
        "cells": [
            {
                "attributes": dict(now.cells[place]),
                "told": {name: list(limits) for name, limits in said.items()},
            }
            for place, said in zip(shown, told, strict=True)
        ],
        "tops": dict(now.tops),
        **about,
    }


def _moment(entry: Mapping[str, Any]) -> Moment:
    members: Mapping[str, str] = entry["members"]
    if entry["what"] != TABLE:
        return Moment(dict.fromkeys(members, 0), members, ({},), ({},), ({},), {})
    cells = entry["cells"]
    return Moment(
        entry["places"],
        members,
        tuple(entry["atoms"]),
        tuple(cell["attributes"] for cell in cells),
        tuple({name: (low, high) for name, (low, high) in cell["told"].items()} for cell in cells),
        entry["tops"],
    )
