"""The library of competencies and roles in ``competencies/*.yaml``, the rule for nominations, and profiles out of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from learnerfirst.answers import shown
from learnerfirst.content.cursor import Cursor, unique
from learnerfirst.content.folders import content_folders, data_folder, find, stamp
from learnerfirst.content.questions import read_id
from learnerfirst.content.strict_yaml import MAX_BYTES, read_yaml
from learnerfirst.errors import ContentError, Fault
from learnerfirst.success_profiles import (
    Criterion,
    NominationRule,
    Proposal,
    Scale,
    SuccessProfile,
    profile_from,
)
from learnerfirst.success_profiles.checking import scale_faults

FOLDER = "competencies"
NOMINATION = "nomination"


@dataclass(frozen=True, slots=True)
class Role:
    """A role of the library: what it needs, by competency id, with required level, importance and goal."""

    id: str
    name: str
    needs: tuple[Proposal, ...]
    scale: Scale = field(default_factory=Scale)
    description: str = ""
    ours: bool = False
    credit: str = ""


@dataclass(frozen=True)
class CompetencyLibrary:
    """Competencies to start from, by id, and the roles that need them, by id."""

    competencies: Mapping[str, Proposal]
    roles: Mapping[str, Role]

    def profile(self, role_id: str) -> SuccessProfile:
        """The draft profile of a role; ContentError names the roles there are."""
        role = self.roles.get(role_id)
        if role is None:
            names = ", ".join(sorted(self.roles)) or "none"
            fault = Fault("success profile", shown(role_id), f"there are: {names}, or give a file")
            raise ContentError("no such success profile", [fault])
        settled = tuple(
            one.competency(one.required or 0.0, one.importance or 0.0, order)
            for order, one in enumerate(role.needs)
        )
        return SuccessProfile(role.name, settled, role.scale, built_by=("library",), source=role.credit)


@dataclass(frozen=True, slots=True)
class _Need:
    at: Cursor
    id: str
    required: float
    importance: float
    goal: str


@dataclass(frozen=True, slots=True)
class _File:
    """One file as read, before its roles are joined with competencies of other files."""

    top: Cursor
    competencies: Mapping[str, Proposal]
    roles: tuple[tuple[Role, tuple[_Need, ...]], ...]


def competency_library(language: str = "") -> CompetencyLibrary:
    """Everything in the folder ``competencies`` of the user's own content and of ours; theirs comes first, by id.

    >>> library = competency_library()
    >>> library.roles["field_sales"].name, len(library.competencies["listening"].levels)
    ('Field sales representative', 6)
    """
    names = sorted({file.name.split(".")[0] for folder in content_folders() for file in _in(folder)})
    files = [find(name, FOLDER, language) for name in names]
    ours = [data_folder() / FOLDER / file.name for file in files]
    every = tuple(dict.fromkeys([*files, *(file for file in ours if file.is_file())]))
    own_first = tuple(sorted(every, key=lambda file: file.is_relative_to(data_folder())))
    return _library(own_first, tuple(stamp(file) for file in own_first))


def load_success_profile(name: str | Path, role: str = "", language: str = "") -> SuccessProfile:
    """A success profile: a role of the library by its id, or a file by its path.

    ``name``: "customer_service_advisor", or a path that ends in .yaml (laid out like ours; ``role`` chooses one of its roles
    by id where there are several) or .json (what ``SuccessProfile.as_dict`` gives). What comes
    from the library is a draft, to be rated by job holders. ContentError and InvalidInput say everything that is wrong.

    >>> profile = load_success_profile("customer_service_advisor")
    >>> profile.draft, profile.frame()[0]
    (True, {'role': 'Customer service advisor', 'competency': 'solving_requests', 'required': 4, 'importance': 5})
    """
    given = Path(name)
    if given.suffix == ".json":
        return profile_from(_json(given))
    if isinstance(name, Path) or given.suffix == ".yaml":
        return _of_file(given, role)
    return competency_library(language).profile(name)


def success_profile_names(language: str = "") -> tuple[str, ...]:
    """Ids of the roles in the library, in alphabetical order.

    >>> "team_lead" in success_profile_names()
    True
    """
    return tuple(sorted(competency_library(language).roles))


def nomination_rule(language: str = "") -> NominationRule:
    """The rule by which people are asked to build a profile.

    >>> rule = nomination_rule()
    >>> rule.least, rule.most, rule.managers
    (4, 6, 1)
    """
    return read_nomination(find(NOMINATION, "", language))


def read_competencies(file: Path) -> CompetencyLibrary:
    """One file with what it refers to: files beside it, then ours; ContentError with every fault."""
    beside = [one for one in sorted(file.parent.glob("*.yaml")) if one != file]
    first_language = [one for one in [*beside, *_in(data_folder())] if one.name.count(".") == 1]
    found = _read(file)
    known = {**_known(first_language), **found.competencies}
    library = _joined([found], known)
    found.top.finish()
    return library


def read_nomination(file: Path) -> NominationRule:
    """The rule in one file, types checked; ContentError with every fault."""
    top = Cursor.at_top(read_yaml(file))
    top.only("id", "language", "least", "most", "managers", "mix", "criteria")
    listed = [(entry, read_id(entry)) for entry in top.items("criteria")]
    unique(listed, "criterion")
    criteria = []
    for entry, key in listed:
        entry.only("id", "text", "why", "needed")
        criteria.append(Criterion(key, entry.text("text"), entry.text("why"), entry.flag("needed", True)))
    least, most = top.whole("least", 2, 50) or 2, top.whole("most", 2, 50) or 2
    if most < least:
        top.fault("at least as many as least", "most")
    managers = top.whole("managers", 0, 5) or 0
    rule = NominationRule(least, most, managers, tuple(criteria), top.text("mix", ""))
    top.finish()
    return rule


def _in(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER).glob("*.yaml"))


@lru_cache(maxsize=8)
def _library(files: tuple[Path, ...], _stamps: object) -> CompetencyLibrary:
    read = [_read(file) for file in files]
    known: dict[str, Proposal] = {}
    for one in reversed(read):
        known.update(one.competencies)
    library = _joined(list(reversed(read)), known)
    for one in read:
        one.top.finish()
    return library


def _known(files: Iterable[Path]) -> dict[str, Proposal]:
    known: dict[str, Proposal] = {}
    for file in files:
        for key, one in _read(file).competencies.items():
            known.setdefault(key, one)
    return known


def _of_file(file: Path, role: str) -> SuccessProfile:
    library = read_competencies(file)
    if role or len(library.roles) == 1:
        return library.profile(role or next(iter(library.roles)))
    names = ", ".join(library.roles) or "none"
    fault = Fault(file.name, f"{len(library.roles)} roles", f"say which with role=: {names}")
    raise ContentError(f"{file} has not one role alone", [fault])


def _read(file: Path) -> _File:
    top = Cursor.at_top(read_yaml(file))
    top.only("id", "language", "title", "credit", "scale", "competencies", "roles")
    read_id(top)
    credit, scale = top.text("credit", ""), _scale(top)
    listed = [(at, _short_id(at)) for at in top.items("competencies", required=False)]
    unique(listed, "competency")
    competencies = {key: _competency(at, key, scale) for at, key in listed}
    rows = [(at, read_id(at)) for at in top.items("roles", required=False)]
    unique(rows, "role")
    roles = tuple(_role(at, key, scale, credit) for at, key in rows)
    if not listed and not rows:
        top.fault("competencies, roles or both")
    return _File(top, competencies, roles)


def _short_id(at: Cursor) -> str:
    found = read_id(at)
    if len(found) > 32:
        at.fault("at most 32 characters", "id")
    return found


def _scale(top: Cursor) -> Scale:
    if not top.has("scale"):
        return Scale()
    at = top.within("scale")
    at.only("low", "high", "names")
    scale = Scale(at.whole("low", 0, 10) or 0, at.whole("high", 1, 20) or 1, at.texts("names"))
    for fault in scale_faults(scale):
        top.fault(fault.allowed, "scale")
        return Scale()
    return scale


def _competency(at: Cursor, key: str, scale: Scale) -> Proposal:
    at.only("id", "name", "group", "description", "levels")
    levels = at.texts("levels")
    if len(levels) not in (0, len(scale.points)):
        at.fault(f"{len(scale.points)} levels, one a level of the scale, or none", "levels", len(levels))
    return Proposal(key, at.text("name"), at.text("description", ""), levels, group=at.text("group", ""))


def _role(at: Cursor, key: str, scale: Scale, credit: str) -> tuple[Role, tuple[_Need, ...]]:
    at.only("id", "name", "description", "ours", "competencies")
    rows = [(row, _short_id(row)) for row in at.items("competencies")]
    unique(rows, "competency")
    needs = []
    for row, found in rows:
        row.only("id", "required", "importance", "goal")
        required = _between(row, "required", scale.low, scale.high)
        importance = _between(row, "importance", 1, 5)
        needs.append(_Need(row, found, required, importance, row.text("goal", "")))
    role = Role(key, at.text("name"), (), scale, at.text("description", ""), at.flag("ours", False), credit)
    return role, tuple(needs)


def _between(at: Cursor, key: str, low: float, high: float) -> float:
    value = at.number(key)
    if value is None or not low <= value <= high:
        at.fault(f"a number from {low:g} to {high:g}", key)
        return low
    return value


def _joined(files: Iterable[_File], known: Mapping[str, Proposal]) -> CompetencyLibrary:
    """Roles with their competencies; later files stand in front. Notes competencies that no file has."""
    competencies: dict[str, Proposal] = {}
    roles: dict[str, Role] = {}
    for file in files:
        competencies.update(file.competencies)
        for role, needs in file.roles:
            found = []
            for need in needs:
                one = known.get(need.id)
                if one is None:
                    need.at.fault("the id of a competency in this file or in the library", "id")
                else:
                    filled = replace(one, required=need.required, importance=need.importance, goal=need.goal)
                    levels = filled.levels if len(filled.levels) == len(role.scale.points) else ()
                    found.append(replace(filled, levels=levels))
            roles[role.id] = replace(role, needs=tuple(found))
    return CompetencyLibrary(competencies, roles)


def _json(file: Path) -> object:
    def refused(found: str, allowed: str) -> ContentError:
        return ContentError(f"{file} cannot be read", [Fault(file.name, found, allowed)])

    try:
        if file.stat().st_size > MAX_BYTES:
            raise refused(f"{file.stat().st_size} bytes", f"at most {MAX_BYTES} bytes")
        loaded: object = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise refused(error.strerror or "nothing", "a file that can be read") from error
    except (ValueError, RecursionError) as error:
        raise refused(shown(str(error)), "JSON in UTF-8") from error
    return loaded
