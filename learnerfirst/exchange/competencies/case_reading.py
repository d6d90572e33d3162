"""CASE packages (1EdTech, Competencies and Academic Standards Exchange) read: 1.1, and 1.0 leniently."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

from learnerfirst.answers import shown
from learnerfirst.errors import Fault, UnreadableFile
from learnerfirst.exchange.competencies.framework import Framework, as_proposals
from learnerfirst.success_profiles import Proposal, Scale

MOST_BYTES = 50_000_000
MOST_FAULTS = 50
OURS = "learnerfirst"


class CasePackage:
    """A package, checked: each item has a statement and an id of its own; what a 1.0 package lacks is not asked for."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        loaded = _load(data, file)
        if not isinstance(loaded, dict) or not isinstance(loaded.get("CFDocument"), dict):
            raise _refused(file, "no CFDocument at the top", "a CASE package (CFPackage) as JSON")
        self.document: Mapping[str, Any] = loaded["CFDocument"]
        self.items = self._objects(loaded, "CFItems")
        self.associations = self._objects(loaded, "CFAssociations")
        self.rubrics = self._objects(loaded, "CFRubrics")
        seen: set[str] = set()
        for at, item in enumerate(self.items):
            where = f"CFItems[{at}]"
            key = self._text(item, "identifier", where)
            if key and key in seen:
                self._fault(f"{where}.identifier", key, "each identifier once")
            seen.add(key)
            self._text(item, "fullStatement", where)
        if self.faults:
            shown_faults = self.faults[:MOST_FAULTS]
            more = len(self.faults) - len(shown_faults)
            if more:
                shown_faults.append(Fault(file, f"{more} more faults", "mend these first"))
            raise UnreadableFile(f"{file} cannot be imported: {len(self.faults)} faults", shown_faults)

    def _objects(self, loaded: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        value = loaded.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self._fault(key, value, "a list")
            return []
        for at, entry in enumerate(value):
            if not isinstance(entry, dict):
                self._fault(f"{key}[{at}]", entry, "an object")
        return [entry for entry in value if isinstance(entry, dict)]

    def _text(self, item: Mapping[str, Any], key: str, where: str) -> str:
        value = item.get(key)
        if not isinstance(value, str) or not value.strip():
            self._fault(f"{where}.{key}", value, "a text")
            return ""
        return value

    def _fault(self, where: str, found: object, allowed: str) -> None:
        self.faults.append(Fault(f"{self.file}: {where}", shown(found), allowed))


def case_framework(data: bytes, file: str = "package.json") -> Framework:
    """The competencies of a package: items without others below them, under the heading of the item above.

    Rubrics whose criterion names an item give its levels, in the order of their positions. Packages that this workbook
    wrote come back with everything that was in the profile. UnreadableFile says everything that is wrong.
    """
    package = CasePackage(data, file)
    parents = dict(_parents(package))
    names = {item["identifier"]: item["fullStatement"] for item in package.items}
    above = {parent for parent in parents.values() if parent in names}
    scale, levels = _scale(package), dict(_levels(package))
    leaves = [item for item in package.items if item["identifier"] not in above]
    if not leaves:
        raise _refused(file, "no items that are competencies", "CFItems without others below them")
    notes: list[str] = []
    if above:
        notes.append(f"{len(above)} items that have others below them became headings.")
    rows = [
        _proposal(item, names.get(parents.get(item["identifier"], ""), ""), levels, scale) for item in leaves
    ]
    own = _own(package.document)
    title = _said(package.document, "title") or file
    return Framework(
        "case",
        title,
        as_proposals(rows, notes),
        scale,
        _said(own, "role"),
        _said(own, "source") if own else _credit(package.document),
        tuple(notes),
    )


def _proposal(
    item: Mapping[str, Any], group: str, levels: Mapping[str, tuple[str, ...]], scale: Scale
) -> tuple[str, Proposal]:
    own = _own(item)
    found = levels.get(item["identifier"], ())
    short = _said(item, "abbreviatedStatement")
    labels = (_said(item, "alternativeLabel"),)
    proposal = Proposal(
        "",
        short or item["fullStatement"],
        _said(item, "notes") or (item["fullStatement"] if short else ""),
        found if len(found) == len(scale.points) else (),
        required=_number(own.get("required"), scale.low, scale.high),
        importance=_number(own.get("importance"), 1, 5),
        goal=_said(own, "goal")[:300],
        group=group,
        labels=tuple(label for label in labels if label),
    )
    return _said(own, "id") or _said(item, "humanCodingScheme"), proposal


def _parents(package: CasePackage) -> Iterator[tuple[str, str]]:
    for one in package.associations:
        if one.get("associationType") == "isChildOf":
            origin, destination = one.get("originNodeURI"), one.get("destinationNodeURI")
            if isinstance(origin, dict) and isinstance(destination, dict):
                child, parent = origin.get("identifier"), destination.get("identifier")
                if isinstance(child, str) and isinstance(parent, str) and child != parent:
                    yield child, parent


def _levels(package: CasePackage) -> Iterator[tuple[str, tuple[str, ...]]]:
    for rubric in package.rubrics:
        for criterion in _listed(rubric, "CFRubricCriteria"):
            link = criterion.get("CFItemURI")
            key = link.get("identifier") if isinstance(link, dict) else None
            ordered = sorted(_listed(criterion, "CFRubricCriterionLevels"), key=_position)
            texts = tuple(_said(level, "description") or _said(level, "quality") for level in ordered)
            if isinstance(key, str) and texts and all(texts):
                yield key, texts


def _scale(package: CasePackage) -> Scale:
    """The scale that our own packages say, else from the number of levels that every rubric has, else 0 to 5."""
    own = _own(package.document).get("scale")
    if isinstance(own, dict):
        low, high, names = own.get("low"), own.get("high"), own.get("names")
        numbers = [one for one in (low, high) if isinstance(one, int | float) and not isinstance(one, bool)]
        if len(numbers) == 2 and 0 <= numbers[0] < numbers[1] <= numbers[0] + 10 and numbers[1] <= 20:
            ends = [int(one) for one in numbers]
            texts = tuple(one for one in names if isinstance(one, str)) if isinstance(names, list) else ()
            fits = len(texts) == ends[1] - ends[0] + 1
            return Scale(ends[0], ends[1], texts if fits else ())
    counts = {len(texts) for _, texts in _levels(package)}
    count = counts.pop() if len(counts) == 1 else 0
    return Scale(0, count - 1) if 2 <= count <= 11 else Scale()


def _credit(document: Mapping[str, Any]) -> str:
    parts = [_said(document, "title"), _said(document, "creator"), _said(document, "publisher")]
    licence = document.get("licenseURI")
    if isinstance(licence, dict):
        parts.append(_said(licence, "title") or _said(licence, "uri"))
    return ", ".join(dict.fromkeys(part for part in parts if part))[:1000]


def _own(value: Mapping[str, Any]) -> Mapping[str, Any]:
    extensions = value.get("extensions")
    own = extensions.get(OURS) if isinstance(extensions, dict) else None
    return own if isinstance(own, dict) else {}


def _said(value: Mapping[str, Any], key: str) -> str:
    found = value.get(key)
    return found.strip() if isinstance(found, str) else ""


def _listed(value: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    found = value.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _position(level: Mapping[str, Any]) -> float:
    for key in ("position", "score"):
        value = level.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9:
            return float(value)
    return 0.0


def _number(value: object, low: float, high: float) -> float | None:
    usable = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if usable and low <= value <= high else None  # type: ignore[arg-type, operator]


def _load(data: bytes, file: str) -> object:
    if len(data) > MOST_BYTES:
        raise _refused(file, f"{len(data)} bytes", f"at most {MOST_BYTES} bytes")
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise _refused(file, "bytes that are not UTF-8", "JSON in UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise _refused(file, shown(str(error)), "JSON in UTF-8") from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _refused(file: str, found: str, allowed: str) -> UnreadableFile:
    return UnreadableFile(f"{file} cannot be imported", [Fault(file, found, allowed)])
