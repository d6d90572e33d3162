"""Charts of gaps show what the frames say, hide what they hide, and need neither internet nor one engine."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import polars as pl
import pytest
import vl_convert

import learnerfirst as lf
from learnerfirst.charts import relabelled
from learnerfirst.charts.gap_charts import SHARES, STEPS, gap_heatmap, priority_chart, quadrant_chart
from learnerfirst.charts.svg import LIGHT
from learnerfirst.charts.vega import MIME
from learnerfirst.content import sample_profiles, sample_self_assessments, texts
from learnerfirst.errors import InvalidInput

WORDS = texts("gap_charts")
ASSESSED = pd.DataFrame(sample_self_assessments())
PROFILE = pd.DataFrame([row for profile in sample_profiles() for row in profile.frame()])
FEW = ASSESSED[ASSESSED["role"] == "Shift leader"]["person_id"].unique()[:4]
THINNED = ASSESSED[~(ASSESSED["person_id"].isin(FEW) & (ASSESSED["competency"] == "listening"))]
GAPS = lf.competency_gaps(THINNED, PROFILE)
FIRST = lf.development_priorities(THINNED, PROFILE)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 computes it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def values(chart: Any) -> list[dict[str, Any]]:
    """Every row that a chart carries, of all its layers and panels."""

    def walk(node: Any) -> list[dict[str, Any]]:
        if isinstance(node, list):
            return [row for one in node for row in walk(one)]
        if not isinstance(node, dict):
            return []
        own = node.get("data", {}).get("values", []) if isinstance(node.get("data"), dict) else []
        return list(own) + [row for key, one in node.items() if key != "data" for row in walk(one)]

    return walk(chart.to_dict())


CHARTS = {
    "heatmap": lambda: gap_heatmap(GAPS, WORDS),
    "quadrants": lambda: quadrant_chart(GAPS, PROFILE, WORDS),
    "priorities": lambda: priority_chart(FIRST, WORDS),
}


@pytest.mark.parametrize("kind", CHARTS)
def test_each_chart_compiles_offline_and_says_in_words_what_it_shows(kind: str) -> None:
    spec = relabelled(CHARTS[kind]())[MIME]
    svg = vl_convert.vegalite_to_svg(json.dumps(spec), vl_version="5.20")
    assert svg.startswith("<svg")
    assert len(str(spec["description"])) > 30
    assert len(json.dumps(spec)) < 40_000


@pytest.mark.parametrize("kind", CHARTS)
def test_what_is_hidden_carries_no_number(kind: str) -> None:
    numbers = ("share_below", "n", "mwds", "low", "high", "level", "mean_gap")
    found = [row for row in values(CHARTS[kind]()) if row.get("id") == "listening"]
    assert [row for row in found if any(row.get(name) is not None for name in numbers)] == []


def test_the_heatmap_says_each_shown_share() -> None:
    said = {(row["group"], row["id"]): row["says"] for row in values(gap_heatmap(GAPS, WORDS))}
    assert said["Machine operator", "new_steel"] == "97%"
    assert said["Shift leader", "listening"] == WORDS["hidden"]


def test_the_heatmap_takes_the_words_of_a_release_instead_of_numbers() -> None:
    rows = [
        {"role": "Coach", "competency": "asking", "share_below": 0.3, "text": "25 to 30 %", "name": "Asking"}
    ]
    [row] = [row for row in values(gap_heatmap(rows, WORDS)) if "says" in row]
    assert (row["says"], row["competency"]) == ("25 to 30 %", "Asking")


@pytest.mark.parametrize(("step", "colour"), list(enumerate(SHARES)))
def test_the_number_in_a_cell_can_be_read(step: int, colour: str) -> None:
    lowest = (0.0, *STEPS)[step]
    assert contrast(LIGHT.ground if lowest >= 0.6 else LIGHT.ink, colour) >= 4.5


def test_a_point_lies_in_the_quadrant_that_its_row_names() -> None:
    for panel in quadrant_chart(GAPS, PROFILE, WORDS).to_dict()["vconcat"]:
        rows = panel["data"]["values"]
        [middle] = {
            (layer["data"]["values"][0]["importance"], layer["data"]["values"][0]["level"])
            for layer in panel["layer"]
            if "importance" in layer.get("data", {}).get("values", [{}])[0]
        }
        for row in rows:
            upper, right = row["importance"] >= middle[0] - 1e-9, row["level"] >= middle[1] - 1e-9
            names = {
                (True, False): "concentrate here",
                (True, True): "keep it up",
                (False, False): "low priority",
                (False, True): "possible overkill",
            }
            assert row["quadrant"] == names[upper, right], row


def test_filled_dots_are_those_that_cannot_be_told_apart_from_the_first() -> None:
    rows = [row for row in values(priority_chart(FIRST, WORDS)) if "fill" in row]
    assert {row["tied_with_first"] for row in rows if row["fill"] == LIGHT.ground} == {False}
    assert {row["tied_with_first"] for row in rows if row["fill"] != LIGHT.ground} == {True}


def test_any_engine_gives_the_same_chart() -> None:
    lazy = pl.from_pandas(THINNED).lazy(), pl.from_pandas(PROFILE).lazy()
    ours = gap_heatmap(lf.competency_gaps(*lazy), WORDS).to_dict()
    assert ours["description"] == gap_heatmap(GAPS, WORDS).to_dict()["description"]


def test_a_frame_without_the_columns_is_refused_with_what_is_missing() -> None:
    with pytest.raises(InvalidInput, match="share_below"):
        gap_heatmap(PROFILE, WORDS)
    with pytest.raises(InvalidInput, match="no rows"):
        gap_heatmap(GAPS[:0], WORDS)
