"""An own result as HTML: a piece of a page, or a file of its own. Everything that comes in is escaped here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from learnerfirst.learner_power.plan import PlanStep
    from learnerfirst.pages.own_result import Choice, Meaning, OwnResult

STATIC = Path(__file__).parent / "static"
UNFOLDED = 8
"""So many answers stand open; more would push the key to them out of sight."""


def piece(result: OwnResult, all_texts: Mapping[str, Any]) -> str:
    """Cards for a page that has our style sheets; the picture's SVG is our own and already safe."""
    texts, months = all_texts["result"], all_texts["months"]
    parts = [
        _mark(result, all_texts["page"]),
        _finding(result, texts),
        *result.cards,
        _meaning(result, texts),
        _held_back(result, texts),
        _next(result, texts),
    ]
    parts += [_plan(result, texts, months), _choices(result, texts), _foot(result, texts)]
    return "".join(parts)


def document(result: OwnResult, all_texts: Mapping[str, Any]) -> str:
    """A whole page that needs nothing else, to be kept on a phone."""
    title = escape(result.title or all_texts["result"]["file_title"])
    css = "".join((STATIC / name).read_text("utf-8") for name in ("look.css", "questionnaire.css"))
    head = (
        f'<!doctype html><html lang="{escape(result.language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title>'
        f"<style>{css}</style></head>"
    )
    body = piece(result, all_texts).replace("<details>", "<details open>")
    return f'{head}<body><main class="phone lf-questionnaire"><h2>{title}</h2><div class="lf-own">{body}</div></main></body></html>'


def _mark(result: OwnResult, texts: Mapping[str, str]) -> str:
    """What does not count says so."""
    if result.kind == "real":
        return ""
    return f'<p class="tag guess">{escape(texts[f"kind_{result.kind}"])}</p>'


def _only_choices(result: OwnResult) -> bool:
    """Whether there is nothing to say but what was chosen: then one card says it."""
    return bool(result.choices) and not (result.notes or result.picture or result.rows or result.cards)


def _finding(result: OwnResult, texts: Mapping[str, str]) -> str:
    if _only_choices(result):
        return ""
    notes = "".join(f"<p>{escape(note)}</p>" for note in result.notes)
    picture = ""
    if result.picture:
        picture = f'<div class="lf-picture">{result.picture}</div><p class="small quiet">{escape(texts["read_chart"])}</p>'
    rows = "".join(
        f'<tr><th scope="row">{escape(when)}</th><td>{escape(text)}</td></tr>' for when, text in result.rows
    )
    table = ""
    if rows:
        table = f"<details><summary>{escape(texts['as_table'])}</summary><table><tbody>{rows}</tbody></table></details>"
    return f'<section class="card"><h3 class="lf-headline">{escape(result.headline)}</h3>{picture}{notes}{table}</section>'


def _meaning(result: OwnResult, texts: Mapping[str, str]) -> str:
    if not result.meanings:
        return ""
    inner = "".join(_stage(one, texts) for one in result.meanings)
    return f'<section class="card"><h3>{escape(texts["meaning_title"])}</h3>{inner}</section>'


def _stage(one: Meaning, texts: Mapping[str, str]) -> str:
    return (
        f'<div class="lf-meaning"><h4>{escape(one.name)} <span class="tag">{escape(one.when)}</span></h4>'
        f"<p>{escape(one.description)}</p><dl><dt>{escape(texts['gives'])}</dt><dd>{escape(one.gives)}</dd>"
        f"<dt>{escape(texts['costs'])}</dt><dd>{escape(one.costs)}</dd></dl></div>"
    )


def _held_back(result: OwnResult, texts: Mapping[str, str]) -> str:
    if result.held_back is None:
        return ""
    title = f"<h3>{escape(texts['held_title'])}</h3>"
    if not result.held_back:
        return f'<section class="card">{title}<p>{escape(texts["held_none"])}</p></section>'
    items = "".join(f"<li>{escape(name)}</li>" for name in result.held_back)
    return f'<section class="card">{title}<ul>{items}</ul></section>'


def _next(result: OwnResult, texts: Mapping[str, str]) -> str:
    if not result.next_steps:
        return ""
    first, *others = (escape(step) for step in result.next_steps)
    items = f"<ul>{''.join(f'<li>{step}</li>' for step in others)}</ul>" if others else ""
    return f'<section class="card"><h3>{escape(texts["next_title"])}</h3><p>{first}</p>{items}</section>'


def _plan(result: OwnResult, texts: Mapping[str, str], months: Sequence[str]) -> str:
    if not result.plan:
        return ""
    items = "".join(_step(step, texts, months) for step in result.plan)
    return f'<section class="card"><h3>{escape(texts["plan_title"])}</h3><ol class="lf-plan">{items}</ol></section>'


def _step(step: PlanStep, texts: Mapping[str, str], months: Sequence[str]) -> str:
    first, last = (f"{day.day} {months[day.month - 1]} {day.year}" for day in (step.start, step.end))
    basis = f"{step.basis} ({step.source})" if step.source else step.basis
    length = texts["plan_length"].format(basis=basis) if basis else ""
    detail = f"<p>{escape(step.detail)}</p>" if step.detail else ""
    return (
        f'<li><p class="small quiet">{escape(first)} – {escape(last)}</p><p><b>{escape(step.title)}</b></p>'
        f'{detail}<p class="small quiet">{escape(length)}</p></li>'
    )


def _choices(result: OwnResult, texts: Mapping[str, str]) -> str:
    if not result.choices:
        return ""
    inner = "".join(_choice(one, texts) for one in result.choices)
    title = texts["choices_title" if any(one.gives for one in result.choices) else "choices_plain"]
    if _only_choices(result):
        folded = f"<details><summary>{escape(title)}</summary>{inner}</details>"
        told = inner if len(result.choices) <= UNFOLDED else folded
        return f'<section class="card"><h3 class="lf-headline">{escape(result.headline)}</h3>{told}</section>'
    return f'<section class="card"><details><summary>{escape(title)}</summary>{inner}</details></section>'


def _choice(one: Choice, texts: Mapping[str, str]) -> str:
    wanted = f' <span class="quiet">→ {escape(one.wanted)}</span>' if one.wanted else ""
    pair = ""
    if one.gives:
        gives, costs = escape(texts["benefit"]), escape(texts["cost"])
        pair = f'<p class="small">{gives}: {escape(one.gives)} · {costs}: {escape(one.costs)}</p>'
    return (
        f'<div class="lf-choice"><p class="small quiet">{escape(one.question)}</p>'
        f"<p><b>{escape(one.today)}</b>{wanted}</p>{pair}</div>"
    )


def _foot(result: OwnResult, texts: Mapping[str, str]) -> str:
    status = texts["status"].format(status=result.status.lower()) if result.status else ""
    lines = [line for line in (status, result.credit) if line]
    return f'<p class="small quiet lf-foot">{escape(" ".join(lines))}</p>' if lines else ""
