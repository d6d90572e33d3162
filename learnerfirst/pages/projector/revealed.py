"""The views of a shown picture: the finding, what to talk about, dimensions, plan, and what could be worked out.

Each takes :class:`Shown` and returns markup, empty where there is nothing to show. They draw what the release
holds and compute nothing anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from learnerfirst.charts import continuum_svg, dimensions_svg
from learnerfirst.content import texts
from learnerfirst.pages.learner_power.audit import audit_of
from learnerfirst.pages.learner_power.words import day_words, finding, month_year
from learnerfirst.pages.markup import listing
from learnerfirst.pages.take_home import steps_of
from learnerfirst.workshops import Activity, Workshop, Workshops

NUMBERS_FROM = 10
POINTS = 3
STEPS = 5
ROWS = 9
FIRST_LINES = ("nothing", "count", "exact", "own", "moments", "groups", "marks")


@dataclass(frozen=True)
class Shown:
    """A release, whose it is, and how it is to be drawn."""

    workshops: Workshops = field(repr=False)
    workshop: Workshop
    activity: Activity
    body: Mapping[str, Any]
    theme: str = "light"
    words: Mapping[str, str] = field(default_factory=lambda: texts("projector"), repr=False)
    charts: Mapping[str, str] = field(default_factory=lambda: texts("charts"), repr=False)


def picture(shown: Shown) -> str:
    """The finding and the room on the continuum; where little may be shown, why, and what would help."""
    body, charts = shown.body, shown.charts
    head = f"<h1>{escape(finding(body, texts('learner_power')['finding'], charts))}</h1>"
    if body.get("marks") and not body.get("today"):
        return f'<div class="result rows">{head}{_marks(shown)}</div>'
    if body.get("hidden"):
        said = "".join(
            f"<p>{escape(str(body['hidden'].get(name, '')))}</p>" for name in ("why", "what_helps")
        )
        return f'<div class="middle">{head}{said}</div>'
    if not body.get("today"):
        return f'<div class="result">{head}{_rows(shown)}</div>'
    wanted = charts["wanted_by"].format(month_year=month_year(shown.workshop.wanted_by, short=True))
    labels = {**charts, "wanted": wanted}
    drawn = continuum_svg(
        body["today"], body.get("wanted"), layout="projector", texts=labels, theme=shown.theme
    )
    read = f'<p class="quiet">{escape(shown.words["picture_read"])}</p>'
    first = "".join(f'<p class="first">{point}</p>' for point in _points(shown)[:1])
    return f'<div class="result picture">{head}{drawn}{read}{first}</div>'


def talk(shown: Shown) -> str:
    """What to talk about first, with the questions that open the talk."""
    points = _points(shown)
    if not points:
        return ""
    head = escape(shown.words["talk"])
    return f'<div class="result talk"><h1>{head}</h1>{listing(points, ordered=True)}</div>'


def _points(shown: Shown) -> list[str]:
    return [
        f"<strong>{escape(str(point['words']))}</strong> {escape(str(point.get('prompt') or ''))}"
        for point in shown.body.get("talking_points", ())[:POINTS]
    ]


def dimensions(shown: Shown) -> str:
    """Dimension by dimension, and how far people agree; a pulse has them as its picture already."""
    if not shown.body.get("today") or not shown.body.get("dimensions"):
        return ""
    head = escape(shown.words["dimensions"])
    return f'<div class="result rows"><h1>{head}</h1>{_rows(shown)}</div>'


def _rows(shown: Shown) -> str:
    rows = shown.body.get("dimensions", ())
    exact = (shown.body.get("n") or 0) >= NUMBERS_FROM
    return dimensions_svg(rows, layout="projector", texts=shown.charts, theme=shown.theme, numbers=exact)


def _marks(shown: Shown) -> str:
    """Marks that people placed openly, in order of place, which tells nothing; the first nine, as many as fit."""
    words = texts("learner_power")["reveal"]
    marks = enumerate(shown.body["marks"][:ROWS], 1)
    rows = [{**mark, "name": f"{words['mark']} {number}"} for number, mark in marks]
    labels = {**shown.charts, "dimensions_title": words["marks"]}
    return dimensions_svg(rows, layout="projector", texts=labels, theme=shown.theme, key="dimensions-marks")


def plan(shown: Shown) -> str:
    """The next steps with their days, those that people saved, else those that the quiz suggests."""
    saved = shown.workshops.plan(shown.workshop.code)
    body = {"steps": shown.body.get("plan", ())} if saved is None else saved.body
    steps = steps_of(body["steps"], named=bool(saved is not None and body.get("name_owners")))
    if not steps:
        return ""
    words = shown.words
    lines = []
    for step in sorted(steps, key=lambda step: step["end"])[:STEPS]:
        when = " · ".join(
            part for part in (words["by"].format(day=day_words(step["end"])), step["owner"]) if part
        )
        lines.append(
            f'<span class="two-lines"><span class="quiet">{escape(when)}:</span> <strong>{escape(step["title"])}</strong></span>'
        )
    more = len(steps) - len(lines)
    after = f'<p class="quiet">{escape(words["more_steps"].format(number=more))}</p>' if more else ""
    head = escape(words["plan_suggested" if saved is None else "plan"])
    return f'<div class="result plan"><h1>{head}</h1>{listing(lines, ordered=True)}{after}</div>'


def audit(shown: Shown) -> str:
    """What anyone could work out from this screen."""
    lines = audit_of(shown.workshops, shown.workshop.code, shown.activity.id, shown.body)
    said = [escape(line.words) for line in lines if line.id in FIRST_LINES]
    head = escape(texts("audit")["heading"])
    return f'<div class="result audit"><h1>{head}</h1>{listing(said)}</div>'
