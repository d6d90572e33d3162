"""Frames to Altair charts, and charts to what a page without internet can show.

Altair's own renderers fetch scripts from another host. Voila and JupyterLab carry a Vega-Lite 5 renderer, so
the specification is relabelled for it: tooltips work, nothing is fetched (tried: 10 KiB on the wire). The
marks used here mean the same in both versions; a test compiles each specification as 5.20.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from learnerfirst.charts.svg import LIGHT

if TYPE_CHECKING:
    import altair

MIME = "application/vnd.vegalite.v5+json"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


def relabelled(chart: altair.TopLevelMixin) -> dict[str, Any]:
    """The chart as a display bundle ``{mime type: specification}`` that works without internet.

    Show it by ``IPython.display.display(bundle, raw=True)``. Give it a name in the markup round it and a table
    beside it: the renderer adds no label by itself.
    """
    return {MIME: _for_vega_5(chart.to_dict())}


def _for_vega_5(spec: dict[str, Any]) -> dict[str, Any]:
    options = {"embedOptions": {"renderer": "svg", "actions": False}}
    return {**spec, "$schema": SCHEMA, "usermeta": {**spec.get("usermeta", {}), **options}}


def offline_charts() -> None:
    """Show Altair's charts without internet from now on: with tooltips in JupyterLab, as a picture elsewhere.

    Altair's own renderers fetch scripts from another host when a chart is shown; this one carries everything along.

    >>> offline_charts()
    >>> import altair
    >>> altair.renderers.active
    'learnerfirst'
    """
    import altair

    altair.renderers.register("learnerfirst", _bundle)
    altair.renderers.enable("learnerfirst")


def _bundle(spec: dict[str, Any], **_options: Any) -> dict[str, Any]:
    import vl_convert

    shown = _for_vega_5(spec)
    return {MIME: shown, "image/svg+xml": vl_convert.vegalite_to_svg(shown, vl_version="5.20")}


def dimensions_chart(frame: Any) -> Any:
    """The Altair chart with a dot a dimension for today (filled) and wanted (open), joined by a line.

    ``frame`` has the columns ``dimension`` (text), ``today`` and ``wanted`` (0 to 3), in any engine that Altair
    reads; rows keep their order.
    """
    import altair

    axis = altair.X(
        "today:Q", title=None, scale=altair.Scale(domain=[0, 3]), axis=altair.Axis(values=[0, 1, 2, 3])
    )
    base = altair.Chart(frame).encode(y=altair.Y("dimension:N", sort=None, title=None))
    tips = ["dimension:N", altair.Tooltip("today:Q", format=".2f"), altair.Tooltip("wanted:Q", format=".2f")]
    line = base.mark_rule(color=LIGHT.quiet, strokeWidth=2).encode(x=axis, x2="wanted:Q")
    today = base.mark_point(filled=True, size=140, color=LIGHT.ink, opacity=1).encode(x=axis, tooltip=tips)
    wanted = base.mark_point(
        shape="diamond", size=140, fill=LIGHT.ground, stroke=LIGHT.ink, strokeWidth=2.5, opacity=1
    )
    return altair.layer(line, today, wanted.encode(x=altair.X("wanted:Q"), tooltip=tips)).properties(
        width=420, height={"step": 34}
    )


def distribution_chart(frame: Any) -> Any:
    """The Altair chart with bars of ``people`` by ``place`` (text), rows in their order; the caller holds to bins of five or more."""
    import altair

    return (
        altair.Chart(frame)
        .mark_bar(color=LIGHT.stages[1], cornerRadiusEnd=3)
        .encode(
            x=altair.X("place:N", sort=None, title=None, axis=altair.Axis(labelAngle=0)),
            y=altair.Y("people:Q", title=None, axis=altair.Axis(tickMinStep=1)),
            tooltip=["place:N", "people:Q"],
        )
        .properties(width=420, height=220)
    )


def inline(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Rows as the data of a chart, carried in its specification."""
    import altair

    return altair.Data(values=list(rows))  # type: ignore[no-untyped-call]


def styled(chart: Any, title: str, said: str, note: str = "") -> Any:
    """The chart in the house's look, with a title; ``said`` is what a screen reader reads instead of the marks."""
    import altair as alt

    head = alt.Title(title, subtitle=note, anchor="start", fontSize=17, offset=14, subtitleColor=LIGHT.quiet)
    named = chart.properties(title=head, description=f"{title}. {said}", background=LIGHT.ground)
    return (
        named.configure(font="Arial, Helvetica, 'Liberation Sans', sans-serif")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=LIGHT.ink,
            titleColor=LIGHT.quiet,
            labelFontSize=13,
            titleFontSize=12,
            titleFontWeight="normal",
            domain=False,
            ticks=False,
            labelPadding=8,
            gridColor="#eceef1",
        )
        .configure_title(color=LIGHT.ink, fontSize=14, anchor="start", subtitleFontSize=12)
        .configure_legend(labelColor=LIGHT.ink, titleColor=LIGHT.quiet, labelFontSize=12, titleFontSize=12)
    )
