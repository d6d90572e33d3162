"""People sorted into atoms: the finest groups that anything published, now or before, can tell apart.

With one release an atom is a non-empty combination of all attributes. With earlier ones it is a history: where each
person stood at every release, "absent" included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from learnerfirst.privacy.wording import THRESHOLD

if TYPE_CHECKING:
    from numpy.typing import NDArray

ABSENT = -1


@dataclass(frozen=True)
class Moment:
    """One release: where everybody stood, what they had answered, and which cells there were.

    ``places``: person → place in ``atoms``, each the attributes of a non-empty combination. ``answers``: person →
    digest. ``cells``: the attributes that make each cell; ``{}`` is everybody. ``told``: what each cell said, measure
    → lowest and highest sum it may have had. ``tops``: measure → one person's greatest value.
    """

    places: Mapping[str, int]
    answers: Mapping[str, str]
    atoms: tuple[Mapping[str, str | None], ...]
    cells: tuple[Mapping[str, str], ...]
    told: tuple[Mapping[str, tuple[int, int]], ...] = ()
    tops: Mapping[str, int] = ()  # type: ignore[assignment]

    def members(self, cell: Mapping[str, str]) -> frozenset[int]:
        """Return the places of the atoms that make up ``cell``."""
        return frozenset(
            place
            for place, atom in enumerate(self.atoms)
            if all(atom.get(name) == value for name, value in cell.items())
        )


@dataclass(frozen=True)
class Picture:
    """Atoms with their ``sizes``, and cells as rows of 0 and 1 over them: shown ``before``, and ``wanted`` now.

    ``places``: an atom a line, a moment a column: where its people stood then, or ABSENT.
    """

    sizes: NDArray[Any]
    before: NDArray[Any]
    wanted: NDArray[Any]
    places: NDArray[Any]


def by_person(moments: Sequence[Moment]) -> Picture:
    """Return the picture in which a person is the same one at every moment, whatever they answered.

    >>> first = Moment({"p": 0, "q": 0, "r": 1}, {}, ({"site": "A"}, {"site": "B"}), ({}, {"site": "A"}))
    >>> second = Moment({"p": 0, "q": 0, "s": 0}, {}, ({"site": "A"},), ({},))
    >>> picture = by_person([first, second])
    >>> picture.sizes.tolist(), picture.before.tolist(), picture.wanted.tolist()  # s joined; p, q stayed; r left
    ([1, 2, 1], [[0, 1, 1], [0, 1, 0]], [[1, 1, 0]])
    """
    return _picture(moments, _histories(moments))


def by_answer(moments: Sequence[Moment]) -> Picture:
    """Return the picture in which whoever changed an answer left, and somebody new came."""
    units = {(name, moment.answers[name]) for moment in moments for name in moment.places}
    return _picture(moments, [_with_answer(moments, *unit) for unit in units])


def by_change(moments: Sequence[Moment]) -> Picture:
    """Return the picture in which an answer is the first one that the person gave, and the change since.

    So the changes by one to four people are a small group, like the people themselves.

    >>> here = {"p": 0, "q": 0}, ({"site": "A"},), ({},)
    >>> first, second = (Moment(here[0], {"p": "1", "q": answer}, *here[1:]) for answer in "12")
    >>> picture = by_change([first, second])
    >>> picture.sizes.tolist(), picture.before.tolist(), picture.wanted.tolist()  # q's change, p's and q's first answers
    ([1, 2], [[0, 1]], [[1, 1]])
    """
    first: dict[str, str] = {}
    for moment in moments:
        first = dict(moment.answers) | first
    changed = {
        (name, moment.answers[name])
        for moment in moments
        for name in moment.places
        if moment.answers[name] != first[name]
    }
    changes = [_with_answer(moments, *unit) for unit in changed]
    return _picture(moments, [*_histories(moments), *changes])


def answers_changed(moments: Sequence[Moment]) -> bool:
    """Return True where somebody answered differently at two moments."""
    first: dict[str, str] = {}
    return any(
        first.setdefault(name, answer) != answer
        for moment in moments
        for name, answer in moment.answers.items()
    )


def small_cells(moments: Sequence[Moment], picture: Picture) -> NDArray[Any]:
    """Return, as rows of 0 and 1, every atom of any size and every cell of any moment that has one to four people.

    All combinations of attributes are looked at, wanted or not.
    """
    import numpy as np

    found = {frozenset([atom]) for atom in range(len(picture.sizes))}
    for moment, places in zip(moments, picture.places.T.tolist(), strict=True):
        names = sorted({name for atom in moment.atoms for name in atom})
        for chosen in (some for size in range(len(names) + 1) for some in combinations(names, size)):
            groups: dict[Hashable, set[int]] = {}
            for atom, place in enumerate(places):
                if place != ABSENT:
                    key = tuple(moment.atoms[place].get(name) for name in chosen)
                    groups.setdefault(key, set()).add(atom)
            few = [group for group in groups.values() if picture.sizes[list(group)].sum() < THRESHOLD]
            found |= {frozenset(group) for group in few}
    rows = np.zeros((len(found), len(picture.sizes)), dtype=np.int64)
    for row, group in zip(rows, sorted(found, key=sorted), strict=True):
        row[list(group)] = 1
    return rows


def _histories(moments: Sequence[Moment]) -> list[tuple[int, ...]]:
    everybody = {name for moment in moments for name in moment.places}
    return [tuple(moment.places.get(name, ABSENT) for moment in moments) for name in everybody]


def _with_answer(moments: Sequence[Moment], name: str, answer: str) -> tuple[int, ...]:
    return tuple(
        moment.places.get(name, ABSENT) if moment.answers.get(name) == answer else ABSENT
        for moment in moments
    )


def _picture(moments: Sequence[Moment], histories: Sequence[tuple[int, ...]]) -> Picture:
    import numpy as np

    counted = sorted(Counter(histories).items())
    table = np.array([history for history, _n in counted], dtype=np.int64).reshape(len(counted), len(moments))
    rows = [
        [np.isin(column, list(moment.members(cell))) for cell in moment.cells]
        for moment, column in zip(moments, table.T, strict=True)
    ]
    *before, wanted = (np.array(part, dtype=np.int64).reshape(len(part), len(counted)) for part in rows)
    sizes = np.array([n for _history, n in counted], dtype=np.int64)
    return Picture(sizes, np.concatenate([wanted[:0], *before]), wanted, table)
