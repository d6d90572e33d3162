"""What people take home as HTML: a piece of a participant page, or a file of its own. Everything is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from learnerfirst.pages.learner_power.words import day_words
from learnerfirst.pages.take_home import TakeHome

STATIC = Path(__file__).parent / "static"
POINTS = 3


def piece(taken: TakeHome, texts: Mapping[str, Any]) -> str:
    """Cards for a page that has our style sheets; no style attributes, no scripts."""
    return "".join([_head(taken, texts), _plan(taken, texts), _talk(taken, texts)])


def document(taken: TakeHome, texts: Mapping[str, Any], language: str = "en") -> str:
    """A whole page that needs nothing else, to be kept on a phone."""
    css = "".join((STATIC / name).read_text("utf-8") for name in ("look.css", "questionnaire.css"))
    title = escape(f"{taken.title}: {texts['title']}")
    head = (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title><style>{css}</style></head>'
    )
    return (
        f'{head}<body><main class="phone lf-questionnaire stack"><h1>{escape(taken.title)}</h1>'
        f'<div class="lf-own">{piece(taken, texts)}</div></main></body></html>'
    )


def when(step: Mapping[str, str], texts: Mapping[str, Any]) -> str:
    """The first and the last day of a step, as people say them."""
    return str(texts["until"]).format(start=day_words(step["start"]), end=day_words(step["end"]))


def _head(taken: TakeHome, texts: Mapping[str, Any]) -> str:
    mark = f'<p><span class="tag guess">{escape(taken.mark)}</span></p>' if taken.mark else ""
    hidden: Mapping[str, str] = taken.release.get("hidden") or {}
    said = "".join(
        f"<p>{escape(str(hidden[name]))}</p>" for name in ("why", "what_helps") if hidden.get(name)
    )
    drawn = taken.picture()
    if drawn:
        said += f'<div class="lf-picture">{drawn}</div><p class="small quiet">{escape(texts["read"])}</p>'
    return (
        f'<section class="card">{mark}<h2 class="lf-headline">{escape(taken.finding)}</h2>'
        f'<p class="small quiet">{escape(taken.about)}</p>{said}'
        f'<p class="small quiet">{escape(texts["unvalidated"])}</p></section>'
    )


def _plan(taken: TakeHome, texts: Mapping[str, Any]) -> str:
    title = f"<h2>{escape(texts['plan'])}</h2>"
    if not taken.steps:
        return f'<section class="card">{title}<p>{escape(texts["plan_none"])}</p></section>'
    note = f'<p class="small quiet">{escape(texts["suggested"])}</p>' if taken.suggested else ""
    items = "".join(f"<li>{''.join(_step(step, texts))}</li>" for step in taken.steps)
    return f'<section class="card">{title}{note}<ol class="lf-plan">{items}</ol></section>'


def _step(step: Mapping[str, str], texts: Mapping[str, Any]) -> Iterable[str]:
    yield f'<p class="small quiet">{escape(when(step, texts))}</p><p><b>{escape(step["title"])}</b></p>'
    if step["owner"]:
        yield f"<p>{escape(texts['owner'].format(owner=step['owner']))}</p>"
    if step["detail"]:
        yield f"<p>{escape(step['detail'])}</p>"
    if step["source"]:
        yield f'<p class="small quiet">{escape(step["source"])}</p>'


def _talk(taken: TakeHome, texts: Mapping[str, Any]) -> str:
    if not taken.points:
        return ""
    items = "".join(
        f"<li><b>{escape(words)}</b> {escape(prompt)}</li>" for words, prompt in taken.points[:POINTS]
    )
    return f'<section class="card"><h2>{escape(texts["talk"])}</h2><ol>{items}</ol></section>'
