"""What can be worked out from published sums, told by random vectors of their null space.

Each published cell is a row of 0 and 1 over the atoms (the finest groups of people). A group ``x`` can be worked out
by adding and subtracting cells exactly where ``x`` lies in the row space, and then every vector ``z`` that is
orthogonal to all rows is orthogonal to ``x`` too. The other way round, a random ``z`` modulo the prime p = 2**31 - 1
is orthogonal to an ``x`` outside the row space with probability 1/p only, two of them with 1/p**2 < 2.2e-19. So an
error can only withhold a cell without need, never publish one: what follows from the rows is always found.
(Modulo p, that is: a chain of sums whose common denominator is a multiple of p would be missed; the denominators
are minors of the 0/1 rows, and nobody divides tables by two thousand million.)

Source: the random null vectors are Freivalds' check (R. Freivalds, Probabilistic machines can use less running
time, IFIP 1977) applied to the linear audit of F. Y. Chin and G. Ozsoyoglu (Auditing and inference control in
statistical databases, IEEE Transactions on Software Engineering 8, 1982).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

PRIME = 2**31 - 1


@dataclass(frozen=True)
class NullSpace:
    """Random vectors (one a line, modulo p) that are orthogonal to every row published so far.

    >>> import numpy as np
    >>> everybody, women = np.array([1, 1, 1]), np.array([1, 1, 0])
    >>> known = null_space(3, rows=2, seed=1).published(everybody).published(women)
    >>> [known.derivable(np.array(x)) for x in ([0, 0, 1], [2, 2, 5], [1, 0, 0])]
    [True, True, False]
    """

    vectors: NDArray[Any]

    def published(self, row: NDArray[Any]) -> NullSpace:
        """Return the null space once ``row`` (0 or 1 an atom) is published too.

        Z becomes Z - (d / d_w) (x) w, where d = Z·row and w is a line with d_w != 0; w is spent.
        """
        import numpy as np

        product = self.vectors @ row % PRIME
        places = np.flatnonzero(product)
        if not len(places):
            return self
        pivot = places[0]
        factors = product * pow(int(product[pivot]), -1, PRIME) % PRIME
        left = self.vectors - factors[:, None] * self.vectors[pivot] % PRIME
        left += PRIME * (left < 0)
        return NullSpace(np.delete(left, pivot, axis=0))

    def derivable(self, group: NDArray[Any]) -> bool:
        """Return True where ``group`` is a linear combination of what is published."""
        return not (self.vectors[:2] @ group % PRIME).any()


def null_space(atoms: int, rows: int, seed: int) -> NullSpace:
    """Return random vectors over ``atoms``, enough to publish ``rows`` rows and still hold two."""
    import numpy as np

    count = min(rows, atoms) + 2
    return NullSpace(np.random.default_rng(seed).integers(0, PRIME, size=(count, atoms), dtype=np.int64))
