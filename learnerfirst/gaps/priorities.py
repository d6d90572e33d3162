"""What a group should develop first, how sure that is, and where other methods would say otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from learnerfirst.errors import Fault
from learnerfirst.gaps.competency_gaps import collected_gaps, crosshair_at
from learnerfirst.gaps.counting import ASSESSMENTS, EQUAL, group_columns
from learnerfirst.gaps.frames import Frame, invalid, open_frames, rows_like
from learnerfirst.gaps.hiding import smallest_group
from learnerfirst.gaps.intervals import Interval, apart, weighted_interval
from learnerfirst.gaps.profile_frame import PROFILE, checked_profile, small_rows

Row = dict[str, Any]
# Each method's column, and the sign that makes the more urgent the greater.
METHODS = {"mwds": 1, "rds": -1, "share_below": 1, "mean_gap": 1}
_AFTER = (
    "n",
    "median_level",
    "share_below",
    "mean_gap",
    "rds",
    "quadrant",
    "split_alarm",
    "crosshair",
    "hidden",
)


def development_priorities(
    assessments: Any,
    profile: Any,
    by: Sequence[str] = ("role",),
    min_group: int = 5,
    crosshair: str = "data mean",
    scale: tuple[float, float] = (0, 5),
    importance_scale: tuple[float, float] = (1, 5),
    confidence: float = 0.9,
    seed: int = 0,
) -> Any:
    """The competencies of each group, by mean weighted discrepancy score (Borich 1980), the most urgent first.

    Takes what ``competency_gaps`` takes, and ``confidence`` (between 0 and 1) and ``seed`` of the intervals. A
    ``goal`` column of the profile (the business goal that a competency serves) is carried into the result.

    Gives a frame of the same kind: the columns of ``by``, ``rank`` (1 is first, equal scores share a rank),
    ``competency``, ``goal`` (where the profile has one; goals of several roles joined by "; "), ``mwds`` with
    its interval ``low``-``high``, ``tied_with_first`` (true: can't be told apart from rank 1 of its group),
    then the columns of ``competency_gaps``. Hidden rows come last, without rank. The counting runs in the engine,
    at once, also of lazy frames; what is left is small.

    Intervals: under 30 people a bootstrap of the counts with percentiles expanded for small samples (Hesterberg
    2015), else a t-interval; told apart where the interval of the difference lies above zero (Zou & Donner 2008).
    A group that agrees entirely has an interval of no width.

    Raises InvalidInput as ``competency_gaps``.

    >>> import pandas as pd
    >>> levels = pd.DataFrame({"person_id": list(range(6)) * 2, "role": "coach",
    ...                        "competency": ["listening"] * 6 + ["asking"] * 6,
    ...                        "level": [1, 1, 2, 2, 1, 1, 4, 3, 4, 4, 3, 4]})
    >>> profile = pd.DataFrame({"role": "coach", "competency": ["listening", "asking"], "required": 4,
    ...                         "importance": [5, 2]})
    >>> found = development_priorities(levels, profile)
    >>> found[["rank", "competency", "tied_with_first"]].values.tolist()
    [[1, 'listening', True], [2, 'asking', False]]
    """
    if not 0 < confidence < 1:
        raise invalid([Fault("confidence", repr(confidence), "a number between 0 and 1")])
    columns, smallest = group_columns(by), smallest_group(min_group)
    middle = crosshair_at(crosshair, scale, importance_scale)
    rated, required = _opened(assessments, profile, columns)
    people, gaps = collected_gaps(rated, required, columns, smallest, middle)
    group = [*columns, "competency"]
    rows = _ranked(small_rows(gaps), columns, "mwds", 1, "rank")
    _add_intervals(rows, _spreads(people, group), columns, confidence, seed)
    rows.sort(key=lambda row: (row["place"], row["rank"] is None, row["rank"] or 0))
    goal = _add_goals(rows, required, people, group)
    first = [*columns, "rank", "competency", *goal, "mwds", "low", "high", "tied_with_first", *_AFTER]
    kinds = dict(gaps.collect_schema()) | {
        "rank": nw.Int64(),
        "goal": nw.String(),
        "low": nw.Float64(),
        "high": nw.Float64(),
        "tied_with_first": nw.Boolean(),
    }
    return _given_back(rows, first, kinds, rated)


def compare_priorities(
    assessments: Any, profile: Any, by: Sequence[str] = ("role",), min_group: int = 5
) -> Any:
    """Where the methods rank differently: the rank of each competency within its group by each of four.

    Takes what ``competency_gaps`` takes. Gives a frame of the same kind: the columns of ``by``, ``competency``,
    ``rank_mwds``, ``rank_rds``, ``rank_share_below``, ``rank_mean_gap`` (1 is the most urgent, equal values
    share a rank), ``apart_by`` (the largest difference of two of them) and ``hidden``; within a group the
    greatest difference first. MWDS weighs by importance and by how far below people are, the ranked
    discrepancy score counts who is below or above, the share below who is below, the mean gap how far.

    Raises InvalidInput as ``competency_gaps``.

    >>> import pandas as pd
    >>> levels = pd.DataFrame({"person_id": list(range(5)) * 2, "role": "coach",
    ...                        "competency": ["listening"] * 5 + ["asking"] * 5,
    ...                        "level": [3, 3, 3, 3, 3, 0, 0, 4, 4, 4]})
    >>> profile = pd.DataFrame({"role": "coach", "competency": ["listening", "asking"], "required": 4,
    ...                         "importance": 3})
    >>> compare_priorities(levels, profile)[["competency", "rank_mwds", "rank_rds", "apart_by"]].values.tolist()
    [['asking', 1, 2, 1], ['listening', 2, 1, 1]]
    """
    columns, smallest = group_columns(by), smallest_group(min_group)
    rated, required = _opened(assessments, profile, columns)
    _, gaps = collected_gaps(rated, required, columns, smallest, None)
    rows = small_rows(gaps)
    names = {method: f"rank_{method}" for method in METHODS}
    for method, sign in METHODS.items():
        _ranked(rows, columns, method, sign, names[method])
    for row in rows:
        ranks = [row[name] for name in names.values() if row[name] is not None]
        row["apart_by"] = max(ranks) - min(ranks) if ranks else None
    rows.sort(key=lambda row: (row["place"], row["apart_by"] is None, -(row["apart_by"] or 0)))
    kinds = dict(gaps.collect_schema()) | dict.fromkeys([*names.values(), "apart_by"], nw.Int64())
    return _given_back(rows, [*columns, "competency", *names.values(), "apart_by", "hidden"], kinds, rated)


def _opened(assessments: Any, profile: Any, columns: list[str]) -> list[Frame]:
    rated, required = open_frames(
        {
            "assessments": (assessments, [*dict.fromkeys([*ASSESSMENTS, *columns])]),
            "profile": (profile, PROFILE),
        }
    )
    return [rated, checked_profile(required, goal=True)]


def _given_back(rows: list[Row], columns: list[str], kinds: Mapping[str, Any], model: Frame) -> Any:
    values = {name: [row[name] for row in rows] for name in columns}
    return rows_like(values, {name: kinds[name] for name in columns}, model)


def _ranked(rows: list[Row], by: list[str], column: str, sign: int, name: str) -> list[Row]:
    """The rows (sorted by group), each with its rank in its group, and its group's ``place``."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in by), []).append(row)
    for place, members in enumerate(groups.values()):
        shown = sorted((row for row in members if row["hidden"] is None), key=lambda row: -sign * row[column])
        for row in members:
            row["place"], row[name] = place, None
        for at, row in enumerate(shown):
            before = shown[at - 1] if at else None
            same = before is not None and abs(before[column] - row[column]) < EQUAL
            row[name] = before[name] if before is not None and same else at + 1
    return rows


def _spreads(people: Frame, group: list[str]) -> dict[tuple[Any, ...], list[Row]]:
    """By group and competency: who many people have which gap and importance, in one order on every engine."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in small_rows(people.select(*group, "n", "gap", "importance").sort("gap", "importance")):
        if row["n"]:
            found.setdefault(tuple(row[key] for key in group), []).append(row)
    return found


def _add_intervals(
    rows: list[Row], spreads: Mapping[tuple[Any, ...], list[Row]], by: list[str], confidence: float, seed: int
) -> None:
    firsts: dict[int, Row] = {}
    for at, row in enumerate(rows):
        row["low"] = row["high"] = row["tied_with_first"] = None
        if row["hidden"] is None:
            spread = spreads[tuple(row[key] for key in [*by, "competency"])]
            people, gaps, importances = (
                [part[name] for part in spread] for name in ("n", "gap", "importance")
            )
            row["low"], row["high"] = weighted_interval(people, gaps, importances, confidence, [seed, at])
            if row["rank"] == 1:
                firsts.setdefault(row["place"], row)
    for row in rows:
        if row["hidden"] is None:
            first = firsts[row["place"]]
            ends = Interval(first["low"], first["high"]), Interval(row["low"], row["high"])
            row["tied_with_first"] = row["rank"] == 1 or not apart(
                first["mwds"], ends[0], row["mwds"], ends[1]
            )


def _add_goals(rows: list[Row], profile: Frame, people: Frame, group: list[str]) -> list[str]:
    """Add each row's business goals, those of several roles joined; the column's name where there is one."""
    if "goal" not in profile.collect_schema().names():
        return []
    goals = {(row["role"], row["competency"]): row["goal"] for row in small_rows(profile)}
    met: dict[tuple[Any, ...], dict[str, None]] = {}
    keys = [*dict.fromkeys([*group, "role"])]
    for row in small_rows(people.select(*keys).unique().sort(*keys)):
        if goal := goals.get((row["role"], row["competency"])):
            met.setdefault(tuple(row[key] for key in group), {})[str(goal)] = None
    for row in rows:
        row["goal"] = "; ".join(met.get(tuple(row[key] for key in group), {})) or None
    return ["goal"]
