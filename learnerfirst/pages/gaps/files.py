"""What the page shows, as files: tables for spreadsheets, a report to read and print, decisions for the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

from learnerfirst.charts.gap_bars import gap_bars
from learnerfirst.content import texts as words_of
from learnerfirst.exchange.calendar import plan_calendar
from learnerfirst.exchange.cells import guarded
from learnerfirst.exchange.spreadsheets import rows_csv
from learnerfirst.pages.gaps.html import below_words, first_table, notes, ranks_table
from learnerfirst.pages.gaps.words import gaps_headline, median_words, number
from learnerfirst.pages.markup import paragraph, table
from learnerfirst.workshops.gap_decisions import Decision
from learnerfirst.workshops.gap_results import RoleGaps

STYLE = (
    "body{font:17px/1.5 system-ui,sans-serif;color:#1c2430;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:start;padding:.4em .6em;border-bottom:1px solid #d9dce1;"
    "vertical-align:top}svg{max-width:100%;height:auto}h2{margin-top:2em}.lf-scroll{overflow-x:auto}"
    ".lf-hidden-text{font-size:0}.mark{font-weight:700;color:#8a4b08}@media print{section{break-inside:avoid}}"
)


def gaps_csv(shown: Sequence[RoleGaps]) -> bytes:
    """A row a role and competency, in the words in which it is shown; no cell is a formula."""
    texts, counts = words_of("gaps_page"), words_of("privacy")["counts"]
    rows = [
        (
            guarded(role.label),
            role.n,
            "" if one.rank is None else one.rank,
            guarded(one.competency.name),
            below_words(one, texts, counts),
            median_words(one, texts),
            number(one.competency.required),
            number(one.competency.importance),
            "" if one.mwds is None else number(one.mwds),
            "" if one.interval is None else number(one.interval.low),
            "" if one.interval is None else number(one.interval.high),
            "yes" if one.tied else "no",
            one.split,
            one.quadrants[0] if one.quadrants else "",
            guarded(one.competency.goal),
        )
        for role in shown
        for one in role.told
    ]
    return rows_csv(texts["files"]["gaps_head"], rows)


def decisions_csv(decisions: Sequence[Decision]) -> bytes:
    """A row a decision; no cell is a formula."""
    texts = words_of("gaps_page")
    rows = [
        tuple(
            guarded(cell)
            for cell in (
                one.role,
                one.name,
                texts["next"]["options"][one.option],
                one.what,
                one.owner,
                one.due,
            )
        )
        for one in decisions
    ]
    return rows_csv(texts["files"]["decisions_head"], rows)


def decisions_calendar(decisions: Sequence[Decision], title: str, scope: str, stamp: date) -> bytes:
    """Each decision as a day in the calendar."""
    steps = [
        {
            "title": one.what,
            "start": one.due,
            "end": one.due,
            "owner": one.owner,
            "detail": f"{one.role}: {one.name}",
        }
        for one in decisions
    ]
    name = words_of("gaps_page")["files"]["calendar_name"].format(title=title)
    return plan_calendar(steps, name=name, scope=f"gaps {scope}", stamp=stamp)


def report_html(workshop: Any, shown: Sequence[RoleGaps], decisions: Sequence[Decision]) -> str:
    """One page to read and print: each role with its picture, its table, its notes; then what was decided."""
    texts, counts = words_of("gaps_page"), words_of("privacy")["counts"]
    title = texts["files"]["report_title"].format(title=workshop.title)
    mark = texts[workshop.kind] if workshop.kind != "real" else ""
    parts = [f"<h1>{escape(title)}</h1>", paragraph(mark, "mark") if mark else ""]
    for number_, role in enumerate(shown):
        drawn = gap_bars(role.told, bars_words(role), words_of("gap_bars"), key=f"bars-{number_}")
        inside = [
            drawn,
            notes(role, texts, counts),
            first_table(role, texts, counts),
            ranks_table(role, texts),
        ]
        parts.append(f"<section><h2>{escape(gaps_headline(role, texts))}</h2>{''.join(inside)}</section>")
    if decisions:
        words = texts["next"]
        rows = [[one.due, one.name, one.what, one.owner] for one in decisions]
        inside_ = table(words["caption"], words["head"], rows)
        parts.append(f"<section><h2>{escape(words['heading'])}</h2>{inside_}</section>")
    parts.append(paragraph(texts["files"]["report_note"]))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>{''.join(parts)}</main></body></html>"
    )


def bars_words(role: RoleGaps) -> list[str]:
    """What stands beside each bar: how many are below."""
    texts, counts = words_of("gaps_page"), words_of("privacy")["counts"]
    return [below_words(one, texts, counts) for one in role.told]
