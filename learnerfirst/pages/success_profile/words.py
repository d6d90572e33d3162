"""Numbers, levels and agreement in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from learnerfirst.success_profiles.ratings import Spread


def counted(texts: Mapping[str, Any], name: str, number: int) -> str:
    """The words for one, or for several, not filled in yet.

    >>> counted({"people_one": "one", "people_many": "{count}"}, "people", 1)
    'one'
    """
    return str(texts[f"{name}_one" if number == 1 else f"{name}_many"])


def number_words(value: float | None) -> str:
    """A number as short as it is: halves with one decimal; a dash where there is none.

    >>> number_words(3.0), number_words(3.5), number_words(None)
    ('3', '3.5', '–')
    """
    return "–" if value is None else f"{round(value, 2):g}"


def agreement_words(spread: Spread, texts: Mapping[str, Any]) -> str:
    """How far the room agrees, in words; from ten people on with the index r_wg beside them."""
    if spread.agreement is None:
        return str(texts["agreement"]["one" if spread.n == 1 else "none"])
    said = str(texts["agreement"][spread.agreement])
    return (
        said if spread.r_wg is None else texts["agreement"]["number"].format(words=said, number=spread.r_wg)
    )


def range_words(spread: Spread, texts: Mapping[str, Any]) -> str:
    """From the lowest to the highest rating."""
    if spread.low is None or spread.high is None:
        return ""
    low, high = number_words(spread.low), number_words(spread.high)
    return str(texts["all_say" if low == high else "from_to"].format(low=low, high=high))
