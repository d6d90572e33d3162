"""Talent profiles in ``talent_profiles.yaml``: the roles that build learning, theirs in front of ours."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from learnerfirst.content.cursor import Cursor, unique
from learnerfirst.content.folders import find, find_all, stamp
from learnerfirst.content.questions import read_id
from learnerfirst.content.strict_yaml import LoadedFile, read_yaml
from learnerfirst.talent import TalentProfile

TALENT_PROFILES = "talent_profiles"
LISTS = ("positions", "projects", "key_skills", "media_skills", "strengths", "highlights", "technical_skills")
MOST_YEARS = 60


def talent_profiles(language: str = "") -> tuple[TalentProfile, ...]:
    """The roles that build learning: eight of the source article and two of ours, those of the user's own folder in front.

    The names of the eight roles are AllenComm's; everything else is written by us. ContentError says every fault of a file.

    >>> profiles = {one.id: one for one in talent_profiles()}
    >>> len(profiles), profiles["facilitator"].ours, profiles["instructional_writer"].key_skills[:2]
    (10, True, ('clear_writing', 'text_editing'))
    """
    find(TALENT_PROFILES, "", language)
    found: dict[str, TalentProfile] = {}
    for file in find_all(TALENT_PROFILES, "", language):
        for one in _cached(file, stamp(file)):
            found.setdefault(one.id, one)
    return tuple(found.values())


@lru_cache(maxsize=8)
def _cached(file: Path, _stamp: object) -> tuple[TalentProfile, ...]:
    return read_talent_profiles(read_yaml(file))


def read_talent_profiles(file: LoadedFile) -> tuple[TalentProfile, ...]:
    """The profiles of one loaded file, types checked; ContentError with every fault."""
    top = Cursor.at_top(file)
    top.only("id", "language", "credit", "profiles")
    listed = [(entry, _profile(entry)) for entry in top.items("profiles")]
    unique([(entry, one.id) for entry, one in listed], "profile")
    top.finish()
    return tuple(one for _, one in listed)


def _profile(at: Cursor) -> TalentProfile:
    at.only("id", "name", "summary", "years", "ours", *LISTS)
    years = None
    if at.has("years"):
        span = at.within("years")
        span.only("from", "to")
        low, high = span.whole("from", 0, MOST_YEARS) or 0, span.whole("to", 0, MOST_YEARS) or 0
        if high < low:
            span.fault("at least as many as from", "to")
        years = (low, high)
    lists = {key: at.texts(key) for key in LISTS}
    return TalentProfile(
        read_id(at),
        at.text("name"),
        at.text("summary", ""),
        years=years,
        ours=at.flag("ours", False),
        **lists,
    )
