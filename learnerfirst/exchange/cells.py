"""Cells of a CSV file that no spreadsheet program takes for a formula, and that are read back as they were."""

from __future__ import annotations

from collections.abc import Iterable

_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "'")
_BREAKS = ("\t", "\r", "\n")


def guarded(text: str) -> str:
    """The text with an apostrophe in front where a formula would start, or where an apostrophe stands already.

    >>> guarded("=1+1"), guarded(" -5"), guarded("'tis"), guarded("plain")
    ("'=1+1", "' -5", "''tis", 'plain')
    """
    return f"'{text}" if _risky(text) else text


def unguarded(cell: str) -> str:
    """What :func:`guarded` was given; an apostrophe that guards nothing stays.

    >>> unguarded(guarded("=1+1")), unguarded("'s"), unguarded(guarded("'s"))
    ('=1+1', "'s", "'s")
    """
    return cell[1:] if cell.startswith("'") and _risky(cell[1:]) else cell


def _risky(text: str) -> bool:
    return text.startswith(_BREAKS) or text.lstrip().startswith(_STARTS)


def packed(parts: Iterable[str]) -> str:
    r"""Several texts in one cell, a semicolon between them; what would be misread gets a backslash.

    >>> packed(["reading", "a; b"])
    'reading; a\\; b'
    """
    return "; ".join(escaped(part, ";") for part in parts)


def unpacked(cell: str) -> tuple[str, ...]:
    r"""What :func:`packed` was given; spaces around a semicolon do not count, empty parts are left out.

    >>> unpacked("reading;a\\; b ;")
    ('reading', 'a; b')
    """
    return tuple(part for part in split(cell, ";") if part)


def escaped(text: str, special: str) -> str:
    """The text with a backslash before backslashes, special characters and outer white space."""
    inner = text.strip()
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    if not inner:
        before, after = text, ""
    spaces = ("".join(f"\\{letter}" for letter in side) for side in (before, after))
    first, last = spaces
    body = "".join(f"\\{letter}" if letter == "\\" or letter in special else letter for letter in inner)
    return f"{first}{body}{last}"


def split(text: str, separator: str, *, unescape: bool = True) -> list[str]:
    """The parts between separators that have no backslash before them, without outer white space."""
    parts: list[list[tuple[str, bool]]] = [[]]
    letters = iter(text)
    for letter in letters:
        if letter == "\\":
            following = next(letters, "")
            parts[-1].append((following if unescape else f"\\{following}", True))
        elif letter == separator:
            parts.append([])
        else:
            parts[-1].append((letter, False))
    return [_trimmed(part) for part in parts]


def _trimmed(part: list[tuple[str, bool]]) -> str:
    kept = [index for index, (letter, safe) in enumerate(part) if safe or not letter.isspace()]
    return "".join(letter for letter, _ in part[kept[0] : kept[-1] + 1]) if kept else ""
