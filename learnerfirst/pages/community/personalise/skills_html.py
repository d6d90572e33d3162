"""Skills that are covered, thin and missing, each with who has it, and the smallest teams with every tie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from learnerfirst.pages.markup import heading, listing, paragraph, table_of
from learnerfirst.talent import Staffing, Teams

STATES = ("missing", "thin", "covered")


@dataclass(frozen=True, slots=True)
class Found:
    """Needs held against people, or against roles; of how many ``helpers`` and ``profiles``.

    ``near``: for a need that nobody has, names that may mean the same.
    """

    staffing: Staffing
    teams: Teams
    needs: int
    by_role: bool
    helpers: int = 0
    profiles: int = 0
    near: Mapping[str, Sequence[str]] = field(default_factory=dict)


def headline(found: Found, texts: Mapping[str, Any]) -> str:
    """What was found, in one sentence."""
    missing, thin = len(found.staffing.missing), len(found.staffing.thin)
    if found.by_role:
        form = "roles_missing" if missing else "roles_all"
    elif missing and thin:
        form = "finding_both"
    else:
        form = "finding_missing" if missing else "finding_thin" if thin else "finding_all"
    return str(texts[form].format(missing=missing, count=thin, all=found.needs))


def found_html(found: Found, texts: Mapping[str, Any]) -> str:
    """The finding, what to do about it, the table, and the smallest teams."""
    said = heading(headline(found, texts))
    if not found.by_role:
        counts = {"helpers": found.helpers, "profiles": found.profiles}
        named = {key: _counted(count, texts) for key, count in counts.items()}
        said += paragraph(texts["sources"].format(**named), "lf-quiet")
        said += paragraph(texts["missing_do"]) if found.staffing.missing else ""
        said += paragraph(texts["thin_do"]) if found.staffing.thin else ""
    return said + _table(found, texts) + _teams(found, texts)


def _counted(count: int, texts: Mapping[str, Any]) -> str:
    form = {0: "sources_none", 1: "sources_one"}.get(count, "sources_many")
    return str(texts[form].format(count=count))


def _table(found: Found, texts: Mapping[str, Any]) -> str:
    """What is missing comes first."""
    staffing = found.staffing
    words = {state: texts[state] for state in STATES}
    if found.by_role:
        words |= {"thin": texts["one_role"], "missing": texts["no_role"]}
    rows = [
        [
            escape(need),
            f'<span class="lf-tag lf-{state}">{escape(words[state])}</span>',
            escape(", ".join(staffing.who[need]) or _nobody(found, need, texts)),
        ]
        for state in STATES
        for need in getattr(staffing, state)
    ]
    return table_of(texts["table"], texts["table_head_roles" if found.by_role else "table_head"], rows)


def _nobody(found: Found, need: str, texts: Mapping[str, Any]) -> str:
    nobody = str(texts["nobody_role" if found.by_role else "nobody"])
    names = ", ".join(found.near.get(need, ()))
    return str(texts["near"].format(nobody=nobody, names=names)) if names else nobody


def _teams(found: Found, texts: Mapping[str, Any]) -> str:
    teams = found.teams
    if not teams.size:
        return ""
    form = f"teams{'_roles' if found.by_role else ''}{'_one' if teams.size == 1 else ''}"
    said = texts[form].format(size=teams.size)
    if teams.missing:
        said = texts["teams_part"] + said[:1].lower() + said[1:]
    inside = heading(said, 3) + listing(escape(_named(team, texts)) for team in teams.teams)
    if teams.more:
        inside += paragraph(texts["ties_more"].format(count=len(teams.teams)), "lf-quiet")
    elif len(teams.teams) > 1:
        inside += paragraph(texts["ties"].format(count=len(teams.teams)), "lf-quiet")
    return f'<div class="lf-smallest">{inside}</div>'


def _named(team: Sequence[str], texts: Mapping[str, Any]) -> str:
    *others, last = team
    return f"{', '.join(others)} {texts['and']} {last}" if others else last
