"""What released gaps say in words: shares, levels, headlines. All of it from the bands that were shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from learnerfirst.gaps.told import Limits, Told
from learnerfirst.privacy.wording import NUMBERS_FROM, count_word
from learnerfirst.workshops.gap_results import RoleGaps

Texts = Mapping[str, Any]
NAMED = 3
AT_STAKE = 0.25


def share_words(limits: Limits, n: int, texts: Texts, counts: Mapping[str, str]) -> str:
    """A share of ``n`` people: in words under ten, else between two rounded ends. ``counts``: of ``privacy.yaml``."""
    low, high = limits
    if high == 0:
        return str(texts["nobody"])
    if n < NUMBERS_FROM:
        return _few_words(limits, n, counts)
    ends = {"low": round(100 * low / n), "high": round(100 * high / n)}
    if low == 0:
        return str(texts["at_most"].format(percent=ends["high"]))
    if high == n:
        return str(texts["at_least"].format(percent=ends["low"]))
    return str(texts["between"].format(**ends))


def _few_words(limits: Limits, n: int, counts: Mapping[str, str]) -> str:
    """One word, or two where a band that was worked out of two others reaches over both."""
    words = list(dict.fromkeys(counts[count_word(count, n)] for count in limits))
    return words[0] if len(words) == 1 else " – ".join(words)


def median_words(one: Told, texts: Texts) -> str:
    """The median level, or the two between which it lies."""
    if one.median is None:
        return str(texts["gaps"]["not_told"])
    low, high = one.median
    return f"{low}" if low == high else str(texts["level_between"].format(low=low, high=high))


def number(value: float) -> str:
    """A level or score without needless digits.

    >>> number(3.0), number(2.46), number(-0.04)
    ('3', '2.5', '0')
    """
    return f"{round(value, 1) + 0.0:g}"


def listed(names: Sequence[str], texts: Texts) -> str:
    """Names as one reads them; of many the first three."""
    shown = list(names[:NAMED])
    if len(names) > NAMED:
        shown.append(str(texts["more"]).format(count=len(names) - NAMED))
    if len(shown) == 1:
        return shown[0]
    return str(texts["comma"]).join(shown[:-1]) + str(texts["and"]) + shown[-1]


def gaps_headline(shown: RoleGaps, texts: Texts) -> str:
    """What comes first, or that the first few can't be told apart."""
    words = texts["headline"]
    tied = shown.tied
    if not tied:
        return str(words["no_scores"].format(role=shown.label))
    names = [one.competency.name for one in tied]
    if len(tied) == 1:
        return str(words["clear"].format(role=shown.label, first=names[0]))
    told = listed(names, texts)
    return str(words["tied"].format(role=shown.label, count=len(tied), n=shown.n, names=told))


def typical_levels(shown: RoleGaps) -> dict[str, float]:
    """From where a role's gaps are looked at: the middle of the median; below what is needed where a quarter or more are."""
    found = {}
    for one in shown.told:
        if one.middle is None:
            continue
        level = one.middle
        if one.share_below >= AT_STAKE:
            level = min(level, max(shown.profile.scale.low, one.competency.required - 1))
        found[one.competency.id] = float(level)
    return found
