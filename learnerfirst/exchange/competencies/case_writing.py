"""A success profile as a CASE 1.1 package: competencies as items below their headings, levels as rubrics."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.exchange.competencies.case_reading import OURS
from learnerfirst.success_profiles import Competency, SuccessProfile, as_dict

# Ids are made of this and of what they name, so that the same profile always has the same ids.
NAMESPACE = UUID("7f1b2f0e-5d0c-5c0a-9b0e-3c1f6a4f2d11")
Entry = dict[str, Any]


def case_package(profile: SuccessProfile, *, creator: str, on: date | None = None, base: str = "") -> Entry:
    """The package as plain values, valid against 1EdTech's JSON Schema of CASE 1.1.

    ``creator``: the organisation that stands for it. ``on``: the day of its last change, by default the one on which
    it was built; InvalidInput where neither is known. ``base``: the address below which its parts can be fetched;
    without one their URIs are ``urn:uuid:``. Required level, importance and goal, which CASE has no place for, stand
    in the extensions.
    """
    day = on or profile.built_on
    if day is None or not creator.strip():
        faults = [] if day else [Fault("on", "no day", "the day of the last change, as a date")]
        faults += [] if creator.strip() else [Fault("creator", repr(creator), "the name of an organisation")]
        raise InvalidInput("the package cannot be written", faults)
    return _Writer(profile, creator, f"{day.isoformat()}T00:00:00+00:00", base.rstrip("/")).package()


def case_json(profile: SuccessProfile, *, creator: str, on: date | None = None, base: str = "") -> bytes:
    """The package as a file; the same profile gives the same bytes."""
    package = case_package(profile, creator=creator, on=on, base=base)
    return json.dumps(package, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"


class _Writer:
    def __init__(self, profile: SuccessProfile, creator: str, changed: str, base: str) -> None:
        self.profile, self.creator, self.changed, self.base = profile, creator, changed, base

    def package(self) -> Entry:
        document = self._head("CFDocuments", "document")
        items, associations = self._items(document)
        rubrics = [self._rubric(one) for one in self.profile.competencies if one.levels]
        package: Entry = {"CFDocument": document, "CFItems": items, "CFAssociations": associations}
        return {**package, "CFRubrics": rubrics} if rubrics else package

    def _head(self, kind: str, name: str) -> Entry:
        whole = as_dict(self.profile)
        own = {key: whole[key] for key in ("role", "version", "built_by", "built_on", "source", "scale")}
        return {
            **self._ids(kind, name),
            "caseVersion": "1.1",
            "creator": self.creator,
            "title": self.profile.role,
            "version": str(self.profile.version),
            "adoptionStatus": "Draft" if self.profile.draft else "Implemented",
            "extensions": {OURS: own},
        }

    def _items(self, document: Entry) -> tuple[list[Entry], list[Entry]]:
        headings = {
            group: {**self._ids("CFItems", f"group {group}"), "fullStatement": group}
            for group in self.profile.groups
            if group
        }
        items, associations = list(headings.values()), []
        for place, heading in enumerate(items):
            associations.append(self._child(heading, document, place))
        for place, one in enumerate(self.profile.competencies):
            item = self._item(one)
            items.append(item)
            associations.append(self._child(item, headings.get(one.group, document), place))
        return items, associations

    def _item(self, one: Competency) -> Entry:
        own = {"id": one.id, "required": one.required, "importance": one.importance, "goal": one.goal}
        item = {
            **self._ids("CFItems", f"competency {one.id}"),
            "fullStatement": one.name,
            "humanCodingScheme": one.id,
            "CFItemType": "Competency",
            "extensions": {OURS: own},
        }
        return {**item, "notes": one.description} if one.description else item

    def _child(self, item: Entry, parent: Entry, place: int) -> Entry:
        return {
            **self._ids("CFAssociations", f"{item['identifier']} below {parent['identifier']}"),
            "associationType": "isChildOf",
            "sequenceNumber": place + 1,
            "originNodeURI": _link(item),
            "destinationNodeURI": _link(parent),
        }

    def _rubric(self, one: Competency) -> Entry:
        rubric = self._ids("CFRubrics", f"rubric {one.id}")
        criterion = self._ids("CFRubricCriteria", f"criterion {one.id}")
        scale, item = self.profile.scale, self._item(one)
        levels = []
        for place, (point, text) in enumerate(zip(scale.points, one.levels, strict=True)):
            level = self._ids("CFRubricCriterionLevels", f"level {one.id} {point}")
            quality = {"quality": scale.names[place]} if scale.names else {}
            said = {"description": text, "score": float(point), "position": place + 1}
            levels.append({**level, **quality, **said, "rubricCriterionId": criterion["identifier"]})
        return {
            **rubric,
            "title": one.name,
            "CFRubricCriteria": [
                {
                    **criterion,
                    "CFItemURI": _link(item),
                    "position": 1,
                    "rubricId": rubric["identifier"],
                    "CFRubricCriterionLevels": levels,
                }
            ],
        }

    def _ids(self, kind: str, name: str) -> Entry:
        key = str(uuid5(NAMESPACE, f"{self.profile.role}\n{kind}\n{name}"))
        uri = f"{self.base}/{kind}/{key}" if self.base else f"urn:uuid:{key}"
        return {"identifier": key, "uri": uri, "lastChangeDateTime": self.changed}


def _link(entry: Entry) -> Entry:
    title = entry.get("title") or entry["fullStatement"]
    return {"title": title, "identifier": entry["identifier"], "uri": entry["uri"]}
