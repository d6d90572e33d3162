"""Answers to the sheets of a profile, read back: levels, ratings, proposals, feedback. Blank stays blank, never zero."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from learnerfirst.success_profiles.feedback import NOT_MINE, WORDS
from learnerfirst.success_profiles.profile import SuccessProfile, make_id
from learnerfirst.success_profiles.proposals import Proposal
from learnerfirst.success_profiles.ratings import Rating
from learnerfirst.success_profiles.sheets import (
    IMPORTANCE,
    LEVEL,
    MISSING,
    MOST_PROPOSED,
    NOT_MY_JOB,
    NOT_NEEDED,
    PROPOSED,
    RELEVANCE,
    REQUIRED,
)

Answers = Mapping[str, object]
_LEVELS = frozenset(map(str, range(21)))


@dataclass(frozen=True)
class Levels:
    """One person's self-assessment. ``levels``: by competency id, None where not assessed (or left blank, or not part
    of the job). ``not_my_job``: ids that they say are not part of their job; feedback to the profile."""

    levels: Mapping[str, float | None]
    not_my_job: tuple[str, ...] = ()

    @property
    def assessed(self) -> Mapping[str, float]:
        """Only what was assessed."""
        return {key: level for key, level in self.levels.items() if level is not None}

    def rows(self, person_id: str, role: str) -> list[dict[str, object]]:
        """Rows of a long frame: person_id, role, competency, level (None where not assessed). What is not part of the
        person's job has no row."""
        return [
            {"person_id": person_id, "role": role, "competency": key, "level": level}
            for key, level in self.levels.items()
            if key not in self.not_my_job
        ]


def levels_from(answers: Answers, profile: SuccessProfile) -> Levels:
    """Valid answers to a self-assessment sheet of this profile, or of an older version: what it lacks is not assessed.

    >>> from learnerfirst.success_profiles.profile import Competency
    >>> two = tuple(Competency(key, key, required=3, importance=4) for key in ("stock", "till"))
    >>> found = levels_from({"level_stock": "0", "level_till": "not_my_job"}, SuccessProfile("Assistant", two))
    >>> dict(found.levels), found.not_my_job
    ({'stock': 0.0, 'till': None}, ('till',))
    """
    given = {key: answers.get(f"{LEVEL}{key}") for key in profile.ids}
    high = profile.scale.high
    levels = {key: _number(value) for key, value in given.items()}
    return Levels(
        {
            key: level if level is not None and profile.scale.low <= level <= high else None
            for key, level in levels.items()
        },
        tuple(key for key, value in given.items() if value == NOT_MY_JOB),
    )


def ratings_from(answers: Answers, ids: Iterable[str]) -> dict[str, Rating]:
    """One person's ratings out of valid answers to a rating sheet, by competency id; what they left out is absent.

    >>> ratings_from({"imp_stock": "4", "req_stock": "3", "req_till": "not_needed"}, ["stock", "till"])
    {'stock': Rating(importance=4.0, required=3.0, needed=True), 'till': Rating(importance=None, required=None, needed=False)}
    """
    found = {}
    for key in ids:
        level = answers.get(f"{REQUIRED}{key}")
        rating = Rating(
            importance=_number(answers.get(f"{IMPORTANCE}{key}")),
            required=_number(level),
            needed=level != NOT_NEEDED,
        )
        if rating != Rating():
            found[key] = rating if rating.needed else Rating(needed=False)
    return found


def proposals_from(
    sheets: Sequence[Answers], taken: Collection[str] = ()
) -> tuple[tuple[Proposal, ...], tuple[dict[str, Rating], ...]]:
    """What all persons proposed, and one mapping of ratings a person, by the new ids.

    Names that are equal but for case and spaces are one proposal, with the first description that was given. Ids
    are unlike those ``taken``. The order is that of the names, not that in which people sent.

    >>> first = {"new_1_name": "Stays calm", "new_1_imp": "5", "new_1_req": "3"}
    >>> proposals, ratings = proposals_from([first, {"new_2_name": " stays CALM "}])
    >>> [one.id for one in proposals], ratings
    (['stays_calm'], ({'stays_calm': Rating(importance=5.0, required=3.0, needed=True)}, {}))
    """
    written = [_proposed(sheet) for sheet in sheets]
    names: dict[str, str] = {}
    texts: dict[str, str] = {}
    every = ((key, name, text) for sheet in written for key, (name, text, _) in sheet.items())
    for key, name, text in sorted(every):
        names.setdefault(key, name)
        texts[key] = texts.get(key) or text
    used, proposals = set(taken), {}
    for key in sorted(names):
        proposals[key] = Proposal(make_id(names[key], used), names[key], texts[key])
        used.add(proposals[key].id)
    ratings = tuple(
        {proposals[key].id: rating for key, (_, _, rating) in sheet.items() if rating != Rating()}
        for sheet in written
    )
    return tuple(proposals.values()), ratings


def rating_sheets_from(
    sheets: Sequence[Answers], proposals: Sequence[Proposal]
) -> tuple[tuple[Proposal, ...], tuple[dict[str, Rating], ...]]:
    """All sheets of one round together: what was asked and what was proposed anew, and each person's ratings of both.

    Ready for :func:`learnerfirst.success_profiles.rated`.

    >>> asked = [Proposal("stock", "Knows the stock")]
    >>> every, ratings = rating_sheets_from([{"req_stock": "3"}, {"new_1_name": "Stays calm"}], asked)
    >>> [one.id for one in every], ratings
    (['stock', 'stays_calm'], ({'stock': Rating(importance=None, required=3.0, needed=True)}, {}))
    """
    ids = [one.id for one in proposals]
    added, own = proposals_from(sheets, taken=ids)
    ratings = tuple({**ratings_from(sheet, ids), **mine} for sheet, mine in zip(sheets, own, strict=True))
    return (*proposals, *added), ratings


def relevance_from(answers: Answers, profile: SuccessProfile) -> tuple[dict[str, str], tuple[str, ...]]:
    """One person's feedback out of valid answers: by competency id a word, and the names of what is missing.

    >>> from learnerfirst.success_profiles.profile import Competency
    >>> profile = SuccessProfile("Assistant", (Competency("stock", "Stock", required=3, importance=4),))
    >>> relevance_from({"rel_stock": "no_longer", "missing_2": "Video calls"}, profile)
    ({'stock': 'no_longer'}, ('Video calls',))
    """
    said = {key: answers.get(f"{RELEVANCE}{key}") for key in profile.ids}
    missing = [answers.get(f"{MISSING}{number}") for number in range(1, MOST_PROPOSED + 1)]
    return (
        {key: word for key, word in said.items() if isinstance(word, str) and word in WORDS},
        tuple(text.strip() for text in missing if isinstance(text, str) and text.strip()),
    )


def relevance_of_levels(levels: Levels) -> dict[str, str]:
    """The part of a self-assessment that is feedback to the profile: what is not part of the job."""
    return dict.fromkeys(levels.not_my_job, NOT_MINE)


def _proposed(sheet: Answers) -> dict[str, tuple[str, str, Rating]]:
    found: dict[str, tuple[str, str, Rating]] = {}
    for number in range(1, MOST_PROPOSED + 1):
        key = f"{PROPOSED}{number}"
        name, text = sheet.get(f"{key}_name"), sheet.get(f"{key}_good")
        clean = " ".join(name.split()) if isinstance(name, str) else ""
        if clean and clean.casefold() not in found:
            rating = Rating(_number(sheet.get(f"{key}_imp")), _number(sheet.get(f"{key}_req")))
            said = text.strip() if isinstance(text, str) else ""
            found[clean.casefold()] = (clean, said, rating)
    return found


def _number(value: object) -> float | None:
    """The level that an option's id says; None for a blank and for what is no level."""
    return float(value) if isinstance(value, str) and value in _LEVELS else None
