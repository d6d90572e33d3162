"""Codes that people type from a projector, and names of lasting quizzes."""

from __future__ import annotations

import re
import secrets
import unicodedata

from learnerfirst.errors import Fault, InvalidInput

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels: no words, so no rude ones; no O and I, which look like digits; no digits at all."""
LENGTH = 5
_UNWANTED = (
    "FCK",
    "FKK",
    "KKK",
    "NGR",
    "CNT",
    "CVNT",
    "SHT",
    "DCK",
    "PNS",
    "SXX",
    "WTF",
    "STFV",
    "NZ",
    "SS",
    "HH",
)
_QUIZ_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?")
QUIZ_PREFIX = "quiz/"


def make_code() -> str:
    """Return a new random code, made with ``secrets`` so that nobody can work out the next one.

    >>> len(make_code()), set(make_code()) <= set(LETTERS)
    (5, True)
    """
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        if not any(part in code for part in _UNWANTED):
            return code


def normal_code(typed: str) -> str:
    """Return a typed code as it is stored: capitals, without spaces and dashes; a quiz name stays as it is.

    >>> normal_code(" bcd-fg "), normal_code("quiz/how-we-learn")
    ('BCDFG', 'quiz/how-we-learn')
    """
    if typed.startswith(QUIZ_PREFIX):
        return typed
    return re.sub(r"[\s\-–—_.]", "", unicodedata.normalize("NFKC", typed)).upper()


def quiz_code(name: str) -> str:
    """Return the code of the lasting quiz ``name``; InvalidInput unless it is a plain lower-case name.

    >>> quiz_code("how-we-learn")
    'quiz/how-we-learn'
    """
    if not _QUIZ_NAME.fullmatch(name):
        allowed = "1 to 48 small letters, digits and dashes, no dash at the ends"
        raise InvalidInput("name of a lasting quiz", [Fault("name", repr(name), allowed)])
    return QUIZ_PREFIX + name
