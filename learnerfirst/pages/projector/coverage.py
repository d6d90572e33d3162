"""The views of coverage: whom the personas cover, and who is left out; from the picture that was shown last."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from learnerfirst.charts.coverage import coverage_picture
from learnerfirst.content import texts
from learnerfirst.pages.markup import listing
from learnerfirst.pages.personas.coverage_groups import groups_for_picture
from learnerfirst.pages.personas.coverage_words import headline, known_words, left_out, typical
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.coverage_results import CoverageResults
from learnerfirst.workshops.persona_shelf import PersonaShelf

ROWS = 6
LINES = 6


def coverage(workshops: Workshops, code: str, theme: str) -> dict[str, str]:
    """View → markup; empty until coverage was looked at."""
    newest = CoverageResults(workshops, code).newest()
    if newest is None:
        return {}
    words = texts("personas_coverage")
    names = {each.id: each.persona.name for each in PersonaShelf(workshops.store, code).all()}
    drawn = {"coverage": _covered(newest.body, names, words, theme)}
    out = _left_out(newest.body, words)
    return drawn | ({"left_out": out} if out else {})


def _covered(body: Mapping[str, Any], names: Mapping[str, str], words: Mapping[str, Any], theme: str) -> str:
    groups = groups_for_picture(body, names, words)
    covered = sorted((one for one in groups if not one["left_out"]), key=lambda one: -one["marks"])
    nobody = [one for one in groups if one["left_out"]]
    first = covered[: ROWS - len(nobody)]
    more = len(covered) - len(first)
    drawn = coverage_picture([*first, *nobody], texts("coverage_chart"), "projector", theme)
    rest = f"<p>{escape(words['more_personas'].format(count=more))}</p>" if more else ""
    known = "" if more else f'<p class="quiet">{escape(known_words(body, words))}</p>'
    return f'<div class="result rows"><h1>{escape(headline(body, words))}</h1>{drawn}{rest}{known}</div>'


def _left_out(body: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    nobody, alike = left_out(body)
    group = alike or nobody
    if nobody is None or group is None:
        return ""
    out = typical(group, body, words)[:LINES]
    if not out:
        return ""
    title = words["left"].format(people=nobody["people"], share=nobody["share"]["words"])
    some = alike is not None and alike["people"] != nobody["people"]
    about = words["left_alike" if some else "left_text"].format(people=group["people"])
    lines = listing(f"{escape(field)}: <strong>{escape(answer)}</strong>" for field, answer, _often in out)
    return f'<div class="result audit"><h1>{escape(title[:1].upper() + title[1:])}</h1><p>{escape(about)}</p>{lines}</div>'
