"""The picture of a vote's rounds: every count in it, who goes out and who is elected told by words and form, all of it inside."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from learnerfirst.charts.vote_rounds import ending, said, vote_rounds
from learnerfirst.content import texts
from learnerfirst.elections import elect
from learnerfirst.errors import InvalidInput

SVG = "{http://www.w3.org/2000/svg}"
WORDS = texts("vote_rounds")
RUN_OFF = elect([["Ana"], ["Ana"], ["Bo <b>"], ["Bo <b>"], ["Cy", "Bo <b>"], ["Cy"]], "ranked")
RANKED = elect([["Ana"]] * 4 + [["Bo", "Ana"]] * 3 + [["Cy", "Bo"]] * 2, "ranked")


@pytest.mark.parametrize("layout", ["wide", "phone", "projector"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_holds_every_round_in_words_and_nothing_lies_outside(layout: str, theme: str) -> None:
    tree = ElementTree.fromstring(vote_rounds(RANKED, WORDS, layout, theme))
    shown = [part.text for part in tree.iter(f"{SVG}text")]
    assert shown.count("goes out") == 1
    assert shown.count("elected") == 1
    assert sum(line is not None and line.startswith("Round") for line in shown) == 2
    _, _, width, height = map(float, tree.get("viewBox", "").split())
    for part in tree.iter():
        for name, most in (("x", width), ("y", height), ("x1", width), ("y2", height)):
            assert 0 <= float(part.get(name, "0")) <= most
        assert float(part.get("x", "0")) + float(part.get("width", "0")) <= width + 0.1
        assert not part.get("style")
    assert list(tree.iter(f"{SVG}path"))


def test_what_came_over_is_hatched_and_who_goes_out_is_dashed() -> None:
    tree = ElementTree.fromstring(vote_rounds(RANKED, WORDS))
    assert len([part for part in tree.iter(f"{SVG}rect") if part.get("stroke-dasharray")]) == 1
    assert len(list(tree.iter(f"{SVG}path"))) == 1


def test_a_part_holds_its_rounds_with_what_came_over_and_the_end_only_below_the_last() -> None:
    first, last = (vote_rounds(RANKED, WORDS, "projector", part=part) for part in (range(1), range(1, 2)))
    assert ("Round 1" in first, ">Bo &lt;" in first, "<path" in first) == (True, False, False)
    shown = [[part.text for part in ElementTree.fromstring(svg).iter(f"{SVG}text")] for svg in (first, last)]
    assert "Bo is elected." not in shown[0]
    assert "Bo is elected." in shown[1]
    assert any(str(line).startswith("Round 2") for line in shown[1])
    assert "<path" in last


def test_the_description_tells_the_count_and_its_end() -> None:
    assert said(RANKED, WORDS) == (
        "Round 1, first choice still in: Ana 4, Bo 3, Cy 2. Then Cy goes out. "
        "Round 2, first choice still in: Bo 5, Ana 4. Bo is elected."
    )
    assert "tie between Ana, Bo <b> and Cy" in ending(RUN_OFF, WORDS)
    assert "for a place" in ending(elect([{"A": 5, "B": 3, "C": 3}], "star"), WORDS)
    out = elect([["A"], ["A"], ["A"], ["B", "A"], ["B"], ["C", "B"], ["C"]], "ranked")
    assert "for who goes out" in ending(out, WORDS)


def test_names_are_escaped() -> None:
    assert "<b>" not in vote_rounds(RUN_OFF, WORDS, "phone")


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(InvalidInput):
        vote_rounds(RANKED, WORDS, "poster")


def test_bars_of_approvals_are_shares_of_all_ballots() -> None:
    count = elect([["Ana", "Bo"], ["Ana"], [], ["Bo", "Ana"]])
    widths = [
        float(found)
        for found in re.findall(r'<rect [^>]*?width="([\d.]+)"', vote_rounds(count, WORDS, "wide"))
    ]
    ground, ana, _, bo = widths[:4]
    assert ana / ground == pytest.approx(3 / 4, abs=0.01)
    assert bo / ground == pytest.approx(2 / 4, abs=0.01)
