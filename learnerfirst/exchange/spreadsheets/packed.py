"""The parts of a workbook (a zip of XML): unpacked within limits, document types and entities refused."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from posixpath import join, normpath
from typing import Any
from xml.parsers import expat

from learnerfirst.errors import UnreadableFile
from learnerfirst.exchange.spreadsheets.grid import refused
from learnerfirst.exchange.spreadsheets.limits import MEGABYTE, Limits

CHUNK = 1 << 18
MOST_PARTS = 10_000


class Forbidden(Exception):
    """Raised inside the XML parser where a document type or an entity is declared."""


class Packed:
    """A workbook's parts by name. Sizes are checked before anything is unpacked, and hold while it is."""

    def __init__(self, data: bytes, file: str, limits: Limits) -> None:
        self.file = file
        with self.sound():
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.sizes = {info.filename: info.file_size for info in self._zip.infolist()}
        self._check(limits)

    def _check(self, limits: Limits) -> None:
        parts = self._zip.infolist()
        total = sum(info.file_size for info in parts)
        if len(parts) > MOST_PARTS or total > limits.unpacked:
            raise refused(self.file, "bomb", f"{len(parts):,} parts, {total / MEGABYTE:,.0f} MB unpacked")
        for info in parts:
            if info.flag_bits & 1:
                raise refused(self.file, "password", "an encrypted part")
            if info.file_size > MEGABYTE and info.file_size > limits.ratio * max(info.compress_size, 1):
                found = f"{info.file_size / MEGABYTE:,.0f} MB out of {info.compress_size / 1000:,.0f} kB"
                raise refused(self.file, "bomb", found)

    @contextmanager
    def sound(self) -> Iterator[None]:
        """Whatever a damaged zip or XML raises becomes our own error."""
        try:
            yield
        except Forbidden:
            raise refused(self.file, "entities", "a document type") from None
        except UnreadableFile:
            raise
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ) as error:
            raise refused(self.file, "damaged", str(error) or type(error).__name__) from None
        except (expat.ExpatError, ValueError, LookupError, OverflowError) as error:
            raise refused(self.file, "damaged", str(error) or type(error).__name__) from None

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part in self.sizes

    def parse(self, part: str, start: Any, end: Any, text: Any) -> None:
        """Run one part through the parser; ``start(tag, attributes)``, ``end(tag)``, ``text(characters)``."""
        parser = safe_parser()
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
        with self.sound(), self._zip.open(part) as stream:
            while chunk := stream.read(CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)

    def elements(self, part: str) -> list[tuple[str, dict[str, str]]]:
        """Every element of a small part: local name and attributes (their prefixes left out), in order."""
        found: list[tuple[str, dict[str, str]]] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            found.append((local(tag), {local(name): value for name, value in attributes.items()}))

        if self.has(part):
            self.parse(part, start, None, None)
        return found

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: id to (kind, name of the part)."""
        folder, _, name = part.rpartition("/")
        found = {}
        for tag, attributes in self.elements(normpath(join(folder, "_rels", f"{name}.rels"))):
            target = attributes.get("Target", "")
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
                found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)
        return found


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def safe_parser() -> Any:
    """An XML parser that stops at the first document type, entity or reference to somewhere else."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def stop(*_what: Any) -> Any:
        raise Forbidden

    parser.StartDoctypeDeclHandler = stop
    parser.EntityDeclHandler = stop
    parser.UnparsedEntityDeclHandler = stop
    parser.ExternalEntityRefHandler = stop
    return parser
