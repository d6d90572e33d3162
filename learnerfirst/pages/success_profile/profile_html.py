"""A success profile as a sheet: what each competency is, what one sees at each level, which level the job needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from learnerfirst.pages.markup import details, heading, paragraph
from learnerfirst.pages.success_profile.words import counted, number_words
from learnerfirst.success_profiles import MANY, Competency, SuccessProfile, difference

OPEN_AT_FIRST = 3


def sheet(profile: SuccessProfile, texts: Mapping[str, Any]) -> str:
    """The whole profile by its headings; the first few open, so that one sees what a level looks like."""
    found, number = "", 0
    for group in profile.groups:
        rows = ""
        for one in (each for each in profile.competencies if each.group == group):
            rows += _competency(one, profile, texts, opened=number < OPEN_AT_FIRST)
            number += 1
        title = heading(group or texts["no_group"], 2) if group or len(profile.groups) > 1 else ""
        found += f'<section class="lf-card lf-sheet-group">{title}{rows}</section>'
    return found


def _competency(one: Competency, profile: SuccessProfile, texts: Mapping[str, Any], *, opened: bool) -> str:
    needs = texts["needs"].format(
        required=number_words(one.required),
        high=number_words(profile.scale.high),
        importance=number_words(one.importance),
    )
    goal = f' <span class="lf-tag">{escape(one.goal)}</span>' if one.goal else ""
    about = paragraph(one.description, "lf-quiet") if one.description else ""
    levels = ""
    if one.levels:
        levels = details(texts["levels"], _ladder(one, profile, texts))
        if opened:
            levels = levels.replace("<details>", "<details open>", 1)
    return (
        f'<article class="lf-competency">{heading(one.name, 3)}'
        f"{_steps(one, profile)}<p><strong>{escape(needs)}</strong>{goal}</p>{about}{levels}</article>"
    )


def _steps(one: Competency, profile: SuccessProfile) -> str:
    """The scale as steps, filled up to the level that the job needs; the words under it say the same."""
    points = profile.scale.points
    width = 100 / (len(points) - 1)
    drawn = ""
    for at in range(len(points) - 1):
        share = min(1.0, max(0.0, one.required - points[at]))
        left = at * width
        drawn += f'<rect x="{left:.2f}" width="{width - 1:.2f}" height="8" class="lf-step-all"/>'
        if share:
            drawn += (
                f'<rect x="{left:.2f}" width="{(width - 1) * share:.2f}" height="8" class="lf-step-needed"/>'
            )
    return f'<svg class="lf-steps-needed" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>'


def _ladder(one: Competency, profile: SuccessProfile, texts: Mapping[str, Any]) -> str:
    """The levels from low to high; the required one, or the one above a level between two, is marked."""
    rows = ""
    marked = next(
        (point for point in profile.scale.points if point >= one.required), profile.scale.points[-1]
    )
    for point, words in zip(profile.scale.points, one.levels, strict=True):
        here = point == marked
        mark = f' <span class="lf-tag">{escape(texts["required"])}</span>' if here else ""
        kind = ' class="lf-required"' if here else ""
        rows += f"<li{kind}><b>{point}</b><span>{escape(words)}{mark}</span></li>"
    return f'<ul class="lf-ladder">{rows}</ul>'


def stamps(profile: SuccessProfile, today: date, texts: Mapping[str, Any], stamp: str) -> str:
    """What has to be said above the sheet: that it is a draft, that it is old, that it is long."""
    found = ""
    if profile.draft:
        found += f'<p class="lf-watermark">{escape(stamp[:1].upper() + stamp[1:])}</p>'
        found += paragraph(texts["draft_why"], "lf-quiet lf-small")
    if profile.due(today):
        found += paragraph(texts["due"].format(day=day_words(profile.due_on, texts)), "lf-note lf-warn")
    if profile.too_many:
        found += paragraph(
            texts["many"].format(count=len(profile.competencies), most=MANY), "lf-note lf-warn"
        )
    return found


def about(profile: SuccessProfile, texts: Mapping[str, Any]) -> str:
    """Version, who built it and when, until when it holds, whom to credit."""
    who = ", ".join(texts["builders"][one] for one in profile.built_by) or texts["nobody"]
    built = texts["built"].format(version=profile.version, who=who, day=day_words(profile.built_on, texts))
    lines = [built]
    if profile.due_on is not None:
        lines.append(texts["due_on"].format(day=day_words(profile.due_on, texts)))
    if profile.source:
        lines.append(texts["credit"].format(source=profile.source))
    return "".join(paragraph(line, "lf-quiet") for line in lines)


def changes(older: SuccessProfile, newer: SuccessProfile, texts: Mapping[str, Any]) -> str:
    """What a newer version has otherwise, in words; one line a kind of change."""
    found = difference(older, newer)
    names = {one.id: one.name for one in (*older.competencies, *newer.competencies)}
    lines = ""
    for kind in ("added", "dropped", "reworded"):
        listed = [names[key] for key in getattr(found, kind)]
        if listed:
            lines += paragraph(texts[kind].format(names=", ".join(listed)))
    for key in found.reset:
        before, after = older.by_id[key], newer.by_id[key]
        told = texts["reset"].format(
            name=names[key],
            importance=_moved(before.importance, after.importance),
            required=_moved(before.required, after.required),
        )
        lines += paragraph(told)
    return lines or paragraph(texts["same"])


def _moved(before: float, after: float) -> str:
    if before == after:
        return number_words(after)
    return f"{number_words(before)} → {number_words(after)}"


def day_words(day: date | None, texts: Mapping[str, Any]) -> str:
    """A day such as 22 November 2026; words where it is not known."""
    if day is None:
        return str(texts["no_day"])
    return f"{day.day} {texts['months'][day.month - 1]} {day.year}"


def count_words(profile: SuccessProfile, texts: Mapping[str, Any], name: str) -> str:
    """Words that count the competencies."""
    number = len(profile.competencies)
    return counted(texts, name, number).format(count=number, role=profile.role, version=profile.version)
