"""What the monthly look says, in sentences: the finding, what to do this month, who starts things."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from learnerfirst.communities.activity import share_started
from learnerfirst.communities.health import FEW
from learnerfirst.communities.method import Method
from learnerfirst.communities.monthly import Look
from learnerfirst.pages.community.words import day_words as plain_day
from learnerfirst.pages.community.words import said

Words = Mapping[str, Any]
AT_ONCE = 3


def day_words(day: date) -> str:
    """A day without its weekday.

    >>> day_words(date(2026, 11, 30))
    '30 November 2026'
    """
    return plain_day(day, said(), weekday=False)


def percent(share: float) -> str:
    """A share in whole percent.

    >>> percent(0.583)
    '58'
    """
    return f"{100 * share:.0f}"


def finding_words(look: Look, words: Words) -> str:
    """The page's headline: what was found, and how much else needs a look."""
    found, health = look.finding, look.health
    months = f"{health.inception or 0:.0f}"
    said: str = words["finding"][found].format(name=look.plan.name, months=months, held=health.held)
    if found != health.stage or not look.concerns:
        return said
    form = "finding_one" if look.concerns == 1 else "finding_some"
    told: str = words[form].format(finding=said, count=look.concerns)
    return told


def to_do(look: Look, method: Method) -> tuple[str, ...]:
    """What to do, the most important first, as markup: warnings, then risks that show; without any, what the stage asks for."""
    found = [escape(one) for one in look.health.warnings]
    found += [
        f"<strong>{escape(one.name)}.</strong> {escape(one.seen[0])} {escape(one.do)}" for one in look.live
    ]
    return tuple(found or [escape(method.stages[look.health.stage].do)])


def own_words(look: Look, words: Words) -> tuple[str, ...]:
    """Who starts things, in sentences: the share, why the half, how many months."""
    health, own = look.health, look.health.own
    if own is None:
        found = [words["unknown"]]
    else:
        found = [words["half" if health.mass else "below"].format(percent=percent(own))]
    found.append(words["why"])
    if own is not None and not health.mass and "long_inception" not in health.kinds:
        found.append(words["help"])
    if health.inception is not None:
        found.append(_months(look, words))
    return tuple(found)


def _months(look: Look, words: Words) -> str:
    health = look.health
    months = f"{health.inception or 0:.0f}"
    form = "months_mass" if health.mass else "months_over" if "long_inception" in health.kinds else "months"
    if form == "months":
        form = {"0": "months_none", "1": "months_one"}.get(months, form)
    return str(words[form].format(months=months))


def counted_words(look: Look, words: Words) -> tuple[str, ...]:
    """Up to when a forum or chat was counted; how many people wrote, from five on."""
    activity = look.activity
    if activity is None:
        return ()
    found = [words["counted"].format(day=day_words(activity.last))]
    if activity.people >= FEW:
        found.append(words["people"].format(count=activity.people))
    return tuple(found)


def month_rows(look: Look, words: Words) -> tuple[tuple[str, int, int, int, str], ...]:
    """A row a month: what was started, by members, answers, and the share where it says anything."""
    rows = []
    for one in look.activity.months if look.activity else ():
        share = share_started((one,))
        told = words["few"] if share is None else f"{percent(share)} %"
        rows.append((one.month, one.started, one.by_members, one.answered, told))
    return tuple(rows)
