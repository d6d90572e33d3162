"""Plain values as YAML that our strict reader takes: every key and text in quotes, nothing taken for a number or date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def yaml_text(values: Mapping[str, Any]) -> str:
    """The values as YAML.

    >>> print(yaml_text({"id": "clerk", "levels": ["one", "two"], "required": 3.5}), end="")
    "id": "clerk"
    "levels":
      - "one"
      - "two"
    "required": 3.5
    """
    return "\n".join(_yaml_lines(values, 0)) + "\n"


def _yaml_lines(value: Mapping[str, Any], indent: int) -> Iterable[str]:
    space = "  " * indent
    for key, part in value.items():
        head = f"{space}{_scalar(key)}:"
        if isinstance(part, Mapping):
            yield from [head, *_yaml_lines(part, indent + 1)] if part else [f"{head} {{}}"]
        elif isinstance(part, list):
            yield from [head, *_yaml_items(part, indent + 1)] if part else [f"{head} []"]
        else:
            yield f"{head} {_scalar(part)}"


def _yaml_items(items: Sequence[Any], indent: int) -> Iterable[str]:
    space = "  " * indent
    for item in items:
        if isinstance(item, Mapping):
            first, *rest = _yaml_lines(item, indent + 1)
            yield f"{space}- {first.lstrip()}"
            yield from rest
        else:
            yield f"{space}- {_scalar(item)}"


def _scalar(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float):
        text = f"{value:.9f}".rstrip("0")
        return f"{text}0" if text.endswith(".") else text
    if isinstance(value, int):
        return str(value)
    return f'"{"".join(map(_letter, value))}"'


def _letter(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    if letter.isprintable():
        return letter
    number = ord(letter)
    return (
        f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}" if number < 65536 else f"\\U{number:08x}"
    )
