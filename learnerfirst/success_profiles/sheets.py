"""The three questionnaires of a profile, as the mapping that a questionnaire's file holds; words come in as an argument."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.success_profiles.feedback import WORDS
from learnerfirst.success_profiles.profile import Competency, Scale, SuccessProfile
from learnerfirst.success_profiles.proposals import Proposal

Words = Mapping[str, Any]
Body = dict[str, object]

LEVEL, IMPORTANCE, REQUIRED, RELEVANCE = "level_", "imp_", "req_", "rel_"
NOT_ASSESSED, NOT_MY_JOB, NOT_NEEDED = "not_assessed", "not_my_job", "not_needed"
MISSING, PROPOSED = "missing_", "new_"
MOST_PROPOSED = 5
MOST_QUESTIONS = 200
# Competencies on one screen of a phone; a rating asks two questions for each.
ON_A_SCREEN, RATED_ON_A_SCREEN = 6, 4


def rating_sheet(
    role: str,
    proposals: Sequence[Proposal],
    words: Words,
    scale: Scale | None = None,
    *,
    propose: int = 3,
    name: str = "profile_rating",
) -> Body:
    """What high performers answer: for each competency how much it matters and the level that the job needs, and then
    up to ``propose`` (0-5) competencies of their own.

    ``words``: the texts of the area "success_profiles". Levels are put in words; "the job does without it" is an
    answer. Read back with :func:`learnerfirst.success_profiles.ratings_from`.
    """
    said, used = words["rating"], scale or Scale()
    places, sections = _placed(proposals, words, RATED_ON_A_SCREEN)
    questions: list[Body] = []
    for one in proposals:
        section, head = places[one.id], _head(one)
        questions += [
            _importance(
                f"{IMPORTANCE}{one.id}", said["importance"].format(name=head), section, words, one.description
            ),
            _choice(
                f"{REQUIRED}{one.id}",
                said["required"].format(name=head),
                section,
                [*level_options(one.levels, used, words), _option(NOT_NEEDED, said["not_needed"])],
            ),
        ]
    for number in range(1, min(propose, MOST_PROPOSED) + 1):
        questions += _own_proposal(number, said, used, words)
    if propose:
        sections.append({"id": "proposals", "title": said["own_title"], "intro": said["own_intro"]})
    return _body(name, said, role, sections, questions, words["language"])


def self_assessment_sheet(
    profile: SuccessProfile, words: Words, *, threshold: int = 5, name: str = "self_assessment"
) -> Body:
    """What somebody in the role answers about themself: a level in words for each competency, or "not assessed", or
    "not part of my job". ``threshold``: how few people are never shown; the consent text says it.

    Read back with :func:`learnerfirst.success_profiles.levels_from`.
    """
    said = words["self_assessment"]
    places, sections = _placed(profile.competencies, words, ON_A_SCREEN)
    extra = [_option(NOT_ASSESSED, said["not_assessed"]), _option(NOT_MY_JOB, said["not_my_job"])]
    questions = [
        _choice(
            f"{LEVEL}{one.id}",
            said["stem"].format(name=_head(one)),
            places[one.id],
            level_options(one.levels, profile.scale, words) + extra,
            one.description,
        )
        for one in profile.competencies
    ]
    return _body(name, said, profile.role, sections, questions, words["language"], threshold)


def relevance_sheet(
    profile: SuccessProfile, words: Words, *, missing: int = 3, name: str = "relevance"
) -> Body:
    """What the job says about the profile: still matters, no longer matters, not part of my job; what is missing.

    Read back with :func:`learnerfirst.success_profiles.relevance_from`.
    """
    said = words["relevance"]
    places, sections = _placed(profile.competencies, words, ON_A_SCREEN)
    options = [_option(word, said[word]) for word in WORDS]
    questions: list[Body] = [
        _choice(
            f"{RELEVANCE}{one.id}",
            said["stem"].format(name=_head(one)),
            places[one.id],
            options,
            one.description,
        )
        for one in profile.competencies
    ]
    for number in range(1, min(missing, MOST_PROPOSED) + 1):
        stem = said["missing" if number == 1 else "missing_more"]
        questions.append(
            {
                "id": f"{MISSING}{number}",
                "kind": "short_text",
                "stem": stem,
                "section": "missing",
                "max_length": 100,
            }
        )
    if missing:
        sections.append({"id": "missing", "title": said["missing_title"], "intro": said["missing_intro"]})
    return _body(name, said, profile.role, sections, questions, words["language"])


def level_options(levels: Sequence[str], scale: Scale, words: Words) -> list[Body]:
    """One option a level, lowest first: what one sees at it, else the scale's name, else words that fit any work."""
    points = scale.points
    texts = list(levels or scale.names or general_levels(scale, words))
    named = words["level_names"]
    shorts = scale.names or (named if len(named) == len(points) else [str(point) for point in points])
    return [
        {"id": str(point), "text": _plain(text), "short": _plain(short)}
        for point, text, short in zip(points, texts, shorts, strict=True)
    ]


def general_levels(scale: Scale, words: Words) -> tuple[str, ...]:
    """Words for the levels of any work, as many as the scale has, spread over the ladder in ``words``."""
    ladder, last = words["ladder"], len(scale.points) - 1
    return tuple(ladder[round(at * (len(ladder) - 1) / last)] for at in range(last + 1))


def _own_proposal(number: int, said: Words, scale: Scale, words: Words) -> list[Body]:
    key, options = f"{PROPOSED}{number}", level_options((), scale, words)
    name = said["own_name" if number == 1 else "own_name_more"]
    return [
        {"id": f"{key}_name", "kind": "short_text", "stem": name, "section": "proposals", "max_length": 100},
        {
            "id": f"{key}_good",
            "kind": "long_text",
            "stem": said["own_good"],
            "section": "proposals",
            "max_length": 400,
        },
        _importance(f"{key}_imp", said["own_importance"], "proposals", words),
        _choice(f"{key}_req", said["own_required"], "proposals", options),
    ]


def _importance(key: str, stem: str, section: str, words: Words, text: str = "") -> Body:
    options = [
        {"id": str(at), "text": _plain(said), "short": short}
        for at, (said, short) in enumerate(
            zip(words["importance"], words["importance_names"], strict=True), 1
        )
    ]
    return _choice(key, stem, section, options, text)


def _choice(key: str, stem: str, section: str, options: Sequence[Body], text: str = "") -> Body:
    body: Body = {"id": key, "kind": "levels", "stem": stem, "section": section, "options": list(options)}
    return {**body, "help": _plain(text)} if text else body


def _option(key: str, text: str) -> Body:
    return {"id": key, "text": _plain(text)}


def _body(
    name: str,
    said: Words,
    role: str,
    sections: Sequence[Body],
    questions: Sequence[Body],
    language: str,
    threshold: int = 2,
) -> Body:
    if not 0 < len(questions) <= MOST_QUESTIONS:
        fault = Fault(
            "questions", str(len(questions)), f"1 to {MOST_QUESTIONS}; ask about fewer competencies"
        )
        raise InvalidInput(f"the sheet {name} cannot be made", [fault])
    used = {question["section"] for question in questions}
    fills = {"role": _plain(role), "threshold": threshold}
    return {
        "id": name,
        "version": "1",
        "language": language,
        "title": said["title"].format(**fills)[:200],
        "intro": said["intro"].format(**fills),
        "layout": "sections",
        "consent": said["consent"].format(**fills),
        "consent_more": [line.format(**fills) for line in said["consent_more"]],
        "sections": [section for section in sections if section["id"] in used],
        "questions": list(questions),
    }


def _placed(
    listed: Sequence[Proposal] | Sequence[Competency], words: Words, most: int
) -> tuple[dict[str, str], list[Body]]:
    """The section of each competency, and the sections: one a group, in equal parts of ``most`` at most."""
    places: dict[str, str] = {}
    sections: list[Body] = []
    for number, group in enumerate(dict.fromkeys(one.group for one in listed), 1):
        members = [one.id for one in listed if one.group == group]
        title, parts = _plain(group) or words["no_group"], -(-len(members) // most)
        for part in range(parts):
            key = f"group_{number}" if parts == 1 else f"group_{number}_{part + 1}"
            said = words["part_of"].format(title=title, part=part + 1, parts=parts)
            sections.append({"id": key, "title": title if parts == 1 else said})
            here = members[part * len(members) // parts : (part + 1) * len(members) // parts]
            places.update(dict.fromkeys(here, key))
    return places, sections


def _head(one: Proposal | Competency) -> str:
    return _plain(one.name).rstrip(".")


def _plain(text: str) -> str:
    """A text as somebody typed it, with braces that would read as placeholders turned into brackets."""
    return text.replace("{", "(").replace("}", ")")
