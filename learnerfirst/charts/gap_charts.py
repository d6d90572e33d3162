"""Gaps as charts: where people are below (heatmap), what matters and is low (quadrants), what comes first (priorities).

Each takes the frame that a function of ``learnerfirst.gaps`` gives, on any engine, or plain rows, and gives an Altair
chart with tooltips and a description. Rows that are hidden stay hidden. Show the table beside the chart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from learnerfirst.charts.svg import LIGHT
from learnerfirst.charts.vega import inline, styled
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.plans.incoming import rows_of

Row = dict[str, Any]
Texts = Mapping[str, Any]
Names = Mapping[str, str] | None
# Five steps from few to many; none lies where neither dark nor white numbers can be read on it (4.5 : 1).
STEPS, SHARES = (0.2, 0.4, 0.6, 0.8), ("#f1f3fa", "#d3d9ee", "#a9b4dc", "#5463ab", "#34438a")
WHITE_FROM = 0.6
ANCHORS: Mapping[Any, str] = {"center": "middle", "right": "end", "left": "start"}
LABELS = (0.17, -0.17, 0.33, -0.33)  # of a label from its point, in importance
CONCENTRATE = "concentrate here"
QUADRANTS = {  # name: (right, upper, colour)
    CONCENTRATE: (False, True, LIGHT.stages[3]),
    "keep it up": (True, True, LIGHT.stages[2]),
    "low priority": (False, False, LIGHT.quiet),
    "possible overkill": (True, False, LIGHT.stages[0]),
}


def gap_heatmap(gaps: Any, texts: Texts, names: Names = None, by: Sequence[str] = ("role",)) -> Any:
    """Share below the required level: a row a competency, the worst first, a column a group.

    ``gaps``: frame or rows ``competency, share_below`` (0-1), the columns of ``by``; ``n`` and ``hidden`` where there are
    such, and ``text``, what the cell says instead of the percentage (such as a band of what was released). ``names``:
    competency to what is shown. ``texts``: ``data/texts/gap_charts.yaml``. Raises InvalidInput where columns are missing.
    """
    import altair as alt

    rows = _rows(gaps, "gaps", ("share_below",), names, by)
    for row in rows:
        share = row["share_below"]
        row["says"] = row.get("text") or (texts["hidden"] if share is None else f"{share:.0%}")
    order = _worst_first(rows)
    x = alt.X(
        "group:N",
        sort=list(dict.fromkeys(row["group"] for row in rows)),
        axis=alt.Axis(orient="top", labelAngle=0, title=None, labelLimit=150),
    )
    y = alt.Y("competency:N", sort=order, axis=alt.Axis(title=None, labelLimit=280))
    scale = alt.Scale(type="threshold", domain=list(STEPS), range=list(SHARES))
    legend = alt.Legend(title=texts["share"], format=".0%", orient="bottom", gradientLength=240)
    tips = [
        alt.Tooltip("competency:N", title=texts["competency"]),
        alt.Tooltip("group:N", title=texts["group"]),
        alt.Tooltip("says:N", title=texts["share"]),
        *([alt.Tooltip("n:Q", title=texts["people"])] if any(row.get("n") for row in rows) else []),
    ]
    base = alt.Chart(inline(rows)).encode(x=x, y=y, tooltip=tips)
    shown, white = "isValid(datum.share_below)", f"datum.share_below >= {WHITE_FROM}"
    cells = base.transform_filter(shown).mark_rect(stroke=LIGHT.ground, strokeWidth=2)
    says = base.mark_text(fontSize=13).encode(
        text="says:N",
        color=alt.condition(f"{shown} && {white}", alt.value(LIGHT.ground), alt.value(LIGHT.ink)),
    )
    chart = alt.layer(cells.encode(color=alt.Color("share_below:Q", scale=scale, legend=legend)), says)
    return styled(
        chart.properties(width={"step": 118}, height={"step": 30}), texts["heatmap"], _heat_said(rows, texts)
    )


def quadrant_chart(gaps: Any, profile: Any, texts: Texts, names: Names = None) -> Any:
    """Importance against mean level, a panel a role, with the crosshair that parted the quadrants (Martilla & James 1977).

    ``gaps``: frame or rows ``role, competency, mean_gap, quadrant`` as ``competency_gaps`` gives by role; ``profile``:
    ``role, competency, required, importance``. Mean level is required - mean gap. The crosshair is the mean of the
    competencies shown. Raises InvalidInput where columns are missing.
    """
    import altair as alt

    needs = {
        (row["role"], row["competency"]): row
        for row in rows_of(profile, "profile", ("role", "competency", "required", "importance"))
    }
    rows = []
    for row in _rows(gaps, "gaps", ("mean_gap", "quadrant"), names, ("role",)):
        need = needs.get((row["group"], row["id"]))
        if need is not None and row["mean_gap"] is not None:
            level = need["required"] - row["mean_gap"]
            rows.append(row | {"importance": need["importance"], "level": level})
    panels = [_panel(group, members, texts) for group, members in _grouped(rows).items()]
    first = [row["competency"] for row in rows if row["quadrant"] == CONCENTRATE]
    said = (
        texts["quadrants_said"].format(first=", ".join(dict.fromkeys(first)))
        if first
        else texts["quadrants_none"]
    )
    return styled(alt.vconcat(*panels, spacing=28), texts["quadrants"], said)


def priority_chart(
    priorities: Any, texts: Texts, names: Names = None, by: Sequence[str] = ("role",), confidence: float = 0.9
) -> Any:
    """Priority scores with their intervals, a panel a group; filled dots cannot be told apart from the first.

    ``priorities``: frame or rows ``competency, rank, mwds, low, high, tied_with_first`` as ``development_priorities`` gives.
    Raises InvalidInput where columns are missing.
    """
    import altair as alt

    needed = ("rank", "mwds", "low", "high", "tied_with_first")
    rows = _rows(priorities, "priorities", needed, names, by)
    ends = [end for row in rows for end in (row["low"], row["high"]) if end is not None]
    span = alt.Scale(domain=[min([0.0, *ends]), max([1.0, *ends])], nice=True)
    panels = [_ranked_panel(group, members, span, texts) for group, members in _grouped(rows).items()]
    ranked = [row for row in rows if row["rank"] is not None]
    first = [row["competency"] for row in ranked if row["rank"] == 1]
    tied = [row["competency"] for row in ranked if row["tied_with_first"] and row["rank"] > 1]
    said = texts["priorities_said"].format(
        first=", ".join(first) or texts["nobody"], tied=", ".join(tied) or texts["nobody"]
    )
    note = texts["priorities_note"].format(confidence=f"{confidence:.0%}")
    return styled(alt.vconcat(*panels, spacing=22), texts["priorities"], said, note)


def _panel(group: str, rows: list[Row], texts: Texts) -> Any:
    import altair as alt

    top = max(5.0, *(row["level"] for row in rows))
    _place_labels(rows, top)
    weights = [row["importance"] for row in rows]
    ends = alt.Scale(domain=[min(weights) - 0.7, max(weights) + 0.7], nice=False, zero=False)
    far = alt.Scale(domain=[0, top], nice=False)
    whole = list(range(int(top) + 1))
    x = alt.X("level:Q", scale=far, axis=alt.Axis(title=texts["level"], values=whole, format="~g"))
    steps = [step for step in whole if min(weights) - 0.7 < step < max(weights) + 0.7]
    y = alt.Y("importance:Q", scale=ends, axis=alt.Axis(title=texts["importance"], values=steps, format="~g"))
    tips = [alt.Tooltip("competency:N", title=texts["competency"])]
    tips += [alt.Tooltip(f"{key}:Q", title=texts[key], format=".2f") for key in ("importance", "level")]
    tips.append(alt.Tooltip("quadrant:N", title=texts["quadrant"]))
    colours = alt.Scale(domain=list(QUADRANTS), range=[colour for _, _, colour in QUADRANTS.values()])
    base = alt.Chart().encode(x=x, tooltip=tips)
    dots = base.mark_point(filled=True, size=120, opacity=1).encode(
        y=y, color=alt.Color("quadrant:N", scale=colours, legend=None)
    )
    middle = {"level": fmean(row["level"] for row in rows), "importance": fmean(weights)}
    cross = alt.Chart(inline([middle])).mark_rule(color=LIGHT.quiet, strokeDash=[4, 4])
    layers = [cross.encode(x=x), cross.encode(y=y), *_corners(texts)]
    for align, at in ANCHORS.items():
        words = base.transform_filter(f"datum.anchor == '{at}'").encode(
            y=alt.Y("label_y:Q", scale=ends), text="competency:N"
        )
        halo = {"stroke": LIGHT.ground, "strokeWidth": 4, "color": LIGHT.ground}
        layers += [
            words.mark_text(fontSize=12, align=align, **style) for style in (halo, {"color": LIGHT.ink})
        ]
    return alt.layer(*layers, dots, data=inline(rows)).properties(width=640, height=330, title=group)


def _corners(texts: Texts) -> list[Any]:
    """The names of the quadrants, each in its corner."""
    import altair as alt

    return [
        alt.Chart(inline([{"text": texts[name]}]))
        .mark_text(
            align="right" if right else "left",
            baseline="top" if upper else "bottom",
            dx=-6 if right else 6,
            dy=6 if upper else -6,
            fontSize=12,
            fontStyle="italic",
            color=colour,
        )
        .encode(
            text="text:N",
            x=alt.value("width" if right else 0),
            y=alt.value(0 if upper else "height"),
        )
        for name, (right, upper, colour) in QUADRANTS.items()
    ]


def _place_labels(rows: list[Row], top: float) -> None:
    """Labels above or below their points, further away where a neighbour's label is in the way, never outside."""
    taken: dict[tuple[float, float], float] = {}
    for row in sorted(rows, key=lambda row: (row["importance"], row["level"])):
        wide = len(row["competency"]) * 0.0105 * top
        start = row["level"] - wide / 2
        row["anchor"] = "start" if start < 0 else "end" if start + wide > top else "middle"
        start = {"start": row["level"], "end": row["level"] - wide, "middle": start}[row["anchor"]]
        free = [step for step in LABELS if taken.get((row["importance"], step), -1.0) < start]
        step = free[0] if free else LABELS[0]
        taken[row["importance"], step] = start + wide
        row["label_y"] = row["importance"] + step


def _ranked_panel(group: str, rows: list[Row], span: Any, texts: Texts) -> Any:
    import altair as alt

    shown = sorted((row for row in rows if row["rank"] is not None), key=lambda row: row["rank"])
    for row in shown:
        row["fill"] = LIGHT.stages[3] if row["tied_with_first"] else LIGHT.ground
        row["ink"] = LIGHT.stages[3] if row["tied_with_first"] else LIGHT.quiet
    order = [row["competency"] for row in shown]
    y = alt.Y("competency:N", sort=order, axis=alt.Axis(title=None, labelLimit=280, grid=False))
    x = alt.X("low:Q", scale=span, axis=alt.Axis(title=texts["score"], tickMinStep=1))
    tips = [
        alt.Tooltip("rank:Q", title=texts["rank"]),
        alt.Tooltip("competency:N", title=texts["competency"]),
    ]
    named = {"mwds": "score", "low": "low", "high": "high"}
    tips += [alt.Tooltip(f"{key}:Q", title=texts[name], format=".2f") for key, name in named.items()]
    if any(row.get("n") for row in shown):
        tips.append(alt.Tooltip("n:Q", title=texts["people"]))
    base = alt.Chart(inline(shown)).encode(y=y, tooltip=tips)
    zero = alt.Chart(inline([{"low": 0}])).mark_rule(color=LIGHT.line, strokeWidth=2).encode(x=x)
    colour = {"stroke": alt.Stroke("ink:N", scale=None), "fill": alt.Fill("fill:N", scale=None)}
    line = base.mark_rule(strokeWidth=3).encode(x=x, x2="high:Q", color=alt.Color("ink:N", scale=None))
    dots = base.mark_point(size=110, strokeWidth=2, opacity=1).encode(x=alt.X("mwds:Q", scale=span), **colour)
    left_out = len(rows) - len(shown)
    title = alt.Title(
        group,
        subtitle=texts["not_shown"].format(count=left_out) if left_out else "",
        subtitleColor=LIGHT.quiet,
        frame="group",
    )
    return alt.layer(zero, line, dots).properties(width=460, height={"step": 26}, title=title)


def _rows(given: Any, name: str, columns: Sequence[str], names: Names, by: Sequence[str]) -> list[Row]:
    """The frame's rows with ``group`` (the columns of ``by`` as one text), ``id`` and the competency's shown name."""
    rows = rows_of(given, name, (*by, "competency", *columns))
    if not rows:
        raise InvalidInput("there is nothing to draw", [Fault(name, "no rows", "one row or more")])
    known = names or {}
    found = []
    for row in rows:
        group = " · ".join(str(row[column]) for column in by)
        shown = row.get("name") or known.get(row["competency"], row["competency"])
        kept = {key: row.get(key) for key in ("n", "hidden", "text", *columns)}
        found.append(kept | {"group": group, "id": row["competency"], "competency": str(shown)})
    return found


def _grouped(rows: list[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["group"], []).append(row)
    return groups


def _worst_first(rows: list[Row]) -> list[str]:
    worst: dict[str, float] = {}
    for row in rows:
        share = -1.0 if row["share_below"] is None else row["share_below"]
        worst[row["competency"]] = max(share, worst.get(row["competency"], -1.0))
    return sorted(worst, key=lambda name: -worst[name])


def _heat_said(rows: list[Row], texts: Texts) -> str:
    shown = [row for row in rows if row["share_below"] is not None]
    if not shown:
        return str(texts["heatmap_none"])
    top = max(shown, key=lambda row: float(row["share_below"]))
    count, groups = len({row["competency"] for row in rows}), len({row["group"] for row in rows})
    return str(
        texts["heatmap_said"].format(
            count=count, groups=groups, share=top["says"], group=top["group"], competency=top["competency"]
        )
    )
