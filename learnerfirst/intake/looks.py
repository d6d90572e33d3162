"""Columns that never come in, told by what stands in them: a harmless heading does not make pay or names harmless."""

from __future__ import annotations

import re
from collections.abc import Sequence

from learnerfirst.intake.dates import looks_like_birth_dates

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+")
_PHONE = re.compile(r"(\+|00)\d[\d ()/.-]{6,18}\d|\(?0\d{1,5}\)?[ /-][\d ()/-]{4,15}\d")
_MONEY = re.compile(
    r"([€$£¥]|EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN)\s?[\d.,' ]*\d+k?|[\d.,' ]*\dk?\s?([€$£¥]|EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN)",
    re.I,
)
_ADDRESS = re.compile(
    r".*\b(street|st\.|road|rd\.|avenue|ave\.|lane|rue|calle|via|plaza|straße|strasse|str\.|weg|platz|laan|straat)\b.*\d+.*|"
    r"\d+[a-z]?,? .*\b(street|road|avenue|lane|drive|rue|blvd)\b.*|.*(straße|strasse|str\.|gasse|weg|straat|laan) \d+\s?[a-z]?(,.*)?",
    re.I,
)
_STATE = re.compile(
    r"[A-Z]{2}\d{2}[ ]?([\dA-Z]{4}[ ]?){2,7}[\dA-Z]{0,4}|\d{3}-\d{2}-\d{4}|\d{2} ?\d{6} ?[A-Z] ?\d{3}"
)
_PERSON = re.compile(r"[A-ZÀ-Þ][\w'’-]+,? ([A-ZÀ-Þ]\.? )?(van |von |de |der |di |la )*[A-ZÀ-Þ][\w'’-]+")
_RATING = re.compile(
    r"(far |greatly |consistently |partly |partially |fully )?(exceeds|meets|met|exceeded|below|above|does not meet|did not meet) "
    r"(the |all |most |some )?(expectations?|standards?|requirements?)|(high|low|under|top|solid) performers?|outperforms?|"
    r"needs improvement|(übertrifft|erfüllt|unter) (die )?erwartung(en)?.*",
    re.I,
)
_HEALTH = re.compile(
    r".*\b(diabetes|depression|cancer|epilepsy|asthma|burn-?out|pregnan(t|cy)|on sick leave|adhd|autis(m|tic)|dyslexi[ac]|"
    r"wheelchair user|schwerbehindert|schwanger|krank(geschrieben)?|enceinte|handicapée?|embarazada)\b.*",
    re.I,
)
_SHARES = (
    ("email", EMAIL, 0.1),
    ("number_of_state", _STATE, 0.5),
    ("phone", _PHONE, 0.3),
    ("pay", _MONEY, 0.3),
    ("rating", _RATING, 0.3),
    ("health", _HEALTH, 0.2),
    ("address", _ADDRESS, 0.3),
)
FREE_TEXT, LONGEST = 60, 200
FEW = 8


def look_of(values: Sequence[str], this_year: int) -> str:
    """What a column looks like that never comes in: a key of the texts ``reasons``; "" where it looks harmless.

    ``values``: cells of one column, empty ones left out.

    >>> look_of(["ann@example.org", "bo@example.org"], 2026), look_of(["52.000 €", "48.500 €"], 2026)
    ('email', 'pay')
    >>> look_of(["1987-05-30", "1990-01-02"], 2026), look_of(["desk", "home"], 2026)
    ('birth_date', '')
    """
    if not values:
        return ""
    values = [value[:LONGEST] for value in values]
    for kind, pattern, share in _SHARES:
        if sum(bool(pattern.fullmatch(value)) for value in values) >= share * len(values):
            return kind
    if looks_like_birth_dates(values, this_year):
        return "birth_date"
    return "name" if _names(values) else ""


def _names(values: Sequence[str]) -> bool:
    """Nearly every value is another one of two or three words with capitals."""
    if len(values) < FEW or len(set(values)) < 0.9 * len(values):
        return False
    return sum(bool(_PERSON.fullmatch(value)) for value in values) >= 0.8 * len(values)


def free_text(values: Sequence[str]) -> bool:
    """Whether people wrote sentences here: long values, hardly one of them twice."""
    if len(values) < 3 or len(set(values)) < 0.8 * len(values):
        return False
    return sorted(len(value) for value in values)[len(values) // 2] >= FREE_TEXT
