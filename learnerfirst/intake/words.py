"""Words compared across spellings: same, part of a heading, or nearly the same; what is nearly so is only proposed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NEARLY = 78.0
LONGEST = 200
SURE = 1.0


@dataclass(frozen=True, slots=True)
class WordMatch:
    """A word of the file, how often it stands there, what it may mean (""), and how sure that is, 0-1.

    Only what is the same word (1.0) is taken without asking.
    """

    word: str
    count: int
    meaning: str
    score: float

    @property
    def sure(self) -> bool:
        """True where the word is the same but for capitals, accents and punctuation."""
        return self.score >= SURE


def plain(text: str) -> str:
    """Small letters without accents or punctuation, one space between words.

    >>> plain("  Büro / Außendienst?"), plain("device_own-phone")
    ('buro aussendienst', 'device own phone')
    """
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    return " ".join(re.findall(r"[^\W_]+", bare))


def match_words(counts: Mapping[str, int], meanings: Mapping[str, Iterable[str]]) -> tuple[WordMatch, ...]:
    """For each word of the file the meaning it is or may be, the most frequent word first.

    ``meanings``: what a word can mean, to the ways of saying it.

    >>> found = match_words({"Tablet": 4, "a tablett": 1, "drone": 1}, {"tablet": ["a tablet", "tablet"]})
    >>> [(one.word, one.meaning, one.sure) for one in found]
    [('Tablet', 'tablet', True), ('a tablett', 'tablet', False), ('drone', '', False)]
    """
    said = {plain(way): meaning for meaning, ways in meanings.items() for way in ways if plain(way)}
    choices = list(said)
    found = []
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        meaning, score = _meaning(plain(word), said, choices)
        found.append(WordMatch(word, count, meaning, score))
    return tuple(found)


def _meaning(word: str, said: Mapping[str, str], choices: list[str]) -> tuple[str, float]:
    if word in said:
        return said[word], SURE
    if not word or len(word) > LONGEST or not choices:
        return "", 0.0
    from rapidfuzz import fuzz, process

    best = process.extractOne(word, choices, scorer=fuzz.WRatio, score_cutoff=NEARLY)
    return (said[best[0]], min(best[1] / 100, 0.99)) if best else ("", 0.0)


def heading_score(heading: str, ways: Iterable[str]) -> float:
    """How surely a heading is one of these ways of saying it: 1 the same, 0.9 within a question, less if nearly.

    >>> ways = ["device", "time available"]
    >>> heading_score("Device:", ways), heading_score("Which device do you use?", ways), heading_score("Pet", ways)
    (1.0, 0.9, 0.0)
    """
    bare = plain(heading[: 5 * LONGEST])
    known = [plain(way) for way in ways]
    if bare in known:
        return 1.0
    if any(f" {way} " in f" {bare} " for way in known):
        return 0.9
    if len(bare) < 4:
        return 0.0
    from rapidfuzz import fuzz

    best = max((fuzz.ratio(bare, way) for way in known), default=0.0)
    return 0.8 * best / 100 if best >= 85 else 0.0
