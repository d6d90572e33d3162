"""Which resource leads where: a lane a competency, a bar a resource, a mark at the level that the job needs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from learnerfirst.charts.svg import LIGHT
from learnerfirst.charts.vega import inline, styled
from learnerfirst.plans.resource import Resource
from learnerfirst.success_profiles import SuccessProfile

LANE, BAR = 14, 9


def curriculum_map(profile: SuccessProfile, resources: Iterable[Resource], texts: Mapping[str, Any]) -> Any:
    """The Altair chart of a role's curriculum; a lane without a bar is a competency that no resource leads to.

    ``texts``: ``data/texts/curriculum_map.yaml``. An open end of a resource reaches to the end of the scale.
    """
    import altair as alt

    low, high = profile.scale.low, profile.scale.high
    order = [one.name for one in sorted(profile.competencies, key=lambda one: -one.importance)]
    listed = list(resources)
    bars: list[dict[str, Any]] = []
    needs: list[dict[str, Any]] = []
    for one in profile.competencies:
        lane = 0
        for resource in listed:
            for span in resource.spans(one.id):
                bars.append(
                    {
                        "competency": one.name,
                        "resource": resource.name,
                        "lane": lane,
                        "from": low if math.isinf(span.low) else max(low, span.low),
                        "to": high if math.isinf(span.high) else min(high, span.high),
                        "kind": resource.kind or texts["no_kind"],
                        "minutes": resource.minutes,
                    }
                )
                lane += 1
        needs.append({"competency": one.name, "required": one.required, "resources": lane})
    most = max([1, *(need["resources"] for need in needs)])
    y = alt.Y("competency:N", sort=order, axis=alt.Axis(title=None, labelLimit=280, grid=False))
    scale = alt.Scale(domain=[low, high], nice=False)
    x = alt.X(
        "from:Q",
        scale=scale,
        axis=alt.Axis(title=texts["level"], values=list(profile.scale.points), format="d"),
    )
    tips = [
        alt.Tooltip(f"{name}:{kind}", title=texts[name])
        for name, kind in (
            ("resource", "N"),
            ("competency", "N"),
            ("kind", "N"),
            ("minutes", "Q"),
            ("from", "Q"),
            ("to", "Q"),
        )
    ]
    offset = alt.YOffset("lane:O", scale=alt.Scale(domain=list(range(most))))
    spans = (
        alt.Chart(inline(bars))
        .mark_bar(height=BAR, color=LIGHT.stages[1], cornerRadius=3)
        .encode(y=y, yOffset=offset, x=x, x2="to:Q", tooltip=tips)
    )
    asked = [
        alt.Tooltip("competency:N", title=texts["competency"]),
        alt.Tooltip("required:Q", title=texts["required"]),
        alt.Tooltip("resources:Q", title=texts["resources"]),
    ]
    marks = (
        alt.Chart(inline(needs))
        .mark_tick(color=LIGHT.warn, thickness=4, size=max(LANE * most, 24), opacity=1)
        .encode(y=y, x=alt.X("required:Q", scale=scale), tooltip=asked)
    )
    holes = [need["competency"] for need in needs if not need["resources"]]
    said = texts["said_holes"].format(names=", ".join(holes)) if holes else texts["said_served"]
    chart = alt.layer(spans, marks).properties(width=460, height={"step": max(LANE, 28 // most)})
    return styled(chart, texts["title"], said, texts["note"])
