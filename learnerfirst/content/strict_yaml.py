"""YAML read strictly: what can be misread is refused with its line, never guessed.

Built from parser events, not from PyYAML's constructor: so aliases, tags and duplicate keys are seen before
anything is expanded, and each value keeps its line. Only JSON's scalars are read; what YAML 1.1 turns into
something else (``no``, ``12:30``, ``010``, a date) needs quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from learnerfirst.answers import shorten
from learnerfirst.errors import ContentError, Fault

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
Path_ = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}([eE][-+]?[0-9]{1,2})?")
_CONSTANTS: Mapping[str, Any] = {"true": True, "false": False, "null": None}
# What some YAML reader takes for something other than text: booleans, nulls, numbers in any dress, times, dates.
_AMBIGUOUS = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null|~|<<|=)|"
    r"[-+]?[.]?[0-9][0-9_,.:eExXoObBa-fA-F+-]*|[-+]?[.](?i:inf|nan)|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|"
)


@dataclass(frozen=True)
class LoadedFile:
    """A file's content with the line of each value, by path: ``lines[("items", 3, "id")] == 41``."""

    path: Path
    data: Any
    lines: Mapping[Path_, int] = field(repr=False)

    def where(self, path: Path_) -> str:
        """File, key and line, as errors name them: ``quiz.yaml: items[3].id (line 41)``."""
        line = self.lines.get(path) or self.lines.get(path[:-1])
        return f"{self.path.name}: {key_text(path)}" + (f" (line {line})" if line else "")


def key_text(path: Path_) -> str:
    """A path as it is written in messages.

    >>> key_text(("items", 3, "options", 1, "text"))
    'items[3].options[1].text'
    """
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{shorten(part)}" for part in path)
    return text.removeprefix(".") or "the file"


def read_yaml(path: Path | str, top: type = dict) -> LoadedFile:
    """Reads one file; ``top`` is the type its content must have (dict or list).

    ContentError with all faults: not there, over 1 MB, not UTF-8, not YAML, duplicate keys, aliases, anchors,
    tags, ambiguous scalars, more than one document, another top type.
    """
    file = Path(path)
    return read_yaml_text(file, _text_of(file), top)


def read_yaml_text(name: Path | str, text: str, top: type = dict) -> LoadedFile:
    """Reads text as :func:`read_yaml` reads a file; ``name`` is what errors call it. ContentError with all faults."""
    file = Path(name)
    reader = _Reader(file, text)
    data = reader.read()
    if not reader.faults and not isinstance(data, top):
        wanted = "a mapping (key: value)" if top is dict else "a list (- item)"
        reader.faults.append(Fault(f"{file.name}: the file", _kind(data), f"{wanted} at the top"))
    if reader.faults:
        raise ContentError(f"{file} cannot be used", reader.faults)
    return LoadedFile(file, data, reader.lines)


def load_yaml(path: Path | str, top: type = dict) -> Any:
    """The content of one file as dicts, lists, texts, numbers, booleans and None; see :func:`read_yaml`."""
    return read_yaml(path, top).data


def _text_of(file: Path) -> str:
    def refuse(found: str, allowed: str) -> ContentError:
        return ContentError(f"{file} cannot be read", [Fault(f"{file.name}: the file", found, allowed)])

    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise refuse(f"{size} bytes", f"at most {MAX_BYTES} bytes")
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise refuse(error.strerror or type(error).__name__, "a file that can be read") from error
    except UnicodeDecodeError as error:
        raise refuse(f"bytes that are not UTF-8 (at byte {error.start})", "save it as UTF-8") from error


def _kind(value: object) -> str:
    names = {dict: "a mapping", list: "a list", str: "a text", type(None): "nothing", bool: "true or false"}
    return names.get(type(value), "a number")


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


class _Reader:
    """One pass over the events of one document; faults are collected, the first syntax error ends it."""

    def __init__(self, file: Path, text: str) -> None:
        self.file = file
        self.text = text
        self.lines: dict[Path_, int] = {}
        self.faults: list[Fault] = []
        self.events: Iterator[Any] = iter(())

    def read(self) -> Any:
        """The document, or None where a fault stopped it."""
        try:
            self.events = iter(yaml.parse(self.text, Loader=_LOADER))
            return self._document()
        except yaml.MarkedYAMLError as error:
            mark: Any = error.problem_mark
            self._fault(
                "the file", getattr(mark, "line", 0) + 1, error.problem or "unreadable YAML", "valid YAML"
            )
        except yaml.YAMLError as error:
            self._fault("the file", 1, shorten(str(error)), "valid YAML without control characters")
        return None

    def _document(self) -> Any:
        data: Any = None
        documents = 0
        for event in self.events:
            if type(event) is yaml.DocumentStartEvent:
                documents += 1
                if documents == 2:
                    self._fault("the file", _line(event), "a second document", "one document a file")
                    return None
            elif isinstance(event, yaml.NodeEvent):
                data = self._value(event, ())
        return data

    def _fault(self, key: str, line: int, found: str, allowed: str) -> None:
        self.faults.append(Fault(f"{self.file.name}: {key} (line {line})", found, allowed))

    def _value(self, event: Any, path: Path_) -> Any:
        line = _line(event)
        self.lines[path] = line
        if isinstance(event, yaml.AliasEvent):
            self._fault(key_text(path), line, f"the alias *{event.anchor}", "write the value out")
            return None
        if event.anchor is not None:
            self._fault(key_text(path), line, f"the anchor &{event.anchor}", "no anchors or aliases")
        if event.tag not in (None, "!"):
            self._fault(key_text(path), line, f"the tag {shorten(event.tag)}", "no tags")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path, line)
        if len(path) >= MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem=f"more than {MAX_DEPTH} levels", problem_mark=event.start_mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _sequence(self, path: Path_) -> list[Any]:
        values: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            values.append(self._value(event, (*path, len(values))))
        return values

    def _mapping(self, path: Path_) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = _line(event)
            key = self._value(event, (*path, "(key)"))
            if not isinstance(key, str) or key == "":
                found = f"the key {shorten(getattr(event, 'value', '') or _kind(key))}"
                self._fault(key_text(path), line, found, "keys are texts; put it in quotes")
                key = f"? line {line}"
            value = self._value(next(self.events), (*path, key))
            if key in values:
                self._fault(key_text((*path, key)), line, "the same key a second time", "each key once")
            values[key] = value
            self.lines[(*path, key)] = line
        return values

    def _scalar(self, event: Any, path: Path_, line: int) -> Any:
        text: str = event.value
        if event.style not in (None, ""):
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
        if _AMBIGUOUS.fullmatch(text):
            found = f"{shorten(text)} without quotes" if text else "nothing after the colon"
            self._fault(key_text(path), line, found, 'put a text in quotes ("..."); numbers as 12 or 1.5')
        return text
