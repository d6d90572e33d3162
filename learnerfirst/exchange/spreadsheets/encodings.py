"""From bytes to text: which encoding it is, said and not assumed; bytes that are no text stay visible as faults."""

from __future__ import annotations

import re

from learnerfirst.exchange.spreadsheets.grid import refused

OFFERED = ("utf-8", "utf-16", "cp1252", "iso-8859-15", "cp1250", "cp1251", "cp1253", "cp1254", "mac_roman")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
BROKEN = re.compile("[\ud800-\udfff]")
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SEQUENCE = re.compile("[\u0080-\ud7ff\ue000-\U0010ffff]")
SOUND_TO_BROKEN = 10


def decode(data: bytes, file: str, encoding: str = "") -> tuple[str, str]:
    """The text and the encoding that was taken. Single broken bytes of UTF-8 stay in it as lone surrogates.

    UnreadableFile where no encoding fits, or the given one does not.
    """
    if encoding:
        return _given(data, file, encoding), encoding
    for mark, name in _MARKS:
        if data.startswith(mark):
            if name == "utf-8-sig":
                return data[3:].decode("utf-8", "surrogateescape"), name
            return _strictly(data, file, name), name
    wide = _without_mark(data)
    if wide:
        return _strictly(data, file, wide), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _neither(data, file)


def _given(data: bytes, file: str, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except (UnicodeDecodeError, UnicodeError, LookupError):
        raise refused(file, "given_encoding", "other bytes", encoding=encoding) from None


def _strictly(data: bytes, file: str, name: str) -> str:
    try:
        return data.decode(name).removeprefix("\ufeff")
    except UnicodeError:
        raise refused(file, "damaged", f"bytes that are no {name.upper()}") from None


def _without_mark(data: bytes) -> str:
    """UTF-16 without a byte order mark: every other byte of the beginning is NUL."""
    sample = data[:2000]
    half = len(sample) // 2
    if half < 2 or len(data) % 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.1 * half else ""


def _neither(data: bytes, file: str) -> tuple[str, str]:
    """Not sound UTF-8: UTF-8 with a few broken bytes, or Windows-1252, whichever the bytes say."""
    text = data.decode("utf-8", "surrogateescape")
    broken, sound = len(BROKEN.findall(text)), len(_SEQUENCE.findall(text))
    if sound >= SOUND_TO_BROKEN * broken:
        return text, "utf-8"
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as error:
        raise refused(file, "no_encoding", f"the byte {error.object[error.start]:#04x}") from None


def shown_bytes(text: str) -> str:
    """A text with what cannot be seen or is no text written out, so that it can be shown and saved.

    >>> shown_bytes(b"Zo\\xeb".decode("utf-8", "surrogateescape")), shown_bytes("a\\0b")
    ('Zo\\\\xeb', 'a\\\\x00b')
    """
    return UNSEEN.sub(lambda match: _written(ord(match[0])), text)


def _written(code: int) -> str:
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}"
