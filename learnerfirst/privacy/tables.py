"""Tables of groups by attributes: how many there are and what was measured, as far as nobody is given away.

Which cells are shown is chosen by their sizes (:mod:`~learnerfirst.privacy.choose`), what was measured is told as
bands (:mod:`~learnerfirst.privacy.bands`), and all that was shown before of the same people counts
(:mod:`~learnerfirst.privacy.history`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from learnerfirst.errors import NotAllowed
from learnerfirst.privacy.atoms import (
    Moment,
    Picture,
    answers_changed,
    by_answer,
    by_change,
    by_person,
    small_cells,
)
from learnerfirst.privacy.bands import Bands, band, withheld
from learnerfirst.privacy.choose import choose
from learnerfirst.privacy.history import moments, table_entry
from learnerfirst.privacy.wording import NUMBERS_FROM, THRESHOLD, count_word

if TYPE_CHECKING:
    from numpy.typing import NDArray

Limits = tuple[int, int]
_WEIGHTS = (4.0, 2.0, 1.0)


@dataclass(frozen=True)
class Measure:
    """A whole number from 0 to ``top`` for every person of a table; ``top`` 1 is yes or no, told as a share.

    Bands are checked for each measure on its own: of measures that follow from each other (yes and no) tell one.
    """

    values: Mapping[str, int]
    top: int = 1


@dataclass(frozen=True)
class Table:
    """Who is in a table, by which attributes they are grouped, and what was measured.

    ``people``: pseudonym → attributes; None is "rather not say", and stands in no group of that attribute.
    ``wanted``: by which attributes together → how much a cell of that kind is worth; ``()`` is everybody. By default
    everybody 4, one attribute 2, two attributes 1. ``period`` and ``wave`` are kept in the ledger. ``seed``: of the
    random vectors and of the search; the same seed gives the same choice.
    """

    people: Mapping[str, Mapping[str, str | None]]
    measures: Mapping[str, Measure] = field(default_factory=dict)
    wanted: Mapping[tuple[str, ...], float] | None = None
    period: str = ""
    wave: str = ""
    seed: int = 0

    @property
    def attributes(self) -> tuple[str, ...]:
        """The names of all attributes, in alphabetical order."""
        return tuple(sorted({name for each in self.people.values() for name in each}))

    @property
    def kinds(self) -> Mapping[tuple[str, ...], float]:
        """Which kinds of cells are wanted, and the worth of each.

        >>> Table({"p": {"site": "A", "role": "x"}}).kinds
        {(): 4.0, ('role',): 2.0, ('site',): 2.0, ('role', 'site'): 1.0}
        """
        if self.wanted is not None:
            return self.wanted
        return {
            names: worth
            for size, worth in enumerate(_WEIGHTS)
            for names in combinations(self.attributes, size)
        }

    def renamed(self, names: Mapping[str, str]) -> Table:
        """Return the same table with other pseudonyms."""
        return replace(
            self,
            people={names[name]: each for name, each in self.people.items()},
            measures={
                key: replace(one, values={names[name]: value for name, value in one.values.items()})
                for key, one in self.measures.items()
            },
        )

    def check(self, members: Mapping[str, str]) -> None:
        """Raise NotAllowed unless everybody, and nobody else, is in the table with every measure in its range."""
        if self.people.keys() != members.keys():
            raise NotAllowed("Every person must be in the table, and nobody else.")
        unknown = sorted({name for names in self.kinds for name in names} - set(self.attributes))
        if unknown:
            raise NotAllowed(
                f"{', '.join(unknown)}: no such attribute; there are {', '.join(self.attributes)}."
            )
        for name, measure in self.measures.items():
            if measure.values.keys() != members.keys():
                raise NotAllowed(
                    f"{name}: not everybody has a value. Release it as a table of those who have one."
                )
            if measure.top < 1 or any(
                value not in range(measure.top + 1) for value in measure.values.values()
            ):
                raise NotAllowed(f"{name}: values are whole numbers from 0 to {measure.top}.")


def tell_table(
    table: Table,
    answers: Mapping[str, str],
    ledger: Sequence[Mapping[str, Any]],
    texts: Mapping[str, Any],
    salt: str,
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Return what may be shown of ``table``, and the ledger's entry; None where no cell may be shown.

    ``answers``: sealed name → sealed stamp, for the same names as in the table. Hidden cells stay, empty, with
    ``hidden`` saying why and what helps; so does a measure that is withheld.
    """
    now = _now(table, answers)
    history = [*moments(ledger), now]
    pictures = [by_person(history)]
    if answers_changed(history):
        pictures = [by_person(history), by_change(history), by_answer(history)]
    sizes = (pictures[0].wanted @ pictures[0].sizes).tolist()
    worth = [table.kinds[tuple(cell)] for cell in now.cells]
    shown = choose(pictures, worth, seed=table.seed)
    told = _told(table, history, pictures[-1], shown, worth)
    cells = []
    for place, attributes in enumerate(now.cells):
        n = sizes[place]
        if place in told:
            measures = {
                name: _words(told[place].get(name), n, one.top, texts) for name, one in table.measures.items()
            }
            cells.append({"attributes": dict(attributes), "n": n, "measures": measures, "hidden": None})
        else:
            why = dict(texts["small_group" if n < THRESHOLD else "complement"])
            cells.append({"attributes": dict(attributes), "n": None, "measures": None, "hidden": why})
    entry = None
    if shown:
        entry = table_entry(
            now, shown, [told[place] for place in shown], salt, period=table.period, wave=table.wave
        )
    return {"hidden": None, "cells": cells}, entry


def _now(table: Table, answers: Mapping[str, str]) -> Moment:
    names = table.attributes
    standing = {person: tuple(each.get(name) for name in names) for person, each in table.people.items()}
    atoms = sorted(
        set(standing.values()), key=lambda atom: [(value is not None, value or "") for value in atom]
    )
    number = {atom: place for place, atom in enumerate(atoms)}
    return Moment(
        {person: number[atom] for person, atom in standing.items()},
        answers,
        tuple(dict(zip(names, atom, strict=True)) for atom in atoms),
        tuple(_cells(table)),
        tops={name: measure.top for name, measure in table.measures.items()},
    )


def _cells(table: Table) -> Iterator[dict[str, str]]:
    """Every combination of the values that occur: a combination that nobody has is listed like any small group."""
    values = {
        name: sorted({value for each in table.people.values() if (value := each.get(name)) is not None})
        for name in table.attributes
    }
    for names in table.kinds:
        for chosen in product(*(values[name] for name in names)):
            yield dict(zip(names, chosen, strict=True))


def _told(
    table: Table, history: Sequence[Moment], picture: Picture, shown: Sequence[int], worth: Sequence[float]
) -> dict[int, dict[str, Limits]]:
    """Return for each shown cell the band of every measure that is not withheld."""
    import numpy as np

    now = history[-1]
    told: dict[int, dict[str, Limits]] = {place: {} for place in shown}
    if not table.measures or not shown:
        return told
    groups = small_cells(history, picture)
    n = picture.wanted @ picture.sizes
    for name, measure in table.measures.items():
        sums = np.zeros(len(now.atoms), dtype=np.int64)
        np.add.at(sums, [now.places[each] for each in measure.values], list(measure.values.values()))
        mine = [
            band(int(sums[sorted(now.members(now.cells[place]))].sum()), int(n[place]), measure.top)
            for place in shown
        ]
        earlier = _earlier(history, name, measure.top)
        rows: NDArray[Any] = np.concatenate(
            [picture.before[[row for row, _limits in earlier]], picture.wanted[list(shown)]]
        )
        low, high = np.array([limits for _row, limits in earlier] + mine).T
        own = np.arange(len(rows)) >= len(earlier)
        weights = np.array([0.0] * len(earlier) + [worth[place] for place in shown])
        bands = Bands(rows, low, high, picture.sizes * measure.top, own, weights)
        out = {row - len(earlier) for row in withheld(bands, groups)}
        for row, (place, limits) in enumerate(zip(shown, mine, strict=True)):
            if row not in out:
                told[place][name] = limits
    return told


def _earlier(history: Sequence[Moment], name: str, top: int) -> list[tuple[int, Limits]]:
    """Return which earlier rows told this measure, and what."""
    rows = [
        said.get(name) if moment.tops.get(name) == top else None
        for moment in history[:-1]
        for said in moment.told
    ]
    return [(row, limits) for row, limits in enumerate(rows) if limits is not None]


def _words(limits: Limits | None, n: int, top: int, texts: Mapping[str, Any]) -> dict[str, Any]:
    """Return a band as it is told: from ``low`` to ``high`` (share of people, or mean), and in words."""
    if limits is None:
        return {"low": None, "high": None, "words": None, "hidden": dict(texts["pinned"])}
    low, high = (round(each / n, 4) for each in limits)
    if top > 1:
        words = texts["between"].format(low=f"{low:.1f}", high=f"{high:.1f}")
    elif n < NUMBERS_FROM:
        words = texts["counts"][count_word(limits[0], n)]
    else:
        bound = "at_most" if limits[0] == 0 else "at_least" if limits[1] == n else "between"
        ends = [round(100 * limit / n) for limit in limits]
        words = texts["percent"][bound].format(
            percent=ends[1] if bound == "at_most" else ends[0], low=ends[0], high=ends[1]
        )
    return {"low": low, "high": high, "words": words, "hidden": None}
