"""What anyone could work out from a picture that is shown: its audit, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learnerfirst.privacy.small_rooms import LISTED_TO
from learnerfirst.privacy.wording import FINER_FROM, NUMBERS_FROM

SAID_HERE = ("small_room", "rounded", "renewed")
"""Lines of a release's own audit that the lines below say more fully."""


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that a picture tells or keeps; ``id`` names the rule it follows from."""

    id: str
    words: str


def what_is_known(
    body: Mapping[str, Any], ledger: Sequence[Mapping[str, Any]], texts: Mapping[str, Any]
) -> tuple[Known, ...]:
    """What a release tells, in the order in which people ask: how many, how exactly, beside whom, compared with when.

    ``body``: of the release; ``ledger``: what was published of the same answers, oldest first; ``texts``: those of
    ``data/texts/audit.yaml``. Reads nothing but what was shown and how often.
    """
    return tuple(_lines(body, ledger, texts))


def _lines(
    body: Mapping[str, Any], ledger: Sequence[Mapping[str, Any]], texts: Mapping[str, Any]
) -> Iterator[Known]:
    n = body.get("n")
    marks = len(body.get("marks") or ())
    if n is None:
        if not marks:
            yield Known("nothing", texts["nothing"])
    else:
        yield Known("count", texts["count"].format(n=n))
        yield _exactness(n, texts)
        own = "own" if n <= LISTED_TO else "own_larger"
        yield Known("own", texts[own])
        yield _moments(ledger, texts)
        split = any(entry["what"] == "table" for entry in ledger)
        yield Known("groups", texts["groups" if split else "no_groups"])
    if marks:
        yield Known("marks", texts["mark"] if marks == 1 else texts["marks"].format(count=marks))
    for row in body.get("dimensions", ()):
        if row.get("hidden"):
            yield Known("kept", texts["kept"].format(name=row["name"], why=row["hidden"]))
    if body.get("guess"):
        yield Known("guess", texts["guess"])
    for line in body.get("audit", ()):
        if line["id"] not in SAID_HERE:
            yield Known(str(line["id"]), str(line["words"]))
    if n is not None:
        yield Known("left", texts["left"])


def _exactness(n: int, texts: Mapping[str, Any]) -> Known:
    if n < NUMBERS_FROM:
        return Known("exact", texts["exact_words"])
    dimension, position = ("0.1", "0.05") if n >= FINER_FROM else ("0.25", "0.1")
    return Known("exact", texts["exact_rounded"].format(dimension=dimension, position=position))


def _moments(ledger: Sequence[Mapping[str, Any]], texts: Mapping[str, Any]) -> Known:
    times = sum(entry["what"] == "whole" for entry in ledger)
    if times > 1:
        return Known("moments", texts["renewed"].format(times=times))
    return Known("moments", texts["once"])
