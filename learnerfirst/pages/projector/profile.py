"""Views of a success profile: what the room should talk about before it settles, then the profile, four at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from learnerfirst.content import texts
from learnerfirst.pages.success_profile.agree_html import strip, to_talk
from learnerfirst.pages.success_profile.words import agreement_words, number_words, range_words
from learnerfirst.success_profiles import Competency, RatedProposal, Spread, SuccessProfile
from learnerfirst.success_profiles.building import Building
from learnerfirst.success_profiles.profile import IMPORTANCE
from learnerfirst.workshops.profile_building import RATE, ProfileBuilding
from learnerfirst.workshops.profile_shelf import ProfileShelf

AT_ONCE, ROLES, SHEETS = 4, 8, 15
TO_TALK = 3


def profiles(workshops: Any, code: str, words: Mapping[str, Any]) -> dict[str, str]:
    """Views by name: ``talk_about`` while ratings wait to be settled, ``profile_ROLE_1`` and on for each profile."""
    found = talk_about(workshops, code, words)
    for kept in ProfileShelf(workshops.store, code).all()[:ROLES]:
        found |= _sheets(kept.role_id, kept.profile, words)
    return found


def talk_about(workshops: Any, code: str, words: Mapping[str, Any]) -> dict[str, str]:
    """Where ratings lie furthest apart in the round that was asked last; nothing under two people."""
    place = ProfileBuilding(workshops, code)
    asked = workshops.get(code).with_purpose(RATE)
    if not asked:
        return {}
    newest = asked[-1].id
    building = next((one for one in place.all().values() if one.rate_round == newest), None)
    if building is None or not place.round(newest).told:
        return {}
    ratings = place.ratings(building)
    talk = to_talk(ratings, building)
    if not talk:
        title = words["profile_agreed"].format(role=building.role)
        return {"talk_about": f'<div class="middle"><h1>{escape(title)}</h1></div>'}
    rows = "".join(_talk_row(one, building, words) for one in talk[:TO_TALK])
    more = len(talk) - TO_TALK
    rest = f'<p class="quiet">{escape(words["more_steps"].format(number=more))}</p>' if more > 0 else ""
    head = f"<h1>{escape(words['profile_talk'])}</h1>"
    return {"talk_about": f'<div class="result profile">{head}<ul class="ratings">{rows}</ul>{rest}</div>'}


def _talk_row(one: RatedProposal, building: Building, words: Mapping[str, Any]) -> str:
    ends = (building.scale.low, building.scale.high)
    return (
        f"<li><h2>{escape(one.proposal.name)}</h2>"
        f"{_cell(words['profile_matters'], one.importance, *IMPORTANCE)}"
        f"{_cell(words['profile_needed'], one.required, *ends)}</li>"
    )


def _cell(name: str, spread: Spread, low: float, high: float) -> str:
    said = texts("success_profile_agree")
    words = agreement_words(replace(spread, r_wg=None), said)  # from the back row an index is noise
    told = " · ".join(part for part in (range_words(spread, said), words) if part)
    return (
        f"<div>{strip(spread, low, high, None)}<p>{escape(name)}: <strong>{escape(told)}</strong></p></div>"
    )


def _sheets(role_id: str, profile: SuccessProfile, words: Mapping[str, Any]) -> dict[str, str]:
    ordered = profile.competencies
    sheets = [ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE)][:SHEETS]
    return {
        f"profile_{role_id}_{number}": _sheet(profile, sheet, words) for number, sheet in enumerate(sheets, 1)
    }


def _sheet(profile: SuccessProfile, listed: Sequence[Competency], words: Mapping[str, Any]) -> str:
    rows = "".join(_line(one, profile, words) for one in listed)
    title = words["profile_title"].format(role=profile.role)
    draft = ""
    if profile.draft:
        stamp = texts("success_profiles")["draft_stamp"]
        draft = f'<p><span class="mark">{escape(stamp[:1].upper() + stamp[1:])}</span></p>'
    return f'<div class="result profile"><h1>{escape(title)}</h1>{draft}<ul class="needs">{rows}</ul></div>'


def _line(one: Competency, profile: SuccessProfile, words: Mapping[str, Any]) -> str:
    scale = profile.scale
    share = round(100 * scale.standardised(one.required))
    told = words["profile_level"].format(required=number_words(one.required), high=number_words(scale.high))
    bar = (
        f'<svg class="need" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="100" height="8" class="all"/><rect width="{share}" height="8" class="so-far"/></svg>'
    )
    return f'<li><span class="two-lines">{escape(one.name)}</span>{bar}<strong>{escape(told)}</strong></li>'
