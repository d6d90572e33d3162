"""Where the curriculum has holes: what a role requires and no resource leads to."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from learnerfirst.gaps.counting import EQUAL, LARGEST
from learnerfirst.gaps.frames import (
    Frame,
    native_like,
    open_frames,
    plain_keys,
    windowed,
    with_numbers,
)
from learnerfirst.gaps.profile_frame import KEYS, PROFILE, checked_profile

RESOURCES = ("resource", "competency", "from_level", "to_level")
UNSERVED = "no resource"
TOO_LOW = "resources stop below the required level"
BROKEN = "resources leave out levels on the way"


def curriculum_gaps(profile: Any, resources: Any) -> Any:
    """The competencies that no resource leads to, the most important first.

    Parameters
    ----------
    profile : frame, each role and competency once
        ``role, competency, required, importance``, and ``goal`` where there is one, which is passed on.
    resources : frame of the same engine, one row a resource and competency
        ``resource, competency, from_level, to_level``, levels on the profile's scale. A blank ``from_level`` starts
        anywhere, a blank ``to_level`` leads to the top; resources without a competency serve none.

    Gives a frame of the same kind, one row for each role and competency with a gap, none where resources lead
    from some level to the required one without a break: ``rank`` (by importance, then without resource before
    partly served, then by what is missing), ``role, competency, required, importance, goal``, ``resources`` (how many there
    are), ``starts_at`` (the lowest level that one starts from), ``stops_at`` (the level from which none leads on),
    ``missing`` (required - stops_at), ``reason``: no resource / resources stop below the required level /
    resources leave out levels on the way. ``starts_at``, ``stops_at``, ``missing`` are null without resource.

    Raises InvalidInput with every fault: missing columns, mixed engines, Dask, columns that are not numbers,
    profile rows given twice or incomplete.

    >>> import pandas as pd
    >>> profile = pd.DataFrame({"role": "coach", "competency": ["listening", "asking", "silence"],
    ...                         "required": [3, 4, 2], "importance": [3, 4, 5]})
    >>> resources = pd.DataFrame({"resource": ["video", "guide"], "competency": ["listening", "asking"],
    ...                           "from_level": [0, 0], "to_level": [3, 2]})
    >>> curriculum_gaps(profile, resources)[["rank", "competency", "missing", "reason"]].values.tolist()
    [[1, 'silence', nan, 'no resource'], [2, 'asking', 2.0, 'resources stop below the required level']]
    """
    required, offered = open_frames({"profile": (profile, PROFILE), "resources": (resources, RESOURCES)})
    offered = with_numbers("resources", offered, ["from_level", "to_level"])
    required, spans = windowed(checked_profile(required, goal=True)), windowed(_spans(offered))
    served = spans.group_by("competency").agg(
        nw.col("count").sum().alias("resources"),
        nw.col("starts").min().alias("starts_at"),
        nw.col("end").max(),
    )
    stops = _first_stops(required, _breaks(spans))
    found = required.join(served, on="competency", how="left").join(stops, on=KEYS, how="left")
    return native_like(_ranked_gaps(found), nw.from_native(profile))


def _spans(resources: Frame) -> Frame:
    """Each competency's different spans of levels, with how many resources have them."""
    keys = ["competency", "from_level", "to_level"]
    named = plain_keys(resources.select(keys), keys[:1]).filter(~nw.col("competency").is_null())
    counted = named.group_by(keys).agg(count=nw.len())
    start, end = nw.col("from_level"), nw.col("to_level")
    floats = counted.with_columns(
        nw.col("count").cast(nw.Int64), start.cast(nw.Float64), end.cast(nw.Float64)
    )
    return floats.select(
        "competency",
        "count",
        nw.when(~start.is_null() & ~start.is_nan()).then(start).alias("starts"),
        nw.when(~start.is_null() & ~start.is_nan()).then(start).otherwise(nw.lit(-LARGEST)).alias("start"),
        nw.when(~end.is_null() & ~end.is_nan()).then(end).otherwise(nw.lit(LARGEST)).alias("end"),
    )


def _breaks(spans: Frame) -> Frame:
    """The levels of each competency at which resources end and none leads on."""
    ends = spans.select("competency", stop=nw.col("end")).unique()
    pairs = ends.join(spans.select("competency", "start", "end"), on="competency", how="inner")
    leads_on = (nw.col("start") <= nw.col("stop")) & (nw.col("end") > nw.col("stop"))
    marked = pairs.with_columns(on=nw.when(leads_on).then(nw.lit(1)).otherwise(nw.lit(0)))
    return marked.group_by("competency", "stop").agg(nw.col("on").max()).filter(nw.col("on") == 0)


def _first_stops(profile: Frame, breaks: Frame) -> Frame:
    """For each role and competency the first level, below the required one, where the way breaks off."""
    short = profile.select(*KEYS, "required").join(
        breaks.select("competency", "stop"), on="competency", how="inner"
    )
    short = short.filter(nw.col("stop") < nw.col("required") - EQUAL)
    return short.group_by(KEYS).agg(nw.col("stop").min().alias("stops_at"))


def _ranked_gaps(found: Frame) -> Frame:
    none, stop = nw.col("resources").is_null(), nw.col("stops_at")
    partly = (
        nw.when(nw.col("end") < nw.col("required") - EQUAL).then(nw.lit(TOO_LOW)).otherwise(nw.lit(BROKEN))
    )
    gaps = found.filter(none | ~stop.is_null()).with_columns(
        missing=nw.col("required") - stop,
        reason=nw.when(none).then(nw.lit(UNSERVED)).otherwise(partly),
        one=nw.lit(1),
        less_important=nw.col("importance") * -1,
        served=nw.when(none).then(nw.lit(0)).otherwise(nw.lit(1)),
        less_missing=nw.when(none).then(nw.col("required") * -1).otherwise(stop - nw.col("required")),
    )
    order = ["less_important", "served", "less_missing", *KEYS]
    ranked = gaps.with_columns(
        rank=nw.col("one").cum_sum().over(order_by=order).cast(nw.Int64),
        resources=nw.when(none).then(nw.lit(0)).otherwise(nw.col("resources")).cast(nw.Int64),
    )
    goal = ["goal"] if "goal" in found.collect_schema().names() else []
    columns = ["rank", *KEYS, "required", "importance", *goal, "resources", "starts_at", "stops_at"]
    return ranked.select(*columns, "missing", "reason").sort("rank")
