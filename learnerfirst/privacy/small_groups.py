"""Groups of one to four people that could be worked out: single atoms, and atoms added or subtracted.

Whoever holds one to four people is made of one to four atoms, for no atom is empty. So all signed combinations
(+1 / -1) of small atoms with at most four people together are looked at: singles and pairs one by one, triples by
looking a pair up among the atoms, quadruples by finding two pairs with equal keys. Attribute cells of one to four
people are such combinations (all +1), and so are "department A outside location X" (+1) and the change between two
moments (+1 for who came, -1 for who left).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learnerfirst.errors import NotAllowed
from learnerfirst.privacy.null_space import PRIME, NullSpace
from learnerfirst.privacy.wording import THRESHOLD

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_PAIRS = 4_000_000  # of single-person atoms, about 2,800 of them: the check takes seconds and a GiB there
_FEW = THRESHOLD - 1


@dataclass(frozen=True)
class SmallGroups:
    """The small atoms, and the pairs of them with at most four people, as places in the list of atoms.

    ``pairs``: every such pair; ``twos``: pairs of two single people; ``light``: atoms of one or two people.
    """

    small: NDArray[Any]
    pairs: NDArray[Any]
    twos: NDArray[Any]
    light: NDArray[Any]

    def any_derivable(self, known: NullSpace) -> bool:
        """Return True where a signed combination of at most four people follows from what is published.

        >>> import numpy as np
        >>> from learnerfirst.privacy.null_space import null_space
        >>> sizes = np.array([6, 3, 2, 7])
        >>> known = null_space(4, rows=3, seed=1).published(np.array([1, 1, 1, 0]))
        >>> small_groups(sizes).any_derivable(known)
        False
        >>> small_groups(sizes).any_derivable(known.published(np.array([1, 0, 1, 0])))
        True
        """
        first, second = known.vectors[0], known.vectors[1]
        if ((first[self.small] == 0) & (second[self.small] == 0)).any():
            return True
        return (
            _pair(self.pairs, first, second)
            or _triple(self.twos, self.light, first, second)
            or _quadruple(self.twos, first, second)
        )


def small_groups(sizes: NDArray[Any]) -> SmallGroups:
    """Return the small groups of atoms with ``sizes`` people; NotAllowed where there are too many to check."""
    import numpy as np

    small = np.flatnonzero(sizes < THRESHOLD)
    ones = np.flatnonzero(sizes == 1)
    if len(ones) ** 2 / 2 > MOST_PAIRS:
        raise NotAllowed(
            f"{len(ones)} people are alone with their combination of attributes: too many to check what "
            "could be worked out. Use fewer or coarser attributes."
        )
    by_size = {n: np.flatnonzero(sizes == n) for n in range(1, THRESHOLD)}
    twos = _upper(ones)
    pairs = [twos, _upper(by_size[2]), _across(ones, by_size[2]), _across(ones, by_size[3])]
    return SmallGroups(small, np.concatenate(pairs, axis=1), twos, np.flatnonzero(sizes <= 2))


def _upper(atoms: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    return np.stack([atoms[places] for places in np.triu_indices(len(atoms), 1)])


def _across(some: NDArray[Any], others: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    return np.stack([np.repeat(some, len(others)), np.tile(others, len(some))])


def _pair(pairs: NDArray[Any], first: NDArray[Any], second: NDArray[Any]) -> bool:
    one, other = pairs
    equal = (first[one] == first[other]) & (second[one] == second[other])
    if equal.any():
        return True
    opposite = (first[one] + first[other]) % PRIME + (second[one] + second[other]) % PRIME
    return bool((opposite == 0).any())


def _keys(twos: NDArray[Any], first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
    """One number for each sum and each difference of two single people, the same for its opposite."""
    import numpy as np

    one, other = twos
    keys = []
    for sign in (1, -1):
        a = (first[one] + sign * first[other]) % PRIME
        b = (second[one] + sign * second[other]) % PRIME
        keys.append(_unsigned(a, b))
    return np.concatenate(keys)


def _unsigned(a: NDArray[Any], b: NDArray[Any]) -> NDArray[Any]:
    """Both residues as one 62-bit number, the smaller one of the value's and its opposite's."""
    import numpy as np

    keys: NDArray[Any] = np.minimum(a << 31 | b, -a % PRIME << 31 | -b % PRIME)
    return keys


def _triple(twos: NDArray[Any], light: NDArray[Any], first: NDArray[Any], second: NDArray[Any]) -> bool:
    """Two single people and an atom of one or two: the pair's key is the atom's."""
    import numpy as np

    if not twos.shape[1]:
        return False
    singles = _unsigned(first[light], second[light])
    order = np.argsort(singles)
    keys = _keys(twos, first, second)
    places = order[np.minimum(np.searchsorted(singles, keys, sorter=order), len(light) - 1)]
    hits = np.flatnonzero(singles[places] == keys)
    third, pair = light[places[hits]], twos[:, hits % twos.shape[1]]
    return bool(((third != pair[0]) & (third != pair[1])).any())  # else 2a + b, nobody's group


def _quadruple(twos: NDArray[Any], first: NDArray[Any], second: NDArray[Any]) -> bool:
    """Four single people: two pairs without a person in common have equal keys."""
    import numpy as np

    keys = _keys(twos, first, second)
    order = np.argsort(keys)
    ordered = keys[order]
    for start in np.flatnonzero(ordered[1:] == ordered[:-1]):
        stop = int(np.searchsorted(ordered, ordered[start], side="right"))
        here = twos[:, order[start] % twos.shape[1]]
        for place in order[start + 1 : stop]:
            if not np.isin(twos[:, place % twos.shape[1]], here).any():
                return True
    return False
