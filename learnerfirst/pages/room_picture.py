"""The picture of the room on a phone: the same release that the projector shows, as a piece of a page."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from learnerfirst import content
from learnerfirst.charts import continuum_svg, dimensions_svg
from learnerfirst.pages.learner_power.guess import guess_picture, guess_words
from learnerfirst.pages.learner_power.words import finding, month_year

NUMBERS_FROM = 10


def room_piece(release: Mapping[str, Any]) -> str:
    """Return cards for a page that has our style sheets; no style attributes, no scripts, everything escaped."""
    texts, charts = content.texts("live_room"), content.texts("charts")
    words = texts["picture"]
    said = finding(release, content.texts("learner_power")["finding"], charts)
    inside = [
        f'<p class="lf-headline">{escape(said)}</p>',
        _hidden(release),
        _continuum(release, words, charts),
    ]
    inside += [_talk(release, words), _dimensions(release, words, charts), _marks(release, words, charts)]
    people = str(release.get("n_words") or "")
    if people:
        inside.append(f'<p class="small quiet">{escape(people)}</p>')
    card = f'<section class="card"><h2>{escape(words["title"])}</h2>{"".join(inside)}</section>'
    return card + _guess(release, texts["guess"], charts)


def _hidden(release: Mapping[str, Any]) -> str:
    hidden: Mapping[str, Any] = release.get("hidden") or {}
    return "".join(
        f"<p>{escape(str(hidden[name]))}</p>" for name in ("why", "what_helps") if hidden.get(name)
    )


def _continuum(release: Mapping[str, Any], words: Mapping[str, str], charts: Mapping[str, str]) -> str:
    if not release.get("today"):
        return ""
    by = month_year(str(release["wanted_by"]), short=True)
    labels = {**charts, "wanted": charts["wanted_by"].format(month_year=by)}
    drawn = continuum_svg(release["today"], release.get("wanted"), layout="phone", texts=labels, key="room")
    return f'<div class="lf-picture">{drawn}</div><p class="small quiet">{escape(words["read"])}</p>'


def _talk(release: Mapping[str, Any], words: Mapping[str, str]) -> str:
    points = release.get("talking_points") or ()
    if not points:
        return ""
    first = points[0]
    text = f"<b>{escape(str(first['words']))}</b> {escape(str(first.get('prompt') or ''))}"
    return f"<h3>{escape(words['talk'])}</h3><p>{text}</p>"


def _dimensions(release: Mapping[str, Any], words: Mapping[str, str], charts: Mapping[str, str]) -> str:
    rows = release.get("dimensions") or ()
    if not rows:
        return ""
    exact = (release.get("n") or 0) >= NUMBERS_FROM
    drawn = dimensions_svg(rows, layout="phone", texts=charts, key="room-dimensions", numbers=exact)
    inside = f'<div class="lf-picture">{drawn}</div>'
    return f"<details><summary>{escape(words['dimensions'])}</summary>{inside}</details>"


def _marks(release: Mapping[str, Any], words: Mapping[str, str], charts: Mapping[str, str]) -> str:
    found = release.get("marks") or ()
    if not found:
        return ""
    rows = [{**mark, "name": f"{words['mark']} {number}"} for number, mark in enumerate(found, 1)]
    labels = {**charts, "dimensions_title": words["marks"]}
    drawn = dimensions_svg(rows, layout="phone", texts=labels, key="room-marks")
    return f'<h3>{escape(words["marks"])}</h3><div class="lf-picture">{drawn}</div>'


def _guess(release: Mapping[str, Any], words: Mapping[str, str], charts: Mapping[str, str]) -> str:
    said = guess_words(release, words)
    if not said:
        return ""
    drawn = guess_picture(release, charts, words, layout="phone", key="room-guess")
    first, *rest = said
    inside = f"<p><b>{escape(first)}</b></p>" + (f'<div class="lf-picture">{drawn}</div>' if drawn else "")
    inside += f"<p>{escape(' '.join(rest))}</p>" if rest else ""
    return f'<section class="card"><h2>{escape(words["title"])}</h2>{inside}</section>'
