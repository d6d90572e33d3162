"""Who stands as leader of a community: the sheet on phones, and candidates out of what they entered, named by choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from learnerfirst.content import texts
from learnerfirst.errors import NotAllowed
from learnerfirst.workshops.values import Activity

CANDIDACY = "candidacy"
NAME, LONGEST = 60, 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who stands. ``id`` may be told: it opens nothing, and tells nothing of when they came."""

    id: str
    name: str
    would: str = ""
    would_not: str = ""


def open_candidacy(workshops: Any, code: str, community_id: str, name: str) -> Activity:
    """Ask who stands, under the workshop's code; entries of an earlier round stay. NotAllowed while another thing is asked."""
    stored = workshops.put_questionnaire(code, f"stand_{community_id}"[:40], candidacy_sheet(name))
    opened: Activity = workshops.open_activity(code, stored, purpose=CANDIDACY, about=community_id)
    return opened


def candidates(workshops: Any, code: str, community_id: str) -> tuple[Candidate, ...]:
    """Those who stand now, in the order of their ids: made of hashes, it favours nobody and tells nothing."""
    found = workshops.named_people(code, f"{CANDIDACY}:{community_id}")
    return tuple(_candidate(person, found[person]) for person in sorted(found))


def refuse_same_names(standing: tuple[Candidate, ...]) -> None:
    """NotAllowed where two cannot be told apart on a ballot."""
    seen: set[str] = set()
    for one in standing:
        if one.name.casefold() in seen:
            raise NotAllowed(texts("leader_vote")["same_name"].format(name=one.name))
        seen.add(one.name.casefold())


def candidacy_sheet(name: str) -> dict[str, Any]:
    """The sheet of somebody who stands; only the name is needed."""
    words = texts("leader_vote")["candidacy"]
    asked = [
        {"id": "name", "kind": "short_text", "required": True, "max_length": NAME},
        {"id": "would", "kind": "long_text", "max_length": LONGEST},
        {"id": "would_not", "kind": "long_text", "max_length": LONGEST},
    ]
    return {
        "id": CANDIDACY,
        "version": "1",
        "language": texts("leader_vote")["language"],
        "title": words["title"].format(name=plain(name)),
        "layout": "quick",
        "sections": [
            {"id": "stand", "title": words["title"].format(name=plain(name)), "intro": words["intro"]}
        ],
        "questions": [{**one, "stem": words[one["id"]], "section": "stand"} for one in asked],
    }


def plain(text: str) -> str:
    """Without braces, which would read as placeholders, and with single spaces."""
    return " ".join(text.replace("{", "(").replace("}", ")").split())


def _candidate(person: str, body: Mapping[str, Any]) -> Candidate:
    said = (str(body.get(key) or "").strip() for key in ("would", "would_not"))
    return Candidate(person, plain(str(body["name"])), *said)
