"""Competencies that were read from a file, whatever form it had, and the success profile that can be made of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from learnerfirst.answers import shorten
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.success_profiles import Proposal, Scale, SuccessProfile, make_id, profile_of

LONGEST_NAME = 200
LONGEST_TEXT = 2000
LONGEST_GROUP = 100


@dataclass(frozen=True)
class Framework:
    """What a file holds. ``kind``: "onet", "case", "moodle", "esco" or "table".

    ``proposals``: competencies, with required level and importance where the file says them. ``role``: the occupation
    or role that they belong to, "" where the file names none. ``source``: whom to credit, with licence. ``notes``:
    what was left out and why, a sentence each.
    """

    kind: str
    title: str
    proposals: tuple[Proposal, ...]
    scale: Scale = field(default_factory=Scale)
    role: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()

    def profile(
        self,
        role: str = "",
        *,
        only: Collection[str] | None = None,
        required: float | None = None,
        importance: float | None = None,
    ) -> SuccessProfile:
        """The success profile of these competencies, a draft built by "import".

        ``only``: ids to take. ``required``, ``importance``: for competencies of which the file says neither; without
        them these are an InvalidInput that names them, since a number that nobody said is no number.
        """
        unknown = [key for key in only or () if key not in {one.id for one in self.proposals}]
        if unknown:
            faults = [
                Fault("only", shorten(repr(key)), "the id of a competency in this file") for key in unknown
            ]
            raise InvalidInput(f"{self.title} has no such competency", faults)
        kept = tuple(
            replace(
                one,
                required=required if one.required is None else one.required,
                importance=importance if one.importance is None else one.importance,
            )
            for one in self.proposals
            if only is None or one.id in only
        )
        return profile_of(role or self.role or self.title, kept, self.scale, source=self.source)


def as_proposals(
    rows: Iterable[tuple[str, Proposal]], notes: list[str] | None = None
) -> tuple[Proposal, ...]:
    """Proposals with ids of their own: from the id that the file has, if it can be one, else from the name.

    Names and texts that are longer than a profile takes are cut, with a note.
    """
    used: set[str] = set()
    found, cut = [], 0
    for given, one in rows:
        key = make_id(given if given and len(given) <= 32 else one.name, used)
        used.add(key)
        cut += len(one.name) > LONGEST_NAME or len(one.description) > LONGEST_TEXT
        found.append(
            replace(
                one,
                id=key,
                name=_cut(one.name, LONGEST_NAME),
                description=_cut(one.description, LONGEST_TEXT),
                group=_cut(one.group, LONGEST_GROUP),
            )
        )
    if cut and notes is not None:
        notes.append(f"{cut} names or descriptions were longer than is taken and were cut.")
    return tuple(found)


def _cut(text: str, most: int) -> str:
    clean = text.replace("\0", "").strip()
    return clean if len(clean) <= most else clean[: most - 1].rstrip() + "…"
