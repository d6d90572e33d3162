"""Reliability of a set of items and agreement between people, for analysts with thirty respondents or more.

Items go in wide: one row a respondent, one column an item, any frame that Narwhals knows or a 2-D array. Rows with a
gap are dropped before anything is counted. numpy, scipy and narwhals load when a function is called, not before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learnerfirst.errors import Fault, InvalidInput

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

_AXIS_ROUNDS = 1000
_AXIS_STEP = 1e-10


@dataclass(frozen=True, slots=True)
class Reliability:
    """How consistently ``k`` items order ``n`` complete respondents.

    ``alpha`` (at most 1, negative where items contradict each other) with its ``interval`` of probability
    ``confidence``; ``standardised_alpha`` from the mean correlation; ``omega`` from one factor (None where one
    factor can't be fitted: fewer than three items, or an item whose shared variance reaches its whole variance).
    By item: ``alpha_if_deleted`` (None with two items), ``item_rest`` correlation (-1 to 1, None where the rest is
    constant), ``loadings`` (None where omega is). ``dropped``: rows with a gap.
    """

    n: int
    dropped: int
    k: int
    alpha: float
    interval: tuple[float, float]
    confidence: float
    standardised_alpha: float
    omega: float | None
    alpha_if_deleted: Mapping[str, float | None]
    item_rest: Mapping[str, float | None]
    loadings: Mapping[str, float] | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike ``n`` complete respondents answered: ``r_wg`` by item, 0 (as chance, or worse) to 1 (all alike)."""

    n: int
    dropped: int
    options: int
    r_wg: Mapping[str, float]


def reliability(items: Any, confidence: float = 0.95) -> Reliability:
    """Cronbach's alpha with Feldt's interval, and what belongs to it.

    Parameters
    ----------
    items : frame or 2-D array, respondents x items
        At least two items and three complete rows; numbers on any one scale; None and NaN are gaps. Negatively
        worded items must be turned round before.
    confidence : probability of the interval, between 0 and 1.

    Raises InvalidInput, naming every fault: too few items or rows, a column that is not numeric or not finite, a
    constant item (it orders nobody).

    Formulas: alpha = k / (k - 1) x (1 - sum of item variances / variance of the sum), Cronbach (1951); for
    right-or-wrong items it is KR-20. Interval: 1 - (1 - alpha) x F, with F at n - 1 and (n - 1)(k - 1) degrees of
    freedom, Feldt, Woodruff & Salih (1987). Standardised: k r / (1 + (k - 1) r), r the mean correlation. Item-rest:
    correlation of an item with the sum of the others. Omega (total): (sum of loadings)² / variance of the
    standardised sum that the one-factor model gives, McDonald (1999), loadings by iterated principal axis.

    >>> import numpy as np
    >>> found = reliability(np.array([[1, 1, 2], [2, 2, 2], [3, 2, 4], [4, 4, 3], [5, 5, 5.0]]))
    >>> found.n, found.k, round(found.alpha, 3)
    (5, 3, 0.941)
    """
    if not 0 < confidence < 1:
        raise _invalid([Fault("confidence", repr(confidence), "a number between 0 and 1")])
    import numpy as np

    names, rows, dropped = _matrix(items)
    _refuse_constant(names, rows)
    n, k = rows.shape
    _refuse_equal_sums(rows)
    correlations = np.asarray(np.corrcoef(rows, rowvar=False))
    alpha = _alpha(rows)
    mean_r = (correlations.sum() - k) / (k * (k - 1))
    loadings = _one_factor(correlations)
    rest = [(name, np.delete(rows, at, axis=1)) for at, name in enumerate(names)]
    return Reliability(
        n=n,
        dropped=dropped,
        k=k,
        alpha=alpha,
        interval=_feldt(alpha, n, k, confidence),
        confidence=confidence,
        standardised_alpha=float(k * mean_r / (1 + (k - 1) * mean_r)),
        omega=None if loadings is None else _omega(loadings),
        alpha_if_deleted={name: _alpha_without(others) for name, others in rest},
        item_rest={
            name: _correlation(rows[:, at], others.sum(axis=1)) for at, (name, others) in enumerate(rest)
        },
        loadings=None if loadings is None else dict(zip(names, map(float, loadings), strict=True)),
    )


def agreement(items: Any, options: int = 4) -> Agreement:
    """Within-group agreement of each item, r_wg.

    Parameters
    ----------
    items : frame or 2-D array, respondents x items
        At least one item and two complete rows; None and NaN are gaps. Values may start at 0 or 1, and must not
        lie further apart than ``options`` allow.
    options : how many answers an item offers, at least 2.

    Raises InvalidInput, naming every fault.

    Formula: 1 - s² / ((options² - 1) / 12), s² the variance (n - 1) of the answers, the divisor that of options
    chosen at random; a negative value counts as 0. James, Demaree & Wolf (1984).

    >>> import numpy as np
    >>> found = agreement(np.array([[0, 0], [0, 3], [1, 0], [1, 3]]))
    >>> {name: round(value, 3) for name, value in found.r_wg.items()}
    {'0': 0.733, '1': 0.0}
    """
    if isinstance(options, bool) or not isinstance(options, int) or options < 2:
        raise _invalid([Fault("options", repr(options), "a whole number, 2 or more")])
    names, rows, dropped = _matrix(items, least_items=1, least_rows=2)
    faults = [
        Fault(
            f"item {name}",
            f"values from {low:g} to {high:g}",
            f"{options} options lie at most {options - 1} apart",
        )
        for name, low, high in zip(names, rows.min(axis=0), rows.max(axis=0), strict=True)
        if high - low > options - 1
    ]
    if faults:
        raise _invalid(faults)
    by_chance = (options**2 - 1) / 12
    values = 1 - rows.var(axis=0, ddof=1) / by_chance
    r_wg = {name: max(0.0, float(value)) for name, value in zip(names, values, strict=True)}
    return Agreement(rows.shape[0], dropped, options, r_wg)


def _matrix(items: Any, least_items: int = 2, least_rows: int = 3) -> tuple[list[str], Matrix, int]:
    """Item names, complete rows as numbers, and how many rows were dropped."""
    import numpy as np

    names, columns = _columns(items)
    faults: list[Fault] = []
    numbers = []
    for name, column in zip(names, columns, strict=True):
        try:
            values = np.asarray([np.nan if value is None else value for value in column], dtype=np.float64)
        except (TypeError, ValueError):
            faults.append(Fault(f"item {name}", "values that are not numbers", "numbers, None or NaN"))
            continue
        if np.isinf(values).any():
            faults.append(Fault(f"item {name}", "an infinite value", "finite numbers, None or NaN"))
        numbers.append(values)
    if len(names) < least_items:
        faults.append(Fault("items", f"{len(names)} columns", f"{least_items} or more"))
    if faults:
        raise _invalid(faults)
    rows = np.column_stack(numbers)
    complete = rows[~np.isnan(rows).any(axis=1)]
    if len(complete) < least_rows:
        raise _invalid(
            [Fault("rows", f"{len(complete)} complete of {len(rows)}", f"{least_rows} complete rows or more")]
        )
    return names, complete, len(rows) - len(complete)


def _columns(items: Any) -> tuple[list[str], list[Any]]:
    import narwhals as nw
    import numpy as np

    if isinstance(items, np.ndarray | list | tuple):
        try:
            table = np.asarray(items, dtype=object)
        except ValueError:
            table = np.empty(0)
        if table.ndim != 2:
            raise _invalid([Fault("items", f"{table.ndim} dimensions", "a table: respondents x items")])
        return [str(at) for at in range(table.shape[1])], list(table.T)
    try:
        frame = nw.from_native(items)
    except TypeError as error:
        found = type(items).__name__
        raise _invalid([Fault("items", found, "a data frame or a 2-D array, respondents x items")]) from error
    collected = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    return list(collected.columns), [collected[name].to_list() for name in collected.columns]


def _refuse_constant(names: list[str], rows: Matrix) -> None:
    faults = [
        Fault(f"item {name}", f"{column[0]:g} in every complete row", "an item on which people differ")
        for name, column in zip(names, rows.T, strict=True)
        if column.min() == column.max()
    ]
    if faults:
        raise _invalid(faults)


def _refuse_equal_sums(rows: Matrix) -> None:
    if _same_sums(rows):
        raise _invalid([Fault("items", "every row has the same sum", "sums that differ between respondents")])


def _same_sums(rows: Matrix) -> bool:
    return float(rows.sum(axis=1).var()) < 1e-12


def _alpha_without(others: Matrix) -> float | None:
    """Alpha of the items that are left; None for one item, or where their sums are all the same."""
    return None if others.shape[1] < 2 or _same_sums(others) else _alpha(others)


def _alpha(rows: Matrix) -> float:
    k = rows.shape[1]
    return float(k / (k - 1) * (1 - rows.var(axis=0, ddof=1).sum() / rows.sum(axis=1).var(ddof=1)))


def _feldt(alpha: float, n: int, k: int, confidence: float) -> tuple[float, float]:
    from scipy.special import fdtri

    tail = (1 - confidence) / 2
    freedom = (n - 1, (n - 1) * (k - 1))
    low, high = (float(1 - (1 - alpha) * fdtri(*freedom, p)) for p in (1 - tail, tail))
    return low, high


def _correlation(one: Matrix, other: Matrix) -> float | None:
    import numpy as np

    return float(np.corrcoef(one, other)[0, 1]) if np.var(other) > 1e-12 else None


def _one_factor(correlations: Matrix) -> Matrix | None:
    """Loadings on one factor by iterated principal axis; None where there is no proper solution."""
    import numpy as np

    if len(correlations) < 3:
        return None
    reduced = correlations.copy()
    shared = np.abs(correlations - np.eye(len(correlations))).max(axis=0)
    for _ in range(_AXIS_ROUNDS):
        np.fill_diagonal(reduced, shared)
        roots, vectors = np.linalg.eigh(reduced)
        if roots[-1] <= 0:
            return None
        loadings = vectors[:, -1] * np.sqrt(roots[-1])
        moved = np.abs(loadings**2 - shared).max()
        shared = loadings**2
        if shared.max() >= 1:
            return None
        if moved < _AXIS_STEP:
            return np.asarray(loadings * (1 if loadings.sum() >= 0 else -1))
    return None


def _omega(loadings: Matrix) -> float:
    common = float(loadings.sum()) ** 2
    return common / (common + float((1 - loadings**2).sum()))


def _invalid(faults: list[Fault]) -> InvalidInput:
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return InvalidInput(f"{count} in what was given", faults)
