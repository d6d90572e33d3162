"""The catalogue of learning resources of a workshop: one versioned document, lined up to competencies over time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learnerfirst.errors import Fault, InvalidInput, NotAllowed
from learnerfirst.plans.catalogue import as_dict, resource_faults, resource_from, tagged, untag, untagged
from learnerfirst.plans.resource import Resource, Span
from learnerfirst.store import Document, Store

RESOURCES = "resources"
MOST = 5000
MOST_FAULTS = 50

Resources = tuple[Resource, ...]


@dataclass(frozen=True, slots=True)
class KeptResources:
    """A catalogue as the store holds it; ``version`` counts its saves from 1, 0 is the empty shelf."""

    resources: Resources
    version: int

    @property
    def untagged(self) -> Resources:
        """Those that lead to no competency yet."""
        return untagged(self.resources)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The catalogue as rows of a resources frame."""
        return [row for one in self.resources for row in one.rows()]


class ResourceShelf:
    """The resources of the workshop ``code``.

    ``save`` names the version that was changed; when somebody saved in the meantime, StaleDocument is raised, nothing is
    overwritten, and the error's ``current`` is what they saved. What changes one resource (``add``, ``tag``, ``untag``,
    ``remove``) reads the newest catalogue and changes that, so that two who tag at once lose nothing.
    """

    def __init__(self, store: Store, code: str) -> None:
        self.store, self.code = store, code

    def get(self) -> KeptResources:
        """The newest catalogue; version 0 without resources where none was saved."""
        found = self.store.document(RESOURCES, self.code)
        return KeptResources((), 0) if found is None else kept_of(found)

    def save(self, resources: Iterable[Resource], expected_version: int) -> KeptResources:
        """Save the version after ``expected_version``; StaleDocument carries what somebody else saved."""
        body = body_of(resources)
        return kept_of(self.store.save_document(RESOURCES, self.code, body, expected_version))

    def add(self, resources: Iterable[Resource]) -> KeptResources:
        """Put resources on the shelf; one that is there already (same name, language, kind, length …) gets the new levels, too."""
        listed = tuple(resources)
        return self.change(lambda kept: joined((*kept, *listed)))

    def tag(self, name: str, span: Span) -> KeptResources:
        """Line up every resource of this name to a competency and the levels that it leads through."""
        return self.change(lambda kept: tagged(kept, name, span))

    def untag(self, name: str, competency: str) -> KeptResources:
        """Take a competency off every resource of this name."""
        return self.change(lambda kept: untag(kept, name, competency))

    def remove(self, names: Iterable[str]) -> KeptResources:
        """Take resources off the shelf; its history stays."""
        gone = frozenset(names)
        return self.change(lambda kept: tuple(one for one in kept if one.name not in gone))

    def change(self, how: Callable[[Resources], Iterable[Resource]]) -> KeptResources:
        """Read the newest catalogue, change it, save it; tried again when somebody was faster. Nothing new: nothing saved."""

        def changed(body: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
            before = () if body is None else _resources(body)
            after = body_of(how(before))
            return None if after == body_of(before) else after

        found = self.store.change_document(RESOURCES, self.code, changed)
        return KeptResources((), 0) if found is None else kept_of(found)

    def history(self) -> tuple[KeptResources, ...]:
        """Every version, oldest first."""
        return tuple(kept_of(each) for each in self.store.history(RESOURCES, self.code))

    def bring_back(self, version: int, expected_version: int) -> KeptResources:
        """Save an earlier version anew, after ``expected_version``; nothing of the history goes away."""
        for kept in self.history():
            if kept.version == version:
                return self.save(kept.resources, expected_version)
        raise NotAllowed(f"The catalogue has no version {version}.")


def joined(resources: Iterable[Resource]) -> Resources:
    """Each resource once: what leads to several competencies has them all; of one competency the newest levels hold.

    >>> film, again = Resource("Film", (Span("asking", 0, 2),)), Resource("Film", (Span("asking", 0, 3), Span("silence", 0, 1)))
    >>> [span.high for one in joined([film, again]) for span in one.serves]
    [3, 1]
    """
    from dataclasses import replace

    found: dict[tuple[Any, ...], Resource] = {}
    for one in resources:
        known = found.get(one.key)
        if known is not None:
            spans = {span.competency: span for span in (*known.serves, *one.serves)}
            one = replace(one, serves=tuple(sorted(spans.values())), link=one.link or known.link)
        found[one.key] = one
    return tuple(found[key] for key in sorted(found))


def body_of(resources: Iterable[Resource]) -> dict[str, Any]:
    """The document's body; InvalidInput with every fault, or where there are too many."""
    listed = tuple(resources)
    if len(listed) > MOST:
        fault = Fault("resources", f"{len(listed)}", f"{MOST} at most")
        raise InvalidInput("the catalogue was not saved", [fault])
    faults = [fault for at, one in enumerate(listed) for fault in resource_faults(one, f"resource {at + 1}")]
    if faults:
        raise InvalidInput(f"the catalogue was not saved: {len(faults)} faults", faults[:MOST_FAULTS])
    return {"resources": [as_dict(one) for one in listed]}


def kept_of(document: Document) -> KeptResources:
    """The catalogue in a document of the store."""
    return KeptResources(_resources(document.body), document.version)


def _resources(body: Mapping[str, Any]) -> Resources:
    listed: Sequence[Any] = body["resources"]
    return tuple(resource_from(one, f"resource {at + 1}") for at, one in enumerate(listed))
