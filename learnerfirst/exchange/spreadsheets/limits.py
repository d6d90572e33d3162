"""How much is taken: on a facilitator's page a bounded file, in Python any; a zip bomb nowhere."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Most that a file may have; None is no limit.

    ``file_bytes``, ``rows``, ``columns`` and ``cells`` are of the file; ``unpacked`` (bytes) and ``ratio`` (unpacked to packed)
    hold for what a workbook unpacks to, part by part from a megabyte on, and are never None.
    """

    file_bytes: int | None = None
    rows: int | None = None
    columns: int = 16_384
    cells: int | None = None
    unpacked: int = 8_000 * MEGABYTE
    ratio: int = 150


ANY_SIZE = Limits()
FOR_PAGES = Limits(
    file_bytes=50 * MEGABYTE, rows=100_000, columns=1_000, cells=10_000_000, unpacked=1_000 * MEGABYTE
)
