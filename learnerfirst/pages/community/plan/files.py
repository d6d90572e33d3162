"""The plan on one sheet of A4, and its goals as a table. Everything that people typed is escaped or guarded here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from learnerfirst.communities import CommunityPlan, Goal, Meeting, days_ahead
from learnerfirst.content import texts
from learnerfirst.exchange.cells import guarded
from learnerfirst.exchange.spreadsheets import rows_csv
from learnerfirst.pages.community.words import (
    day_words,
    leads_words,
    place_words,
    purpose_words,
    rhythm_words,
    said,
    seeding_words,
)
from learnerfirst.pages.handout_html import shorten

Words = Mapping[str, Any]
GOALS, DATES, AGREED = 4, 10, 7
LONG, SHORT, AGREE, WORKS, NAMES = 160, 76, 105, 200, 400
"""How many letters each may have so that all of it fits one sheet."""
STYLE = (
    "*{box-sizing:border-box}body{font:16px/1.45 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',sans-serif;"
    "color:#1c2430;background:#faf8f4;margin:0}main{background:#fff;max-width:900px;margin:24px auto;padding:clamp(16px,4vw,48px);"
    "border:1px solid #d9dce1;border-radius:12px;overflow-wrap:anywhere}h1{font-size:clamp(26px,4vw,34px);line-height:1.15;margin:0 0 8px}"
    "h2{font-size:15px;text-transform:none;color:#0d5f63;margin:0 0 6px;border-block-end:2px solid #e3f0ef;padding-block-end:4px}"
    "p{margin:0 0 6px}.about,.small{color:#4d5868;font-size:14px}.purpose{font-size:20px;line-height:1.35;margin-block-end:16px}"
    ".mark,.about{display:inline-block;margin-inline-end:10px}.mark{background:#fdf1df;color:#8a4b08;font-weight:700;padding:2px 10px;border-radius:6px}"
    "section{margin-block-end:18px}.columns{display:grid;gap:0 32px}@media(min-width:700px){.columns{grid-template-columns:1fr 1fr}}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:6px 12px 6px 0;border-block-end:1px solid #d9dce1;font-weight:400}"
    "thead th{font-size:13px;color:#4d5868}tbody th{font-weight:600}th:nth-child(1),td:nth-child(2){width:32%}td:nth-child(3){white-space:nowrap}td:nth-child(4){width:17%}ul{margin:0;padding-inline-start:1.2em}li{margin-block-end:3px}"
    ".dates{list-style:none;padding:0;columns:2;column-gap:16px}@media screen and (max-width:699px){.dates{columns:1}thead{display:none}tr,tbody th,td,td:nth-child(2),td:nth-child(4),th:nth-child(1){display:block;border:0;padding:0;width:auto}"
    "tr{border-block-end:1px solid #d9dce1;padding-block:6px}}.as-written{white-space:pre-line}"
    "@page{size:A4;margin:10mm 14mm}@media print{body{background:#fff;font-size:9pt;line-height:1.27}main{margin:0;padding:0;border:0;max-width:none}"
    "h1{font-size:17pt;margin:0 0 1mm}.purpose{font-size:11pt;margin-block-end:3mm}h2{font-size:10.5pt}.about,.small{font-size:8.5pt}section{margin-block-end:3.5mm;break-inside:avoid}"
    "th,td{padding:1mm 3mm 1mm 0}thead th{font-size:8.5pt}.columns{grid-template-columns:1fr 1fr;gap:0 8mm}}"
)


def plan_html(plan: CommunityPlan, meetings: Sequence[Meeting], title: str, mark: str, today: date) -> str:
    """A page of its own that prints to one A4: ``title`` is the workshop's, ``mark`` says that it does not count."""
    words, told = texts("community_print"), said()
    about = words["about"].format(title=shorten(title, SHORT), day=day_words(today, told, weekday=False))
    head = _p(mark, "mark") + _p(about, "about") + f"<h1>{escape(shorten(plan.name, 50))}</h1>"
    head += _p(shorten(purpose_words(plan.purpose, told), LONG), "purpose")
    left = _when(plan, meetings, today, words, told) + _start(plan, words, told)
    right = _leads(plan, words, told) + _how(plan, words, told)
    body = f'{head}{_goals(plan, words, told)}<div class="columns"><div>{left}</div><div>{right}</div></div>{_people(plan, words)}'
    named = escape(words["title"].format(name=plan.name))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{named}</title><style>{STYLE}</style></head><body><main>{body}{_p(words['foot'], 'small')}</main></body></html>"
    )


def goals_csv(plan: CommunityPlan) -> bytes | None:
    """A row a goal; no cell is a formula. None where there is no goal."""
    if not plan.goals:
        return None
    rows = []
    for goal in plan.goals:
        owner = plan.member(goal.owner)
        due = goal.due.isoformat() if goal.due else ""
        cells = (goal.text, goal.measure, goal.target, due, owner.name if owner else "")
        rows.append(tuple(guarded(cell) for cell in cells))
    return rows_csv(texts("community_print")["csv_head"], rows)


def _p(text: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f"<p{named}>{escape(text)}</p>" if text.strip() else ""


def _section(title: str, inside: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{inside}</section>"


def _list(items: Iterable[str], kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f"<ul{named}>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"


def _goals(plan: CommunityPlan, words: Words, told: Words) -> str:
    if not plan.goals:
        return _section(words["goals"], _p(words["goals_none"]))
    rows = ""
    for goal in plan.goals[:GOALS]:
        owner = plan.member(goal.owner)
        cells = (
            shorten(_seen(goal), SHORT),
            day_words(goal.due, told, weekday=False) if goal.due else "",
            shorten(owner.name, 40) if owner else told["nobody"],
        )
        said_ = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        rows += f'<tr><th scope="row">{escape(shorten(goal.text, SHORT))}</th>{said_}</tr>'
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in words["goals_head"])
    left = len(plan.goals) - GOALS
    more = _p(words["goals_more"].format(count=left), "small") if left > 0 else ""
    return _section(
        words["goals"], f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}"
    )


def _seen(goal: Goal) -> str:
    """The measure, and how much of it."""
    measure, target = goal.measure.strip(), goal.target.strip()
    return f"{measure} ({target})" if measure and target else measure or target


def _when(plan: CommunityPlan, meetings: Sequence[Meeting], today: date, words: Words, told: Words) -> str:
    how, days = plan.logistics, days_ahead(plan.logistics, meetings, today)
    between = told["between"].format(channel=how.between.strip()) if how.between.strip() else ""
    rhythm = rhythm_words(how, told) if how.first else ""
    lines = [rhythm, *(shorten(line, SHORT) for line in (place_words(how, told), between))]
    inside = "".join(_p(line) for line in lines) or _p(words["when_none"])
    if days:
        inside += _p(words["dates"], "small")
        inside += _list((day_words(day, told, weekday=False) for day in days[:DATES]), "dates")
    if len(days) > DATES:
        last = day_words(days[-1], told, weekday=False)
        inside += _p(words["dates_more"].format(count=len(days) - DATES, day=last), "small")
    return _section(words["when"], inside)


def _start(plan: CommunityPlan, words: Words, told: Words) -> str:
    if plan.seeding is None:
        return ""
    found = [one.name for key in plan.seeding.champions if (one := plan.member(key))]
    names = shorten(", ".join(found), SHORT)
    first = _p(words["champions"].format(names=names)) if names else ""
    return _section(words["start"], _p(seeding_words(plan.seeding, told)) + first)


def _people(plan: CommunityPlan, words: Words) -> str:
    names = [shorten(one.name, 40) for one in plan.members]
    fitting = named_in(names)
    line = ", ".join(names[:fitting])
    if len(names) > fitting:
        line += " " + words["members_more"].format(count=len(names) - fitting)
    return _section(words["members"].format(count=plan.size), _p(line or words["members_none"]))


def named_in(names: Sequence[str], room: int = NAMES) -> int:
    """How many names, with a comma after each, fit into so many letters.

    >>> named_in(["Ana", "Bo", "Kei"], 9), named_in(["Ana"], 0)
    (2, 0)
    """
    used = 0
    for count, name in enumerate(names):
        used += len(name) + 2
        if used > room:
            return count
    return len(names)


def _leads(plan: CommunityPlan, words: Words, told: Words) -> str:
    lines = leads_words(plan, told) or (words["leads_none"],)
    return _section(words["leads"], "".join(_p(line) for line in lines))


def _how(plan: CommunityPlan, words: Words, told: Words) -> str:
    how = plan.logistics
    decides = words["decides"].format(how=told["decides_short"][how.decides]) if how.decides else ""
    works = shorten(how.works, WORKS)
    inside = _p(works) + _p(decides)
    if plan.agreement:
        inside += _list(shorten(line, AGREE) for line in plan.agreement[:AGREED])
        left = len(plan.agreement) - AGREED
        inside += _p(words["agreed_more"].format(count=left), "small") if left > 0 else ""
    return _section(words["how"], inside or _p(words["how_none"]))
