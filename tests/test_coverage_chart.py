"""The picture of coverage: a mark for five people, those left out told by form and hatching, words for all of it."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from learnerfirst.charts.coverage import coverage_picture
from learnerfirst.content import texts
from learnerfirst.errors import InvalidInput

SVG = "{http://www.w3.org/2000/svg}"
WORDS = texts("coverage_chart")


def group(name: str, marks: int, *, left_out: bool = False) -> dict[str, Any]:
    return {"name": name, "marks": marks, "share": "20 %", "people": "40 people", "left_out": left_out}


TWO = [group("Dev <Marsh>", 8), group("No persona", 5, left_out=True)]


@pytest.mark.parametrize("layout", ["wide", "phone", "projector"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_mark_stands_for_people_and_the_left_out_have_marks_of_another_form(
    layout: str, theme: str
) -> None:
    tree = ElementTree.fromstring(coverage_picture(TWO, WORDS, layout, theme))
    marks = [circle for circle in tree.iter(f"{SVG}circle") if float(circle.get("r", "0")) < 15]
    assert len(marks) == 8
    assert len(list(tree.iter(f"{SVG}polygon"))) == 5
    assert [part for part in tree.iter() if part.get("stroke-dasharray")]


def test_the_territory_of_the_left_out_is_hatched_inside_its_border() -> None:
    tree = ElementTree.fromstring(coverage_picture(TWO, WORDS))
    (hatching,) = tree.iter(f"{SVG}path")
    border = next(part for part in tree.iter(f"{SVG}circle") if part.get("stroke-dasharray"))
    x, y, radius = (float(border.get(name, "0")) for name in ("cx", "cy", "r"))
    ends = [
        tuple(map(float, end.split()))
        for line in hatching.get("d", "").split("M")[1:]
        for end in line.split("L")
    ]
    assert len(ends) >= 10
    assert all((ex - x) ** 2 + (ey - y) ** 2 <= (radius + 0.2) ** 2 for ex, ey in ends)
    assert not list(ElementTree.fromstring(coverage_picture(TWO[:1], WORDS)).iter(f"{SVG}path"))


@pytest.mark.parametrize("layout", ["wide", "phone", "projector"])
def test_everything_stays_inside_and_every_group_is_said(layout: str) -> None:
    many = [*(group(f"Persona number {n}", 3 * n + 1) for n in range(7)), TWO[1]]
    tree = ElementTree.fromstring(coverage_picture(many, WORDS, layout))
    _, _, width, height = map(float, tree.get("viewBox", "").split())
    for part in tree.iter():
        for name, most in (("cx", width), ("x", width), ("cy", height), ("y", height)):
            assert 0 <= float(part.get(name, "0")) <= most
    said = tree.find(f"{SVG}desc")
    assert said is not None
    assert all(one["name"] in (said.text or "") for one in many)
    assert not [part for part in tree.iter() if part.get("style") or part.get("class") == "style"]


def test_over_sixty_marks_each_stands_for_more_people() -> None:
    svg = coverage_picture([group("All", 1000)], WORDS)
    assert len(list(ElementTree.fromstring(svg).iter(f"{SVG}circle"))) <= 64
    assert "each mark is about 85 people" in svg


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(InvalidInput):
        coverage_picture(TWO, WORDS, "poster")
