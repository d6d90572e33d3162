"""Notes of meetings and lessons, each on a page of its own to read and print. Everything typed is escaped here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from learnerfirst.communities import CommunityPlan, Experiment, Lesson, Meeting, Method
from learnerfirst.content import texts
from learnerfirst.pages.community.meetings.lessons import lesson_html
from learnerfirst.pages.community.plan.files import STYLE
from learnerfirst.pages.community.words import day_words, said
from learnerfirst.pages.markup import heading, listing, paragraph
from learnerfirst.workshops.community_meetings import KeptMeeting

Words = Mapping[str, Any]
OWN = (
    "article,section{break-inside:avoid-page}section+section{border-block-start:1px solid #d9dce1;padding-block-start:18px}"
    "section h2{font-size:20px;border:0}h3{font-size:15px;color:#0d5f63;margin:12px 0 4px}.note{white-space:pre-line}"
    "dl{margin:0}dt{font-size:14px;color:#4d5868;margin-block-start:8px}dd{margin:0;white-space:pre-line}dd ul{white-space:normal}"
    "article+article{border-block-start:1px solid #d9dce1;margin-block-start:18px;padding-block-start:6px}.lf-quiet{color:#4d5868;font-size:14px}"
    "@media(min-width:700px){thead th,tbody td:nth-of-type(-n+3){white-space:nowrap}}@media print{section h2{font-size:13pt}h3{font-size:10.5pt}}"
)


def minutes_html(
    plan: CommunityPlan, meetings: Sequence[KeptMeeting], method: Method, title: str, mark: str, today: date
) -> str | None:
    """The notes of every meeting that was held, the newest first; None where none was. ``title`` is the workshop's."""
    words = texts("community_meetings")
    held = sorted(
        (one for one in meetings if one.meeting.held), key=lambda one: one.meeting.day, reverse=True
    )
    if not held:
        return None
    body = "".join(_meeting(one, plan, method, words) for one in held)
    return _page(
        words["print"]["minutes_title"].format(name=plan.name),
        title,
        mark,
        today,
        body,
        words["print"]["foot"],
    )


def lessons_html(
    plan: CommunityPlan, lessons: Sequence[Lesson], title: str, mark: str, today: date
) -> str | None:
    """The lessons of closed cycles, the newest first; None where there is none."""
    words = texts("community_meetings")
    if not lessons:
        return None
    body = "".join(lesson_html(one, words["lesson"]) for one in lessons)
    name = words["print"]["lessons_title"].format(name=plan.name)
    return _page(name, title, mark, today, body, words["print"]["lessons_foot"])


def _page(name: str, title: str, mark: str, today: date, body: str, foot: str) -> str:
    about = texts("community_meetings")["print"]["about"]
    line = about.format(title=title, day=day_words(today, said(), weekday=False))
    head = (paragraph(mark, "mark") if mark else "") + paragraph(line, "about") + heading(name, 1)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(name)}</title><style>{STYLE}{OWN}</style></head><body><main>{head}{body}"
        f"{paragraph(foot, 'small')}</main></body></html>"
    )


def _meeting(one: KeptMeeting, plan: CommunityPlan, method: Method, words: Words) -> str:
    meeting, printed = one.meeting, words["print"]
    parts = [heading(day_words(meeting.day, said()))]
    if meeting.topic.strip():
        parts.append(paragraph(meeting.topic))
    if meeting.members:
        counted = words["present"]["held"].format(present=meeting.present, members=meeting.members)
        parts.append(paragraph(counted, "small"))
    before = len(parts)
    parts += [
        heading(phase.name, 3) + paragraph(note, "note")
        for phase in method.phases
        if (note := str(getattr(meeting, phase.id)).strip())
    ]
    if meeting.decisions:
        parts.append(heading(printed["decisions"], 3) + listing(escape(each) for each in meeting.decisions))
    if meeting.experiments:
        parts.append(heading(printed["experiments"], 3) + _tried(meeting, plan, printed))
    if len(parts) == before:
        parts.append(paragraph(printed["nothing"]))
    return f'<section id="{escape(one.id)}">{"".join(parts)}</section>'


def _tried(meeting: Meeting, plan: CommunityPlan, printed: Words) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in printed["head"])
    rows = "".join(_row(each, plan, printed) for each in meeting.experiments)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(each: Experiment, plan: CommunityPlan, printed: Words) -> str:
    owner = plan.member(each.owner)
    due = day_words(each.due, said(), weekday=False) if each.due else ""
    cells = (owner.name if owner else "", due, printed["states"][each.state], each.learned)
    told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{escape(each.text)}</th>{told}</tr>'
