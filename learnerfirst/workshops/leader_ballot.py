"""The ballot of a vote on a leader: made of who stands at the moment of opening, read back as names when it is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learnerfirst.content import texts
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.questionnaire import Questionnaire
from learnerfirst.workshops.leader_candidates import Candidate, plain

APPROVAL, RANKED, YES = "approval", "ranked", "yes"
METHODS = (APPROVAL, RANKED)
"""How votes on phones are counted; STAR is there as a function."""
NOBODY = "nobody"
"""The option with which a ballot names nobody; ids of candidates begin with m and a digit or letter of a hash."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What is voted on. ``kind``: "approval", "ranked", or "yes" where one person stands; ``names``: id to name, as it was then."""

    kind: str
    names: Mapping[str, str]

    @property
    def method(self) -> str:
        """How it is counted."""
        return RANKED if self.kind == RANKED else APPROVAL

    def marked(self, answers: Mapping[str, Any]) -> list[str]:
        """The names on one filled-in ballot, in its order."""
        given = answers.get(self.kind)
        ids = [given] if isinstance(given, str) else list(given or ())
        return [self.names[one] for one in ids if one in self.names]


def refuse_unknown_method(method: str) -> None:
    """InvalidInput unless votes on phones can be counted this way."""
    if method not in METHODS:
        fault = Fault("method", repr(method)[:40], f"one of: {', '.join(METHODS)}")
        raise InvalidInput(texts("leader_vote")["unknown_method"], [fault])


def ballot_sheet(
    name: str, standing: Sequence[Candidate], method: str, number: int, *, again: bool
) -> dict[str, Any]:
    """The sheet of vote ``number`` of the community ``name``. ``again``: between those who were level before.

    The order of the options is that of ``standing``; every second phone shows it the other way round.
    """
    words = texts("leader_vote")["ballot"]
    kind = YES if len(standing) == 1 else method
    options = [{"id": one.id, "text": one.name} for one in standing]
    stem, intro = words[f"{kind}_stem"], words[f"{kind}_intro"]
    if kind == YES:
        stem, options = stem.format(name=standing[0].name), [{"id": standing[0].id, "text": words["yes"]}]
    if kind != RANKED:
        options.append({"id": NOBODY, "text": words[f"{kind}_none"]})
    form = {APPROVAL: "several", RANKED: "ranked", YES: "single"}[kind]
    title = words["title"].format(name=plain(name))
    # the section of a ballot on one person is that person: their option says "yes"
    head = standing[0].name if kind == YES else title
    return {
        "id": "leader_vote",
        "version": str(number),
        "language": texts("leader_vote")["language"],
        "title": title,
        "layout": "quick",
        "sections": [
            {"id": "ballot", "title": head, "intro": f"{words['again']} {intro}" if again else intro}
        ],
        "questions": [
            {
                "id": kind,
                "kind": form,
                "stem": stem,
                "section": "ballot",
                "required": True,
                "options": options,
            }
        ],
    }


def ballot_of(sheet: Questionnaire) -> Ballot | None:
    """What such a sheet asks; None where it is the sheet of something else."""
    asked = sheet.questions[0]
    if len(sheet.questions) != 1 or asked.id not in (APPROVAL, RANKED, YES) or not sheet.sections:
        return None
    names = {one.id: one.text for one in asked.options if one.id != NOBODY}
    if asked.id == YES:
        names = dict.fromkeys(names, sheet.sections[0].title)
    return Ballot(asked.id, names)
