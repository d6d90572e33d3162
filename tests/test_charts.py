"""Pictures: what they show, in which words, and that they need no style sheet, no internet, nothing heavy."""

from __future__ import annotations

import json
import subprocess
import sys
from xml.etree import ElementTree

import altair
import pandas as pd
import pytest
import vl_convert

from learnerfirst.charts import (
    continuum_svg,
    dimensions_chart,
    dimensions_svg,
    distribution_chart,
    relabelled,
)
from learnerfirst.content import texts as content_texts
from learnerfirst.errors import InvalidInput

SVG = "{http://www.w3.org/2000/svg}"
BLENDED = {"score": 1.0, "low": 0.9, "high": 1.2, "stage": "blended", "between": None}
FACILITATED = {"score": 2.0, "low": 1.7, "high": 2.3, "stage": "facilitated", "between": None}


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return dict(content_texts("charts"))


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


@pytest.mark.parametrize("layout", ["phone", "page", "projector"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_today_is_the_filled_mark_and_wanted_the_open_one(
    layout: str, theme: str, texts: dict[str, str]
) -> None:
    tree = parse(continuum_svg(BLENDED, FACILITATED, layout=layout, theme=theme, texts=texts))
    (today,), (wanted,) = tree.findall(f"{SVG}circle"), tree.findall(f"{SVG}polygon")
    assert today.get("fill") not in (None, "none")
    assert wanted.get("stroke") == today.get("fill")
    assert wanted.get("fill") != today.get("fill")
    centre = float(wanted.get("points", "").split(",")[0])
    assert float(today.get("cx", "0")) < centre


@pytest.mark.parametrize("layout", ["phone", "page", "projector"])
@pytest.mark.parametrize(
    ("today", "wanted"),
    [(0, 3), (3, 0), (0, 0), (3, 3), (1.4, 1.6), (2.9, 1.0), (1.0, 2.0)],
)
def test_every_mark_and_label_stays_inside_the_picture(
    layout: str, today: float, wanted: float, texts: dict[str, str]
) -> None:
    words = {**texts, "wanted": "wanted by Nov 2027"}
    tree = parse(continuum_svg({"score": today}, {"score": wanted}, layout=layout, texts=words))
    width, height = (float(value) for value in tree.get("viewBox", "").split()[2:])
    for text in tree.findall(f"{SVG}text"):
        size, x, y = (float(text.get(name, "nan")) for name in ("font-size", "x", "y"))
        wide = len(text.text or "") * size * 0.62
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[text.get("text-anchor", "start")]
        assert left >= -2, text.text
        assert left + wide <= width + 2, text.text
        assert size * 0.7 <= y <= height, text.text


def test_on_a_phone_of_320_px_text_is_at_least_14_px(texts: dict[str, str]) -> None:
    tree = parse(continuum_svg(BLENDED, FACILITATED, layout="phone", texts=texts))
    scale = (320 - 2 * 16 - 2 * 16) / float(tree.get("viewBox", "").split()[2])
    sizes = [float(text.get("font-size", "0")) for text in tree.findall(f"{SVG}text")]
    assert min(sizes) * scale >= 14


def test_the_picture_is_named_and_told_in_words(texts: dict[str, str]) -> None:
    between = {**BLENDED, "between": ["blended", "facilitated"]}
    tree = parse(continuum_svg(between, FACILITATED, texts=texts, key="c"))
    by_id = {node.get("id"): node.text for node in tree}
    assert tree.get("role") == "img"
    assert by_id[tree.get("aria-labelledby", "")] == texts["title"]
    said = by_id[tree.get("aria-describedby", "")] or ""
    assert "between Blended and Facilitated" in said
    assert "from 0.9 to 1.2" in said
    assert "wanted: Facilitated" in said


def test_without_a_score_nothing_is_drawn_and_it_is_said(texts: dict[str, str]) -> None:
    tree = parse(continuum_svg({"score": None, "stage": "blended"}, None, texts=texts))
    assert not tree.findall(f"{SVG}circle")
    assert "today: Blended" in (tree[1].text or "")
    assert texts["none"] in (parse(continuum_svg(None, None, texts=texts))[1].text or "")


def test_no_style_attribute_no_class_rule_no_variable_is_needed(texts: dict[str, str]) -> None:
    row = {"name": "Trust", "today": 1.0, "wanted": 2.0, "agreement": "split", "hidden": None}
    for svg in (continuum_svg(BLENDED, FACILITATED, texts=texts), dimensions_svg([row], texts=texts)):
        assert " style=" not in svg
        assert "var(" not in svg
        assert "<style" not in svg
        assert "href" not in svg


def test_typed_text_cannot_become_markup(texts: dict[str, str]) -> None:
    evil = '"><script>alert(1)</script>'
    svg = continuum_svg(BLENDED, FACILITATED, texts={**texts, "wanted": evil}, key=evil)
    assert "<script" not in svg
    row = {"name": evil, "today": 1.0, "wanted": 2.0, "agreement": evil, "hidden": None}
    assert "<script" not in dimensions_svg([row], texts=texts)


@pytest.mark.parametrize("wrong", [{"layout": "wall"}, {"theme": "pink"}])
def test_an_unknown_layout_or_theme_is_refused_with_the_choices(
    wrong: dict[str, str], texts: dict[str, str]
) -> None:
    with pytest.raises(InvalidInput, match="phone, page, projector"):
        continuum_svg(BLENDED, None, texts=texts, **wrong)


@pytest.mark.parametrize("score", [-0.1, 3.1])
def test_a_score_off_the_scale_is_refused(score: float, texts: dict[str, str]) -> None:
    with pytest.raises(InvalidInput, match="0 to 3"):
        continuum_svg({"score": score}, None, texts=texts)


@pytest.mark.parametrize("layout", ["phone", "page"])
def test_a_hidden_dimension_says_so_and_draws_no_mark(layout: str, texts: dict[str, str]) -> None:
    rows = [
        {"name": "Trust", "today": 1.0, "wanted": 2.0, "agreement": "split", "hidden": None},
        {
            "name": "Time",
            "today": None,
            "wanted": None,
            "agreement": None,
            "hidden": "Too few answered this.",
        },
    ]
    tree = parse(dimensions_svg(rows, layout=layout, texts=texts))
    assert len(tree.findall(f"{SVG}circle")) == 1
    shown = [text.text for text in tree.findall(f"{SVG}text")]
    assert texts["row_hidden"] in shown
    assert texts["agreement_split"] in shown
    assert "Too few answered this." in (tree[1].text or "")


FRAME = pd.DataFrame({"dimension": ["Trust", "Time"], "today": [1.0, 0.5], "wanted": [2.0, 1.5]})
BINS = pd.DataFrame({"place": ["Embedded", "Blended"], "people": [5, 9]})


@pytest.mark.parametrize(
    "chart", [dimensions_chart(FRAME), distribution_chart(BINS)], ids=["dimensions", "bins"]
)
def test_each_specification_compiles_as_the_vega_lite_that_our_pages_carry(chart: altair.Chart) -> None:
    (mime, spec), *rest = relabelled(chart).items()
    assert (mime, rest) == ("application/vnd.vegalite.v5+json", [])
    assert spec["usermeta"]["embedOptions"] == {"renderer": "svg", "actions": False}
    svg = vl_convert.vegalite_to_svg(json.dumps(spec), vl_version="5.20")
    assert "Embedded" in svg or "Trust" in svg


def test_drawing_svg_loads_nothing_heavy() -> None:
    code = (
        "import sys; from learnerfirst.charts import continuum_svg, dimensions_svg;"
        "print([m for m in ('pandas','altair','numpy','scipy','narwhals','ipywidgets') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
