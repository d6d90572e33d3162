"""Who could help: the strongest by their own assessment, for whoever holds their frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
from narwhals import Implementation

from learnerfirst.errors import Fault
from learnerfirst.gaps.counting import ASSESSMENTS, EQUAL, LARGEST, group_columns, level_counts
from learnerfirst.gaps.frames import (
    Frame,
    invalid,
    is_spark,
    native_like,
    open_frames,
    plain_keys,
    windowed,
    with_numbers,
)
from learnerfirst.gaps.individual import NEEDED
from learnerfirst.gaps.profile_frame import KEYS, checked_profile
from learnerfirst.gaps.spark import peers_on_spark


def peer_experts(assessments: Any, profile: Any, top: int = 3, by: Sequence[str] = ()) -> Any:
    """Per competency the ``top`` people who assessed themselves strongest, at or above what their role requires.

    Parameters
    ----------
    assessments : frame, one row a person and competency
        ``person_id, role, competency, level`` and the columns of ``by``. Only people who agreed to be asked belong
        in it: the result names them. Never called on stored self-assessments.
    profile : frame of the same engine, each role and competency once: ``role, competency, required``.
    top : how many people a competency, 1 or more.
    by : columns within which peers are looked for (``("role",)``, ``("location",)``); empty: among everybody.
        Whoever has none of a column (null) is in no group.

    Gives a frame of the same kind: the columns of ``by``, ``competency, rank, person_id, role, level, required``,
    sorted; by level, the highest first, among equal ones by ``person_id``. Fewer rows where fewer qualify.

    Raises InvalidInput with every fault: missing columns, mixed engines, Dask, columns that are not numbers,
    profile rows given twice or incomplete, ``top`` under 1.

    >>> import pandas as pd
    >>> levels = pd.DataFrame({"person_id": ["a", "b", "c", "d"], "role": "coach", "competency": "listening",
    ...                        "level": [4, 5, 2, None]})
    >>> profile = pd.DataFrame({"role": ["coach"], "competency": ["listening"], "required": [3], "importance": [3]})
    >>> peer_experts(levels, profile)[["rank", "person_id", "level"]].values.tolist()
    [[1, 'b', 5.0], [2, 'a', 4.0]]
    """
    if isinstance(top, bool) or not isinstance(top, int) or top < 1:
        raise invalid([Fault("top", repr(top), "a whole number, 1 or more")])
    columns = group_columns(by)
    rated, required = open_frames(
        {
            "assessments": (assessments, [*dict.fromkeys([*ASSESSMENTS, *columns])]),
            "profile": (profile, NEEDED),
        }
    )
    required = checked_profile(required, numbers=("required",))
    rated = with_numbers("assessments", rated, ["level"])
    within = [*columns, "competency"]
    if is_spark(rated):
        return peers_on_spark(rated, required, within, top)
    keys = [*dict.fromkeys([*columns, *KEYS, "level"])]
    if rated.implementation is Implementation.DUCKDB:
        people = _first_people(rated, keys, top)
    else:
        people = _people_near_the_top(rated, required, keys, within, top)
    return native_like(_ranked(_strong(windowed(people), windowed(required)), within, top), rated)


def _first_people(rated: Frame, keys: list[str], top: int) -> Frame:
    """DuckDB: the first few people of each role, competency and level, in one pass without a window."""
    names = ", ".join(f'"{key.replace(chr(34), chr(34) * 2)}"' for key in keys)
    firsts = rated.to_native().aggregate(f"{names}, min(person_id, {top}) AS people", names)
    return nw.from_native(firsts.project(f"{names}, unnest(people) AS person_id"))


def _row_number(people: Frame, within: list[str]) -> Frame:
    placed = people.with_columns(one=nw.lit(1), down=nw.col("level") * -1)
    return placed.with_columns(rank=nw.col("one").cum_sum().over(*within, order_by=["down", "person_id"]))


def _people_near_the_top(rated: Frame, profile: Frame, keys: list[str], within: list[str], top: int) -> Frame:
    """Everybody from the lowest level that is still needed: counted first, then looked up in a second pass."""
    counts = level_counts(rated, within[:-1])
    strong = _strong(windowed(counts), windowed(profile))
    levels = strong.group_by(*within, "level").agg(nw.col("count").sum())
    levels = levels.with_columns(down=nw.col("level").cast(nw.Float64) * -1).with_columns(
        so_far=nw.col("count").cum_sum().over(*within, order_by="down")
    )
    needed = levels.filter(nw.col("so_far") - nw.col("count") < top).select(*within, "level")
    cells = strong.select(keys).join(needed, on=[*within, "level"], how="inner")
    people = rated.select("person_id", *keys)
    if not isinstance(needed, nw.LazyFrame) and (lowest := needed["level"].min()) is not None:
        people = people.filter(nw.col("level") >= lowest)  # leaves few of many rows to look up
    if not people.collect_schema()["level"].is_integer():
        people = people.with_columns(nw.col("level").cast(nw.Float64))
    return plain_keys(people, keys).join(nw.from_native(native_like(cells, rated)), on=keys, how="inner")


def _strong(people: Frame, profile: Frame) -> Frame:
    """Those at or above what their role requires, with ``required``."""
    level = nw.col("level")
    joined = people.join(profile, on=KEYS, how="inner").filter(~level.is_null() & ~level.is_nan())
    return joined.filter((level >= nw.col("required") - EQUAL) & (level <= LARGEST))


def _ranked(people: Frame, within: list[str], top: int) -> Frame:
    grouped = people.filter(*(~nw.col(column).is_null() for column in within))
    numbered = _row_number(grouped.with_columns(nw.col("level").cast(nw.Float64)), within)
    rank, role = nw.col("rank"), [] if "role" in within else ["role"]
    chosen = numbered.filter(rank <= top).select(
        *within, rank.cast(nw.Int64), "person_id", *role, "level", "required"
    )
    return chosen.sort(*within, "rank")
