"""Questionnaires that workshops make for themselves, as pages of parts B, C and D make them."""

from __future__ import annotations

from typing import Any

LEVELS = [
    ("0", "None", "Has not met it yet."),
    ("1", "Aware", "Can say what it is for, and whom to ask."),
    ("2", "With help", "Does simple cases with somebody at their side."),
    ("3", "Alone", "Does the usual cases alone, and notices when a case is not usual."),
    ("4", "Hard cases", "Does hard cases, and explains to others how."),
    ("5", "Shapes it", "Changes how it is done here, and others come to ask."),
]
APART = [("not_assessed", "Not assessed"), ("not_my_job", "Not part of my job")]


def levels(number: int) -> dict[str, Any]:
    """One competency to assess oneself on."""
    options = [{"id": name, "short": short, "text": text} for name, short, text in LEVELS]
    options += [{"id": name, "text": text} for name, text in APART]
    return {
        "id": f"c{number}",
        "kind": "levels",
        "stem": f"Competency {number}: talking with customers about what they need",
        "section": f"s{number // 6}",
        "options": options,
    }


def assessment(competencies: int = 60) -> dict[str, Any]:
    """A self-assessment in sections of six competencies."""
    sections = range((competencies + 5) // 6)
    return {
        "id": "self_assessment",
        "title": "Service desk: how I see myself",
        "layout": "sections",
        "sections": [{"id": f"s{number}", "title": f"Area {number + 1}"} for number in sections],
        "questions": [levels(number) for number in range(competencies)],
    }


def ballot(names: tuple[str, ...] = ("Ana", "Ben", "Cleo")) -> dict[str, Any]:
    """A ranked-choice ballot on one screen."""
    options = [{"id": f"p{number}", "text": name} for number, name in enumerate(names)]
    question = {
        "id": "leader",
        "kind": "ranked",
        "stem": "Who should lead?",
        "required": True,
        "options": options,
    }
    return {
        "id": "ballot",
        "title": "Who leads our community?",
        "layout": "quick",
        "questions": [question],
    }


def mixed() -> dict[str, Any]:
    """A ranked question first, then sixty levels, in sections."""
    made = assessment()
    first = {**ballot()["questions"][0], "section": "first", "stem": "Which of these first?"}
    return {
        **made,
        "sections": [{"id": "first", "title": "What matters"}, *made["sections"]],
        "questions": [first, *made["questions"]],
    }


def pulse() -> dict[str, Any]:
    """Two taps after a meeting."""
    taps = ["Were you challenged?", "Was it safe to speak?"]
    return {
        "id": "pulse",
        "title": "Two taps",
        "layout": "quick",
        "questions": [
            {
                "id": f"tap{number}",
                "kind": "scale",
                "stem": stem,
                "low": 1,
                "high": 5,
                "anchors": ["not at all", "very"],
                "required": True,
            }
            for number, stem in enumerate(taps)
        ],
    }


def entry(*more: str) -> dict[str, Any]:
    """Something that people say under their name."""
    questions = [{"id": "name", "kind": "short_text", "stem": "Your name", "required": True}]
    questions += [{"id": name, "kind": "long_text", "stem": f"What you {name}"} for name in more]
    return {"id": "entry", "title": "Who we are", "layout": "quick", "questions": questions}
