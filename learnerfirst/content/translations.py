"""What a translation, or a user's own wording, must keep of the file that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from learnerfirst.answers import shown
from learnerfirst.content.strict_yaml import LoadedFile, Path_
from learnerfirst.errors import Fault

# Values of these keys are not wording: other files, stored answers and formulas refer to them.
KEPT = frozenset(
    [
        "id",
        "version",
        "kind",
        "section",
        "dimension",
        "forms",
        "first",
        "perspectives",
        "required",
        "cannot_say",
        "low",
        "high",
        "options_of",
        "default",
        "gives_stage",
        "gate",
        "from",
        "to",
        "weeks",
        "basis",
        "source",
        "effort",
        "fits_stages",
        "fits_topics",
        "access",
        "referent",
        "topics",
        "importance",
        "ours",
        "needed",
    ]
)
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


def translation_faults(file: LoadedFile, base: LoadedFile, *, partial: bool) -> Iterator[Fault]:
    """Where ``file`` says something that ``base`` does not know; ``partial`` files may leave texts out."""
    yield from _compare(file, base, (), partial)


def _compare(file: LoadedFile, base: LoadedFile, path: Path_, partial: bool) -> Iterator[Fault]:
    mine, theirs = _at(file.data, path), _at(base.data, path)
    if isinstance(theirs, dict) and isinstance(mine, dict):
        for key in mine:
            if key not in theirs:
                yield Fault(file.where((*path, key)), "a key of its own", f"only keys of {base.path.name}")
            elif key in KEPT and path != () and mine[key] != theirs[key]:
                allowed = f"as in {base.path.name}: {shown(theirs[key])}"
                yield Fault(file.where((*path, key)), shown(mine[key]), allowed)
            else:
                yield from _compare(file, base, (*path, key), partial)
        for key in theirs if not partial else ():
            if key not in mine:
                yield Fault(file.where(path), f"no {key}", f"every key of {base.path.name}")
    elif isinstance(theirs, list) and isinstance(mine, list) and any(isinstance(x, dict) for x in theirs):
        if len(mine) != len(theirs):
            yield Fault(file.where(path), f"{len(mine)} entries", f"{len(theirs)}, as in {base.path.name}")
        else:
            for index in range(len(theirs)):
                yield from _compare(file, base, (*path, index), partial)
    elif isinstance(theirs, str) and isinstance(mine, str):
        known = set(_PLACEHOLDER.findall(theirs))
        for name in sorted(set(_PLACEHOLDER.findall(mine)) - known):
            allowed = ", ".join(f"{{{each}}}" for each in sorted(known)) or "no words in braces"
            yield Fault(file.where(path), f"{{{name}}}", f"here: {allowed}")
    elif type(theirs) is not type(mine):
        yield Fault(file.where(path), shown(mine), f"as in {base.path.name}: {shown(theirs)}")


def _at(data: Any, path: Path_) -> Any:
    for part in path:
        data = data[part]
    return data
