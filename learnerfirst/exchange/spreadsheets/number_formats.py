"""Numbers of a workbook as people see them: days, times, percent, money and leading zeros, by the cell's format."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_BUILT_IN = {
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), 36, *range(50, 59)), "day"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47), "time"),
    **dict.fromkeys((9, 10), "percent"),
    22: "day_time",
    46: "hours",
}
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.I)
_BRACKET = re.compile(r"\[[^\]]*\]")
_MONEY = re.compile(r"\[\$([^\-\]]{1,5})[^\]]*\]|\"?\s?([€$£¥₹]|EUR|USD|CHF|GBP|SEK|NOK|DKK|PLN|kr)\s?\"?")
LARGEST_DAY = 2_958_466
DIGITS = 15


def kind_of_format(number: int, code: str) -> str:
    """What a number format shows: general, day, time, day_time, hours, percent, zeros:N or money:SIGN.

    >>> kind_of_format(14, ""), kind_of_format(164, "dd.mm.yyyy hh:mm"), kind_of_format(165, "00000")
    ('day', 'day_time', 'zeros:5')
    >>> kind_of_format(166, '#,##0.00 "€"'), kind_of_format(167, '0.0 "days"')
    ('money:€', 'general')
    """
    if not code:
        return _BUILT_IN.get(number, "general")
    first = code.split(";")[0]
    if _ELAPSED.search(first):
        return "hours"
    money = _MONEY.search(first)
    if money:
        return f"money:{money[1] or money[2]}"
    bare = _BRACKET.sub("", _QUOTED.sub("", first)).lower()
    if re.fullmatch(r"0{2,}", bare):
        return f"zeros:{len(bare)}"
    if "%" in bare:
        return "percent"
    bare = bare.replace("general", "")
    day, time = bool(re.search(r"[dy]|m{3,}", bare)), bool(re.search(r"[hs]", bare))
    if not day and not time:
        return "day" if re.fullmatch(r"[^#0?]*m+[^#0?]*", bare) else "general"
    return "day_time" if day and time else "day" if day else "time"


def plain_number(value: float) -> str:
    """A number with as many digits as a spreadsheet shows, never as a power of ten below 1e21.

    >>> plain_number(7.0), plain_number(0.1 + 0.2), plain_number(1e16)
    ('7', '0.3', '10000000000000000')
    """
    if value == int(value) and abs(value) < 1e21:
        return str(int(value))
    return f"{value:.{DIGITS}g}"


def seen(text: str, kind: str, from_1904: bool) -> str:
    """A stored number as people see it in a cell of this kind; the text itself where it is no number."""
    value = float(text)
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError(f"no number: {text}")
    head, _, detail = kind.partition(":")
    if head == "zeros" and value == int(value):
        return str(int(value)).zfill(int(detail))
    if head == "percent":
        return f"{plain_number(round(value * 100, 10))}%"
    if head == "money":
        return f"{plain_number(value)} {detail}"
    if head in ("day", "time", "day_time", "hours") and 0 <= value < LARGEST_DAY:
        return _moment(value, head, from_1904)
    return plain_number(value)


def _moment(value: float, kind: str, from_1904: bool) -> str:
    if kind == "hours":
        minutes = round(value * 24 * 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if kind == "time" or (value < 1 and not from_1904):
        moment = datetime(2000, 1, 1) + timedelta(seconds=round(value % 1 * 86_400))
        return moment.strftime("%H:%M:%S" if moment.second else "%H:%M")
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 31 if value < 60 else 30)
    try:
        moment = start + timedelta(days=int(value), seconds=round(value % 1 * 86_400))
    except OverflowError:
        return plain_number(value)
    if kind == "day" and not value % 1:
        return moment.date().isoformat()
    return f"{moment.date().isoformat()} {moment.strftime('%H:%M:%S' if moment.second else '%H:%M')}"
