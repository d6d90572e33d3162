"""Bars of gaps, and the map of a curriculum: drawn from what was told, readable, named in words."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
import vl_convert

from learnerfirst.charts.curriculum_map import curriculum_map
from learnerfirst.charts.gap_bars import gap_bars
from learnerfirst.charts.vega import relabelled
from learnerfirst.content import texts
from learnerfirst.errors import InvalidInput
from learnerfirst.gaps.told import ladder_name, rungs, told_gaps
from learnerfirst.plans.resource import Resource, Span
from learnerfirst.success_profiles import Competency, SuccessProfile

PROFILE = SuccessProfile(
    "Clerk",
    (
        Competency("stock", "Knows the <b>stock</b>", required=3, importance=4),
        Competency("till", "Works the till", required=2, importance=2),
    ),
)
LIMITS = {ladder_name("stock", rung): (4, 6) for rung in rungs(PROFILE)}
LIMITS |= {ladder_name("till", rung): (0, 2) for rung in rungs(PROFILE)[:5]}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("layout", ["wide", "projector"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_bars_are_as_long_as_what_was_told_and_inside_the_picture(layout, theme):
    told = told_gaps(PROFILE, 12, LIMITS)
    drawn = gap_bars(told, ["33 to 50 %", "17 % or fewer"], texts("gap_bars"), layout, theme)
    root = ElementTree.fromstring(drawn)
    width = float(root.attrib["viewBox"].split()[2])
    bars = [(float(one.attrib["x"]), float(one.attrib["width"])) for one in root.iter(f"{SVG}rect")]
    whole = bars[0][1]
    assert all(left + long <= width for left, long in bars)
    assert [round(long / whole * 12) for _, long in bars[:3]] == [12, 6, 4]
    assert "<b>" not in drawn
    assert "33 to 50 %" in root.find(f"{SVG}desc").text


def test_the_projector_s_text_is_24_px_or_more_at_its_own_width():
    root = ElementTree.fromstring(
        gap_bars(told_gaps(PROFILE, 12, LIMITS), ["a", "b"], texts("gap_bars"), "projector")
    )
    assert min(float(one.attrib["font-size"]) for one in root.iter(f"{SVG}text")) >= 24.5


def test_an_unknown_layout_is_refused():
    with pytest.raises(InvalidInput):
        gap_bars((), (), texts("gap_bars"), "huge")


def test_the_map_compiles_keeps_lanes_without_resources_and_says_which_those_are():
    film = Resource("Film", (Span("stock", 0, 2), Span("elsewhere", 0, 1)))
    guide = Resource("Guide", (Span("stock"),), minutes=20.0)
    [(mime, spec)] = relabelled(
        curriculum_map(PROFILE, [film, guide, Resource("Talk")], texts("curriculum_map"))
    ).items()
    assert mime == "application/vnd.vegalite.v5+json"
    assert "No resource leads to Works the till." in spec["description"]
    svg = vl_convert.vegalite_to_svg(json.dumps(spec), vl_version="5.20")
    assert "Works the till" in svg
    bars = spec["layer"][0]["data"]["values"]
    assert [(one["resource"], one["from"], one["to"]) for one in bars] == [("Film", 0, 2), ("Guide", 0, 5)]
