"""What a room guessed about itself, as it may be told: two places, rounded like the answers to one question.

Nothing else of the guesses is told, and whatever is said in words follows from these two places and the release.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from learnerfirst.privacy.wording import THRESHOLD, told_mean


def tell_guesses(guesses: Sequence[Mapping[str, int]]) -> dict[str, Any] | None:
    """Return ``n`` and the told means of ``today`` and ``wanted`` (0 to 3); None where nobody guessed.

    ``guesses`` hold both places each. Under five people ``hidden`` says so and the places are None.

    >>> tell_guesses([{"today": 1, "wanted": 2}] * 6)
    {'n': 6, 'today': 0.5, 'wanted': 2.5, 'hidden': None}
    >>> tell_guesses([{"today": 1, "wanted": 2}] * 4)
    {'n': None, 'today': None, 'wanted': None, 'hidden': 'few'}
    """
    n = len(guesses)
    if n == 0:
        return None
    if n < THRESHOLD:
        return {"n": None, "today": None, "wanted": None, "hidden": "few"}
    places = {name: told_mean(sum(guess[name] for guess in guesses) / n, n) for name in ("today", "wanted")}
    return {"n": n, **places, "hidden": None}
