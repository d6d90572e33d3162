"""Numbers as people write them: with a decimal point or a decimal comma, never guessed from one cell alone."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

_POINT = re.compile(r"[-+]?(\d{1,3}([,' \u00a0\u202f]\d{3})+|\d+)?\.\d+|[-+]?\d{1,3}(,\d{3}){2,}")
_COMMA = re.compile(r"[-+]?(\d{1,3}([.' \u00a0\u202f]\d{3})+|\d+)?,\d+|[-+]?\d{1,3}(\.\d{3}){2,}")
_WHOLE = re.compile(r"[-+]?\d+")
LONGEST = 40
_THREE = re.compile(r"[-+]?\d{1,3}[.,]\d{3}")


def decimal_mark(values: Iterable[str]) -> str:
    """The decimal mark of a column: "." or ","; "both" where cells disagree, "" where none says.

    A cell such as 1,234 or 1.234 alone says nothing: it may be a thousand or a fraction.

    >>> decimal_mark(["1,5", "12"]), decimal_mark(["1.5", "1,234.5"]), decimal_mark(["1,234"])
    (',', '.', '')
    >>> decimal_mark(["1,5", "2.5"]), decimal_mark(["1,5", "Bern"])
    ('both', '')
    """
    point = comma = False
    for value in values:
        if len(value) > LONGEST:
            return ""
        if _WHOLE.fullmatch(value) or not value or _THREE.fullmatch(value):
            continue
        if _POINT.fullmatch(value):
            point = True
        elif _COMMA.fullmatch(value):
            comma = True
        else:
            return ""
    return "both" if point and comma else "." if point else "," if comma else ""


def number_of(text: str, mark: str = ".") -> float | None:
    """The number that a text is under this decimal mark, None where it is none; never infinite, never NaN.

    >>> number_of("1.234,5", ","), number_of("12"), number_of("inf"), number_of("1,5")
    (1234.5, 12.0, None, None)
    """
    if len(text) > LONGEST:
        return None
    pattern = _COMMA if mark == "," else _POINT
    if not (_WHOLE.fullmatch(text) or pattern.fullmatch(text) or _grouped(text, mark)):
        return None
    bare = re.sub(r"[' \u00a0\u202f]", "", text)
    bare = bare.replace(".", "").replace(",", ".") if mark == "," else bare.replace(",", "")
    value = float(bare)
    return value if math.isfinite(value) else None


def _grouped(text: str, mark: str) -> bool:
    """Thousands set apart by the other mark: 1,234 where the point is the decimal mark."""
    other = "." if mark == "," else ","
    return bool(re.fullmatch(rf"[-+]?\d{{1,3}}(\{other}\d{{3}})+", text))
