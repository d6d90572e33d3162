"""Groups by one attribute of which only the sizes are known, not the people; shown once, beside their total.

Tables by any attributes, checked against everything that was shown of the same people, are
:class:`~learnerfirst.privacy.tables.Table`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from learnerfirst.errors import NotAllowed
from learnerfirst.privacy.atoms import Picture
from learnerfirst.privacy.choose import choose
from learnerfirst.privacy.wording import NUMBERS_FROM, THRESHOLD, count_word, percent, told_mean


@dataclass(frozen=True, slots=True)
class Cell:
    """One group: the attributes that make it, ``n`` people, and what was measured in it.

    ``counts``: how many of the ``n`` (told as words or rounded percentages); ``means``: on the scale 0-3.
    """

    attributes: Mapping[str, str]
    n: int
    counts: Mapping[str, int] = field(default_factory=dict)
    means: Mapping[str, float] = field(default_factory=dict)


def tell_cells(cells: Iterable[Cell], texts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return every cell as it may be told; a hidden one stays, empty, with ``hidden`` saying why and what helps.

    Cells are chosen by their size, never by what was measured. Raises NotAllowed for groups by more than one
    attribute at once, or by different attributes: those need the check for combinations.
    """
    listed = list(cells)
    if (
        any(len(cell.attributes) != 1 for cell in listed)
        or len({tuple(cell.attributes) for cell in listed}) > 1
    ):
        raise NotAllowed("Groups can be shown by one attribute only: choose one, such as the site.")
    hidden = hidden_places([cell.n for cell in listed])
    return [_told(cell, hidden.get(place), texts) for place, cell in enumerate(listed)]


def hidden_places(sizes: list[int]) -> dict[int, str]:
    """Return which groups are hidden beside their total and why: too small, or "complement" to protect a small one.

    >>> hidden_places([9, 7, 3, 12]), hidden_places([9, 3, 2]), hidden_places([9, 6])
    ({1: 'complement', 2: 'small_group'}, {1: 'small_group', 2: 'small_group'}, {})
    """
    import numpy as np

    people = np.array([n for n in sizes if n > 0], dtype=np.int64)
    places = [place for place, n in enumerate(sizes) if n > 0]
    everybody, each = np.ones((1, len(people)), dtype=np.int64), np.eye(len(people), dtype=np.int64)
    shown = choose([Picture(people, everybody, each, everybody.T)], people.tolist())
    seen = {places[group] for group in shown}
    return {
        place: "small_group" if n < THRESHOLD else "complement"
        for place, n in enumerate(sizes)
        if place not in seen
    }


def _told(cell: Cell, why: str | None, texts: Mapping[str, Any]) -> dict[str, Any]:
    if why is not None:
        return {
            "attributes": dict(cell.attributes),
            "n": None,
            "counts": None,
            "means": None,
            "hidden": dict(texts[why]),
        }
    return {
        "attributes": dict(cell.attributes),
        "n": cell.n,
        "counts": {name: share_words(count, cell.n, texts) for name, count in cell.counts.items()},
        "means": {name: told_mean(mean, cell.n) for name, mean in cell.means.items()},
        "hidden": None,
    }


def share_words(count: int, n: int, texts: Mapping[str, Any]) -> str:
    """Return a share of five or more people as it may be told: in words, from ten people on as a percentage."""
    if n < NUMBERS_FROM:
        return str(texts["counts"][count_word(count, n)])
    value, bound = percent(count, n)
    return str(texts["percent"][bound]).format(percent=value)
