"""Self-assessments of a workshop: launched for a published profile, answered under lasting links; and the directory of
those who would help others, apart from all of it.

Nothing here reads what one person answered: a person's own answers come by their key alone, groups by a release.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from learnerfirst.content import persona_fields, texts
from learnerfirst.errors import NotAllowed, UnknownCode
from learnerfirst.privacy import THRESHOLD
from learnerfirst.success_profiles import SuccessProfile, as_dict, profile_from, self_assessment_sheet
from learnerfirst.workshops.profile_shelf import KeptProfile, published_profiles
from learnerfirst.workshops.register import key_of
from learnerfirst.workshops.values import Activity, Workshop

PURPOSE, OFFERS = "self_assessment", "expertise_offer"
KIND = "self_assessment"
PREFERENCES: Mapping[str, str] = {
    "plan_device": "device",
    "plan_stretch": "time_at_a_stretch",
    "plan_method": "preferred_method",
}
"""Optional questions for the plan, and the fields of a persona that they fill."""
HOURS = "plan_hours"
HELP, ANYTHING = "help_", "something_else"
MOST_IN_A_LIST = 12
MOST_LISTS = 60
LONGEST = 30


@dataclass(frozen=True, slots=True)
class Assessment:
    """One self-assessment that was launched. ``profile`` is the version that is asked, frozen at the launch;
    ``threshold`` how few people are never shown, fixed at the launch, too."""

    activity: Activity
    profile: SuccessProfile
    profile_code: str
    role_id: str
    threshold: int

    @property
    def address(self) -> str:
        """What follows the code in the lasting link; "" where it is what the code shows."""
        return f"/at/{self.activity.id}" if self.activity.aside else ""


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who offered help, under the name they gave; ``competencies`` are ids."""

    name: str
    contact: str
    competencies: tuple[str, ...]

    def peer(self) -> dict[str, object]:
        """As :func:`learnerfirst.api.learning_plan` takes peers."""
        return {"name": self.name, "contact": self.contact, "competencies": list(self.competencies)}


def role_label(profile: SuccessProfile) -> str:
    """The role, with its profile's version from the second on."""
    return profile.role if profile.version == 1 else f"{profile.role} ({profile.version})"


class SelfAssessments:
    """What the workshop ``code`` asks people about themselves, and who offered help."""

    def __init__(self, workshops: Any, code: str) -> None:
        self.workshops, self.code = workshops, code

    @property
    def workshop(self) -> Workshop:
        """As it is now."""
        found: Workshop = self.workshops.get(self.code)
        return found

    def launch(self, kept: KeptProfile, *, now: bool = False) -> Assessment:
        """Open the self-assessment of a published profile, of this workshop or of another one.

        ``now``: it is what the workshop's code shows; else it stands under a link of its own that lasts. Asked again it
        opens the same one again. NotAllowed where nothing is published, or another thing is asked by code now.
        """
        profile = kept.published
        if profile is None:
            raise NotAllowed(f"{kept.profile.role} is not published yet; publish its profile first.")
        code = self.workshop.code
        body = sheet_of(profile)
        name = f"self_{kept.role_id[:20]}_v{profile.version}"
        name += "" if kept.code == code else f"_{kept.code.lower().rpartition('/')[2][:8]}"
        stored = self.workshops.put_questionnaire(code, name, body)
        made = {
            "profile": as_dict(profile),
            "profile_code": kept.code,
            "role_id": kept.role_id,
            "threshold": THRESHOLD,
        }
        self.workshops.store.change_document(
            KIND, _key(code, stored), lambda before: None if before == made else made
        )
        activity = self.workshops.open_activity(code, stored, purpose=PURPOSE, aside=not now)
        return _assessment(activity, made)

    def get(self, activity_id: str) -> Assessment:
        """The one with this id; UnknownCode where there is none."""
        found = next((one for one in self.all() if one.activity.id == activity_id), None)
        if found is None:
            raise UnknownCode(
                f"There is no self-assessment {activity_id[:40]!r} in this workshop (any more)."
            )
        return found

    def all(self) -> tuple[Assessment, ...]:
        """Every self-assessment that was launched, the newest last."""
        workshop = self.workshop
        found = []
        for activity in workshop.with_purpose(PURPOSE):
            kept = self.workshops.store.document(KIND, _key(workshop.code, activity.questionnaire))
            if kept is not None:
                found.append(_assessment(activity, kept.body))
        return tuple(found)

    def find(self, activity: Activity) -> Assessment | None:
        """The assessment that an activity is, or None."""
        kept = self.workshops.store.document(KIND, _key(self.workshop.code, activity.questionnaire))
        return None if kept is None else _assessment(activity, kept.body)

    def close(self, activity_id: str) -> None:
        """Take no more answers; people keep their own results and keys."""
        self.workshops.close_activity(self.code, self.get(activity_id).activity.id)

    def choices(self) -> tuple[KeptProfile, ...]:
        """Published profiles to assess against: this workshop's first, then those of others; samples and rehearsals
        stay among themselves."""
        mine = self.workshop
        found = [
            one
            for one in published_profiles(self.workshops.store)
            if one.code == mine.code or (mine.kind != "sample" and self._kind(one.code) == "real")
        ]
        return tuple(sorted(found, key=lambda one: one.code != mine.code))

    def _kind(self, code: str) -> str:
        try:
            return str(self.workshops.get(code).kind)
        except UnknownCode:
            return ""  # deleted while somebody was choosing

    # -- who would help

    @property
    def offers(self) -> Activity | None:
        """The newest round of offers, or None."""
        return self.workshop.newest(OFFERS)

    def open_offers(self) -> Activity:
        """Let people offer help in the competencies of everything that was launched or published here; NotAllowed where
        there is none. Entries of before stay."""
        code, named = self.workshop.code, self.competencies()
        if not named:
            raise NotAllowed("There is nothing to offer help in yet; publish a profile first.")
        stored = self.workshops.put_questionnaire(code, OFFERS, offer_sheet(named))
        before = self.offers
        if before is not None and before.state == "open" and before.questionnaire != stored:
            self.workshops.close_activity(code, before.id)
        opened: Activity = self.workshops.open_activity(code, stored, purpose=OFFERS, aside=True)
        return opened

    def close_offers(self) -> None:
        """Switch the directory off: no entries are taken, and nobody is shown; what is in it stays its people's."""
        found = self.offers
        if found is not None and found.state == "open":
            self.workshops.close_activity(self.code, found.id)

    def directory(self) -> tuple[Helper, ...]:
        """Those who offered help, by name; empty while the directory is switched off."""
        found = self.offers
        if found is None or found.state != "open":
            return ()
        return tuple(_helper(body) for body in self.workshops.named(self.code, OFFERS))

    def competencies(self) -> dict[str, str]:
        """Id and name of every competency of this workshop's published and launched profiles, by role."""
        profiles = [one.published for one in self.choices() if one.code == self.workshop.code]
        profiles += [one.profile for one in self.all()]
        return {one.id: one.name for profile in profiles if profile for one in profile.competencies}


def sheet_of(profile: SuccessProfile) -> dict[str, Any]:
    """The sheet of a profile with a last, optional section for the plan: hours, devices, time at a stretch, likings."""
    words = texts("self_assessment")["sheet"]
    body = self_assessment_sheet(profile, texts("success_profiles"), threshold=THRESHOLD)
    fields = {field.id: field for field in persona_fields()}
    hours = [{"id": key, "text": text} for key, text in words["hours"].items()]
    asked: list[dict[str, Any]] = [_question(HOURS, "levels", words["hours_stem"], hours)]
    for key, name in PREFERENCES.items():
        field = fields[name]
        kind = "several" if field.kind == "several" else "levels"
        own = words["own_words"]
        options = [{"id": level.id, "text": own.get(level.id, level.text)} for level in field.levels]
        asked.append(_question(key, kind, words[f"{key}_stem"], options))
    sections = [*_items(body["sections"]), {"id": "plan", "title": words["title"], "intro": words["intro"]}]
    more = [*_items(body["consent_more"]), words["consent_more"]]
    return {
        **body,
        "consent_more": more,
        "sections": sections,
        "questions": [*_items(body["questions"]), *asked],
    }


def offer_sheet(named: Mapping[str, str]) -> dict[str, Any]:
    """What people enter who would help others: name, how to reach them, in what; ``named``: competency id to name."""
    words = texts("self_assessment")["offer"]
    ids = list(named)[: MOST_IN_A_LIST * MOST_LISTS]
    parts = -(-len(ids) // MOST_IN_A_LIST)
    lists = [ids[at * len(ids) // parts : (at + 1) * len(ids) // parts] for at in range(parts)]
    asked: list[dict[str, Any]] = [
        {"id": "name", "kind": "short_text", "stem": words["name"], "required": True, "max_length": 100},
        {
            "id": "contact",
            "kind": "short_text",
            "stem": words["contact"],
            "required": True,
            "max_length": 200,
        },
    ]
    for number, part in enumerate(lists, start=1):
        stem = words["help"] if len(lists) == 1 else words["help_part"].format(part=number, parts=len(lists))
        options = [{"id": key, "text": _plain(named[key])} for key in part]
        options += [{"id": ANYTHING, "text": words["anything"]}] if number == parts else []
        asked.append({"id": f"{HELP}{number}", "kind": "several", "stem": stem, "options": options})
    return {
        "id": OFFERS,
        "version": "1",
        "language": texts("success_profiles")["language"],
        "title": words["title"],
        "intro": words["intro"],
        "layout": "quick",
        "questions": asked,
    }


def _question(key: str, kind: str, stem: str, options: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": key, "kind": kind, "section": "plan", "stem": stem, "options": options}


def _helper(body: Mapping[str, Any]) -> Helper:
    lists = [value for key, value in sorted(body.items()) if key.startswith(HELP)]
    ids = [str(one) for value in lists if isinstance(value, list | tuple) for one in value]
    return Helper(str(body["name"]), str(body.get("contact") or ""), tuple(dict.fromkeys(ids)))


def _assessment(activity: Activity, body: Mapping[str, Any]) -> Assessment:
    return Assessment(
        activity,
        profile_from(body["profile"]),
        str(body["profile_code"]),
        str(body["role_id"]),
        int(body["threshold"]),
    )


def _key(code: str, stored: str) -> str:
    """Begins with the workshop's code, so that it goes where the workshop goes."""
    return key_of(code, f"self:{stored.rpartition('/')[2]}")


def _items(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _plain(text: str) -> str:
    """Braces would read as placeholders."""
    return text.replace("{", "(").replace("}", ")")
