"""Latent class analysis: which few groups would give rise to these answers? Own EM, in numpy.

Items are categorical and may have gaps: a gap adds nothing to a learner's likelihood. Within a class answers are
independent of each other (Lazarsfeld & Henry 1968; Goodman 1974); the number of classes is chosen by Schwarz's
BIC = parameters x ln(learners) - 2 x log-likelihood, the smallest wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int16]

STARTS = 12
TRIAL_ROUNDS = 15
TRIAL_ROWS = 2_000
MOST_ROUNDS = 1_000
FLOOR = 1e-9
CHUNK = 50_000
BLOCK = 200_000


@dataclass(frozen=True, slots=True)
class Classes:
    """Fitted classes: ``shares`` (classes, sum 1) and ``answers`` (classes x levels of all items, one after another).

    ``sizes`` is the number of levels of each item; ``rows`` how many learners the fit saw.
    """

    shares: Floats
    answers: Floats
    sizes: tuple[int, ...]
    log_likelihood: float
    rows: int

    @property
    def count(self) -> int:
        """How many classes."""
        return len(self.shares)

    @property
    def parameters(self) -> int:
        """How many numbers were free: class shares, and each item's levels but one in each class."""
        return self.count - 1 + self.count * sum(size - 1 for size in self.sizes)

    @property
    def bic(self) -> float:
        """Schwarz's criterion; of two fits to the same learners the smaller is the better one."""
        return float(self.parameters * np.log(max(self.rows, 1)) - 2 * self.log_likelihood)


def fit_classes(items: Codes, sizes: Sequence[int], count: int, seed: int = 0) -> Classes:
    """The most likely ``count`` classes.

    Parameters
    ----------
    items : learners x items, whole numbers from 0 to size - 1; -1 is a gap.
    sizes : levels of each item.
    count : how many classes, at least 1.
    seed : of the starting points. Several are tried on up to 2,000 learners, the best two are run to the end.

    >>> items = np.array([[0, 0], [0, 0], [1, 1], [1, 1]], dtype=np.int16)
    >>> round(fit_classes(items, (2, 2), 1).log_likelihood, 3), round(fit_classes(items, (2, 2), 2).log_likelihood, 3)
    (-5.545, -2.773)
    """
    patterns, counts = _patterns(items)
    table = one_hot(patterns, sizes)
    weights = counts.astype(np.float64)
    if count == 1:
        return _run(
            table, weights, tuple(sizes), _begin(table, weights, sizes, 1, np.random.default_rng(seed)), 2
        )
    rng = np.random.default_rng(seed)
    trial = np.sort(rng.permutation(len(table))[:TRIAL_ROWS])
    tried = [
        _run(
            table[trial],
            weights[trial],
            tuple(sizes),
            _begin(table[trial], weights[trial], sizes, count, rng),
            TRIAL_ROUNDS,
        )
        for _ in range(STARTS)
    ]
    best = sorted(tried, key=lambda fit: -fit.log_likelihood)[: 2 if len(table) <= TRIAL_ROWS else 1]
    ends = [_run(table, weights, tuple(sizes), (fit.shares, fit.answers), MOST_ROUNDS) for fit in best]
    return max(ends, key=lambda fit: fit.log_likelihood)


def choose_classes(
    items: Codes, sizes: Sequence[int], most: int, seed: int = 0
) -> tuple[Classes, tuple[Classes, ...]]:
    """The fit with the smallest BIC among 1 to ``most`` classes, and all that were tried; two worse in a row end it."""
    tried: list[Classes] = []
    for count in range(1, most + 1):
        tried.append(fit_classes(items, sizes, count, seed))
        best = min(range(len(tried)), key=lambda at: tried[at].bic)
        if len(tried) - 1 - best >= 2:
            break
    return tried[best], tuple(tried)


def memberships(items: Codes, classes: Classes) -> Floats:
    """How likely each learner belongs to each class: learners x classes, rows sum to 1.

    Each class's answers are first mixed with one learner's worth of everybody's, so that an answer that the fit
    never saw in a class makes it unlikely there and not impossible.
    """
    seen = (classes.shares * classes.rows)[:, None]
    overall = classes.shares @ classes.answers
    softened = (classes.answers * seen + overall + FLOOR) / (seen + 1)
    logs = np.log(softened)
    found = np.empty((len(items), classes.count))
    for start in range(0, len(items), CHUNK):
        rows = items[start : start + CHUNK]
        joint = _times(one_hot(rows, classes.sizes), logs.T) + np.log(classes.shares + FLOOR)
        found[start : start + CHUNK] = _normalised(joint)[0]
    return found


def one_hot(items: Codes, sizes: Sequence[int]) -> Floats:
    """Learners x levels of all items, 1 where chosen; a gap leaves its item's columns at 0."""
    starts = np.concatenate([[0], np.cumsum(sizes)])
    table = np.zeros((len(items), int(starts[-1])))
    rows, columns = np.nonzero(items >= 0)
    table[rows, starts[columns] + items[rows, columns]] = 1
    return table


def entropy_sureness(found: Floats) -> float:
    """How clearly learners fall into classes, 0 (by chance) to 1 (no doubt): 1 - mean entropy / ln(classes)."""
    classes = found.shape[1]
    if classes < 2 or not len(found):
        return 1.0
    entropy = -(found * np.log(np.maximum(found, FLOOR))).sum(axis=1).mean()
    return float(min(1.0, max(0.0, 1 - entropy / np.log(classes))))


def _patterns(items: Codes) -> tuple[Codes, NDArray[np.int64]]:
    """Equal rows are counted once: a short questionnaire has few patterns, and EM's time goes with them."""
    ordered, counts = np.unique(items, axis=0, return_counts=True)
    return ordered, counts


def _begin(
    table: Floats, weights: Floats, sizes: Sequence[int], count: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """A starting point: everybody's answers, pulled in each class towards a few learners drawn by chance."""
    overall = _by_item((weights @ table)[None, :] + 0.5, sizes)
    if count == 1:
        return np.ones(1), overall
    drawn = [rng.choice(len(table), size=min(3, len(table)), p=weights / weights.sum()) for _ in range(count)]
    pulled = np.stack([table[rows[:1]].mean(axis=0) * 2 + table[rows].mean(axis=0) for rows in drawn])
    return np.full(count, 1 / count), _by_item(overall + pulled, sizes)


def _run(
    table: Floats, weights: Floats, sizes: tuple[int, ...], start: tuple[Floats, Floats], rounds: int
) -> Classes:
    """EM from ``start`` until Aitken's estimate of what is still to be gained is next to nothing."""
    shares, answers = start
    before, gain_before = -np.inf, np.inf
    total = weights.sum()
    for _ in range(rounds):
        found, per_row = _normalised(_times(table, np.log(answers).T) + np.log(shares))
        reached = float(weights @ per_row)
        weighted = found * weights[:, None]
        shares = np.maximum(weighted.sum(axis=0) / total, FLOOR)
        answers = _by_item(_sums(weighted, table), sizes)
        gain = reached - before
        rate = (
            min(max(gain / gain_before, 0.0), 0.9999) if np.isfinite(gain_before) and gain_before > 0 else 0.5
        )
        if gain * rate / (1 - rate) < max(1e-5, 1e-7 * abs(reached)) and np.isfinite(gain_before):
            break
        before, gain_before = reached, gain
    return Classes(shares / shares.sum(), answers, sizes, reached, int(total))


def _times(table: Floats, right: Floats) -> Floats:
    """``table @ right`` in blocks too small for BLAS to share among threads.

    On a machine with other work its threads wait for each other: a fit of 14 seconds was seen to take 180.
    """
    rows, whole = _blocks(table, right.shape[1])
    right = np.ascontiguousarray(right)
    head = np.matmul(table[:whole].reshape(whole // rows, rows, table.shape[1]), right)
    return np.concatenate([head.reshape(whole, right.shape[1]), table[whole:] @ right])


def _sums(left: Floats, table: Floats) -> Floats:
    """``left.T @ table``, in the same blocks."""
    rows, whole = _blocks(table, left.shape[1])
    blocks = left[:whole].reshape(whole // rows, rows, left.shape[1]).transpose(0, 2, 1)
    head = np.matmul(blocks, table[:whole].reshape(whole // rows, rows, table.shape[1])).sum(axis=0)
    return np.asarray(head + left[whole:].T @ table[whole:])


def _blocks(table: Floats, columns: int) -> tuple[int, int]:
    """Rows of a block, and how many rows whole blocks hold."""
    rows = max(16, BLOCK // max(1, table.shape[1] * columns))
    return rows, len(table) // rows * rows


def _by_item(counts: Floats, sizes: Sequence[int]) -> Floats:
    """Counts turned into shares within each item; where a class has no answer to an item, all levels alike."""
    starts = np.concatenate([[0], np.cumsum(sizes)])[:-1]
    sums = np.add.reduceat(counts, starts, axis=1)
    spread = np.repeat(np.asarray(sizes, dtype=np.float64), sizes)
    wide = np.repeat(sums, sizes, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = np.where(wide > FLOOR, counts / wide, 1 / spread)
    return np.asarray(np.maximum(found, FLOOR))


def _normalised(joint: Floats) -> tuple[Floats, Floats]:
    """Rows of log joint probabilities as probabilities, and the log of each row's sum."""
    top = joint.max(axis=1, keepdims=True)
    powers = np.exp(joint - top)
    sums = powers.sum(axis=1, keepdims=True)
    return powers / sums, (top + np.log(sums)).ravel()
