"""Learning groups beside random ones: cost as the deviation of each group from the whole, at a workshop's size and at a large firm's."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import pandas as pd

import learnerfirst as lf

CASES = ((300, 10, 0.25, None), (300, 6, 0.25, None), (10_000, 10, 0.30, 10.0), (10_000, 6, 0.30, 10.0))


@dataclass(frozen=True, slots=True)
class Formed:
    """One case: ``squared`` and ``plain`` are cost / random cost, ``least`` the plain share that whole people allow."""

    people: int
    size: int
    squared: float
    plain: float
    least: float
    seconds: float


def people(count: int, seed: int = 1) -> pd.DataFrame:
    """Six departments, two to seven parts large, a competency level from 0 to 5."""
    chance = np.random.default_rng(seed)
    shares = np.arange(7, 1, -1) / 27
    return pd.DataFrame(
        {
            "person_id": range(count),
            "department": chance.choice([f"department {n}" for n in range(6)], count, p=shares),
            "competency": chance.normal(3, 1, count).clip(0, 5).round(1),
        }
    )


def squared_cost(frame: pd.DataFrame, groups: np.ndarray) -> float:
    """Over all groups: squared deviation of the departments' shares, and of the mean level in standard deviations."""
    shares = pd.crosstab(groups, frame["department"], normalize="index")
    whole = frame["department"].value_counts(normalize=True)[shares.columns]
    level = frame["competency"].groupby(groups).mean() - frame["competency"].mean()
    return float(((shares - whole) ** 2).to_numpy().sum() + ((level / frame["competency"].std()) ** 2).sum())


def measured(count: int, size: int) -> Formed:
    """Forms the groups once, and random ones of the same sizes twenty times."""
    frame = people(count)
    start = time.perf_counter()
    formed = lf.form_groups(frame, size, ["department", "competency"])
    seconds = time.perf_counter() - start
    groups = formed.groups["group"].to_numpy()
    chance = np.random.default_rng(2)
    random = float(np.mean([squared_cost(frame, chance.permutation(groups)) for _ in range(20)]))
    least = sum(one.least for one in formed.balance) / formed.random_cost
    plain = formed.cost / formed.random_cost
    return Formed(count, size, squared_cost(frame, groups) / random, plain, least, seconds)


def run() -> None:
    """Prints a line a case."""
    print(f"\n{'learning groups':<26}{'of random, squared':>20}{'absolute':>10}{'least':>8}{'seconds':>9}")
    for count, size, target, within in CASES:
        one = measured(count, size)
        aims = f"at most {target}" + (f" in {within:g} s" if within else "")
        print(
            f"{count:>6} people in groups of {size:<3}{one.squared:>13.3f}{one.plain:>10.3f}{one.least:>8.3f}{one.seconds:>9.2f}  (target: {aims})"
        )
    print(
        "least: the absolute deviation that stays, since people cannot be split; where it is above the target, no grouping "
        "reaches the target in absolute terms, and the squared deviation is what can be held against it."
    )


if __name__ == "__main__":
    run()
