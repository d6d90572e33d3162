"""Names and numbers of personas in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from learnerfirst.personas import Persona

MOST_NAMES = 6


def names_of(names: Sequence[str], joint: str = "and") -> str:
    """Names in one line, at most six of them.

    >>> names_of(["Mira"]), names_of(["Mira", "Tom", "Ade"])
    ('Mira', 'Mira, Tom and Ade')
    """
    if len(names) > MOST_NAMES:
        return ", ".join([*names[:MOST_NAMES], "…"])
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joint} {names[-1]}"


def number_word(number: int, texts: Mapping[str, Any]) -> str:
    """A small number as a word, to begin a sentence; a larger one in digits."""
    words = texts["numbers"]
    return str(words[number]) if number < len(words) else str(number)


def evidence_of(personas: Iterable[Persona]) -> tuple[int, int]:
    """Fields that are evidence, and filled fields, over several personas."""
    scores = [one.evidence for one in personas]
    return sum(one for one, _ in scores), sum(filled for _, filled in scores)
