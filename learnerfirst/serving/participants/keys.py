"""Resume keys: 80 random bits as 16 letters and digits, made by the sender's browser."""

from __future__ import annotations

import re

_KEY = re.compile(r"[0-9A-HJKMNP-TV-Z]{16}")
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": "", "\u2013": "", "\u2011": ""})


def read_key(text: object) -> str | None:
    """A key as someone typed it, in its one spelling (Crockford base32: O is 0, I and L are 1); None if it is none.

    >>> read_key("7k2m-9qxd-oo11-abcd")
    '7K2M9QXD0011ABCD'
    >>> read_key("7k2m-9qxd") is None
    True
    """
    if not isinstance(text, str) or len(text) > 64:
        return None
    key = text.strip().upper().translate(_ALIKE)
    return key if _KEY.fullmatch(key) else None


def grouped(key: str) -> str:
    """A key as people read it.

    >>> grouped("7K2M9QXD0011ABCD")
    '7K2M-9QXD-0011-ABCD'
    """
    return "-".join(key[at : at + 4] for at in range(0, len(key), 4))
