"""Texts that pages show, by area: ``texts("participants")`` reads ``texts/participants.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from learnerfirst.content.cursor import Cursor
from learnerfirst.content.folders import find, find_all, stamp
from learnerfirst.content.frozen import FrozenDict, freeze
from learnerfirst.content.strict_yaml import read_yaml


def texts(area: str, language: str = "") -> FrozenDict:
    """The texts of one area, nested as in the file; leaves are texts or lists of texts.

    The user's own folder is laid over ours, and a language over the first one, key by key: a translation may be
    partial. ContentError lists the areas if there is none of this name.
    """
    files = find_all(area, "texts", language) or (find(area, "texts", language),)
    return _merged(files, tuple(stamp(file) for file in files))


@lru_cache(maxsize=64)
def _merged(files: tuple[Path, ...], _stamps: object) -> FrozenDict:
    merged: dict[str, Any] = {}
    for file in reversed(files):
        merged = _over(merged, read_texts(file))
    frozen: FrozenDict = freeze(merged)
    return frozen


def read_texts(file: Path) -> dict[str, Any]:
    """One file of texts, types checked; ContentError with every leaf that is not a text."""
    top = Cursor.at_top(read_yaml(file))
    _check(top)
    top.finish()
    content: dict[str, Any] = top.value
    return content


def _check(at: Cursor) -> None:
    for key, value in at.value.items():
        if isinstance(value, dict):
            _check(at.within(key))
        elif isinstance(value, list):
            at.texts(key)
        else:
            at.text(key, "")


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        both = isinstance(value, Mapping) and isinstance(under, Mapping)
        merged[key] = _over(under or {}, value) if both else value
    return merged
