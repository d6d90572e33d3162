"""How alike two names of competencies are, for suggesting what may be one and the same."""

from __future__ import annotations


def alike(one: str, other: str) -> float:
    """From 0 to 1, blind to case, word order and small differences in spelling (rapidfuzz's weighted ratio of tokens).

    >>> alike("Listening actively", "Active listening") > 0.8, alike("Listening", "Budgeting") < 0.7
    (True, True)
    """
    from rapidfuzz import fuzz, utils

    left, right = utils.default_process(one), utils.default_process(other)
    if not left or not right:
        return float(one.strip().casefold() == other.strip().casefold())
    return max(fuzz.token_sort_ratio(left, right), fuzz.ratio(left, right)) / 100
