"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import io
import zipfile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIRST_BYTES = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "zip"),
    (b"7z\xbc\xaf", "zip"),
    (b"Rar!", "zip"),
    (b"BZh", "zip"),
    (b"\xfd7zXZ", "zip"),
    (b"{\\rtf", "document"),
)
_FIRST_WORDS = (
    (b"<!doctype html", "html"),
    (b"<html", "html"),
    (b"<table", "html"),
    (b"<?xml", "xml"),
    (b"{", "json"),
    (b"[{", "json"),
)


def kind_of(data: bytes) -> str:
    """ "text", "xlsx", or why it is neither: a key of the texts ``refused``.

    >>> kind_of(b"%PDF-1.7"), kind_of(b"name;age"), kind_of(b"")
    ('pdf', 'text', 'empty')
    """
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        return "empty"
    if data.startswith(OLE):
        return "password" if "EncryptedPackage".encode("utf-16-le") in data else "xls"
    if data.startswith(b"PK"):
        return _zip_kind(data)
    for start, kind in _FIRST_BYTES:
        if data.startswith(start):
            return kind
    words = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for start, kind in _FIRST_WORDS:
        if words.startswith(start):
            return kind
    return "text" if _looks_like_text(data) else "binary"


def _zip_kind(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeDecodeError):
        return "damaged"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if any(name.endswith(".iwa") for name in names):
        return "numbers"
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        return "document"
    return "ods" if "mimetype" in names and "content.xml" in names else "zip"


def _looks_like_text(data: bytes) -> bool:
    """A byte order mark, or hardly any control bytes but NULs (which UTF-16 has, and a fault of its own)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    sample = data[:20_000]
    control = sum(sample.count(byte) for byte in range(1, 32) if byte not in (9, 10, 11, 12, 13, 26, 27))
    return control * 50 <= max(len(sample), 500)
