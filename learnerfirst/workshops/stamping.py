"""Whose answers a picture is made from, and which of them changed: stamps, never answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from learnerfirst.learner_power import LearnerPowerContent
from learnerfirst.learner_power.sheet import gaps, read_sheet
from learnerfirst.learner_power.topics import split_topics
from learnerfirst.workshops.taking import stamps_of

Kept = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Counted:
    """``members``: those whose sheets count, with their stamps; ``parts``: the same for each thing shown apart.

    Sheets with too few answers count for nothing but the topics they answer: they are no members.
    """

    members: Mapping[str, str]
    parts: Mapping[str, Mapping[str, str]]


def counted(kept: Kept, content: LearnerPowerContent, *, gives_stage: bool) -> Counted:
    """Return who is counted among the stored sheets ``kept``, by their keys."""
    dimensions = {question.id: question.dimension for question in content.questionnaire.questions}
    members: dict[str, str] = {}
    parts: dict[str, dict[str, list[str]]] = {}
    for key, body in kept.items():
        answers = dict(body["answers"])
        sheet = read_sheet(split_topics(answers)[0], content)
        whole = {"today": not (gives_stage and gaps(sheet.today, content))}
        whole["wanted"] = (
            whole["today"] and bool(sheet.wanted) and not (gives_stage and gaps(sheet.wanted or {}, content))
        )
        stamps = stamps_of(body)
        if whole["today"] and stamps:
            members[key] = json.dumps(stamps)
        for place, stamp in stamps.items():
            question, _dot, kind = place.rpartition(".")
            names = [f"{question} {kind}"]
            if question in dimensions:
                names = [kind, f"{dimensions[question]} {kind}"] if whole.get(kind) else []
            for name in names:
                parts.setdefault(name, {}).setdefault(key, []).append(f"{place} {stamp}")
    told = {name: {key: json.dumps(each) for key, each in part.items()} for name, part in parts.items()}
    return Counted(members, told)
