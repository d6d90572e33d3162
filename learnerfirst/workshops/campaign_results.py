"""What is shown of a campaign: all together, after the close groups as well, with response rates; and what came of it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from learnerfirst.content import learner_power_content, texts
from learnerfirst.errors import Fault, InvalidInput, NotAllowed
from learnerfirst.learner_power import score
from learnerfirst.privacy import Asked, Measure, Table, release
from learnerfirst.store import Document
from learnerfirst.store.tickets import publish_apart
from learnerfirst.workshops.campaign_values import NOT_SAID, Campaign, without_groups
from learnerfirst.workshops.campaigns import Campaigns
from learnerfirst.workshops.register import key_of
from learnerfirst.workshops.values import Activity, Release, Workshop

QUARTERS = 4
TOP = 3
HEARD = "heard"
MOST_LINES = 20
LONGEST = 600
Kept = Mapping[str, Mapping[str, Any]]


class CampaignResults(Campaigns):
    """Results of campaigns. Nothing here computes what may be shown: that is ``privacy.release``."""

    def show_all(self, code: str) -> Release:
        """Show the picture of everybody: after the last day, or renewed while it runs where that was chosen.

        After the last day the answers are settled and the picture stays. Raises NotAllowed, saying what would help,
        under five answers, before the time, and while fewer than five have changed since the last picture.
        """
        workshop, campaign = self.get(code), self.campaign(code)
        activity = self.asked_activity(code)
        over, shown = self.expired(workshop), self.release(code, activity.id)
        if not over and not campaign.steps:
            raise NotAllowed(
                f"Results of this campaign are shown once, after its last day ({workshop.expires})."
            )
        if shown is not None and activity.state == "revealed":
            return shown
        if not over:
            return self._publish(workshop, activity, version=0 if shown is None else shown.version)
        self.close_activity(code, activity.id)
        try:
            shown = self._publish(workshop, activity, version=0 if shown is None else shown.version)
        except NotAllowed:
            if shown is None:
                raise
        self.set_state(code, activity.id, "revealed")
        return shown

    def show_groups(self, code: str) -> Release:
        """Show the groups, once, after the close and after the picture of everybody; the same again later."""
        workshop, campaign, activity = self.get(code), self.campaign(code), self.asked_activity(code)
        found = self.groups(code)
        if found is not None:
            return found
        if not campaign.groupings:
            raise NotAllowed("This campaign asked no grouping question, so there are no groups to show.")
        if activity.state != "revealed":
            raise NotAllowed("Groups are shown after the last day, once the picture of everybody was shown.")
        key = key_of(workshop.code, activity.id)
        ledger, kept = self.store.ledger(key), self.store.keyed_submissions(key)
        asked = self._asked(workshop, activity, kept)
        asked = replace(asked, table=_table(asked, kept, campaign))
        salt = str(ledger[-1]["salt"]) if ledger else secrets.token_hex(16)
        published = release(asked, ledger, texts("privacy"), salt=salt)
        body = {
            "kind": workshop.kind,
            "created": self.today().isoformat(),
            "hidden": published.body["hidden"],
            "groups": _rows(campaign, published.body["cells"]),
        }
        name = key_of(workshop.code, f"{activity.id}/groups")
        publish_apart(self.store.engine, key, name, body, entry=published.entry, after=len(ledger))
        return Release(workshop.code, activity.id, 1, body)

    def groups(self, code: str) -> Release | None:
        """Return what was shown of groups, or None."""
        activity = self.asked_activity(code)
        document = self.store.document("release", key_of(code, f"{activity.id}/groups"))
        return None if document is None else Release(code, activity.id, document.version, document.body)

    def heard(self, code: str) -> Document | None:
        """Return what was written for everybody: ``body["heard"]``, ``["next"]``, ``["shown"]``; None so far."""
        return self.store.document(HEARD, self.get(code).code)

    def save_heard(
        self,
        code: str,
        heard: Iterable[str],
        steps: Iterable[Mapping[str, str]],
        *,
        shown: bool,
        expected_version: int = 0,
    ) -> Document:
        """Save "what we heard, what happens now"; ``shown`` puts it on the page of the campaign's link.

        A step has ``what``, ``who``, ``by``. NotAllowed to show it before the results; StaleDocument as everywhere.
        """
        activity = self.asked_activity(code)
        body = {
            "heard": [line.strip() for line in heard if line.strip()],
            "next": [
                {name: str(step.get(name, "")).strip() for name in ("what", "who", "by")}
                for step in steps
                if str(step.get("what", "")).strip()
            ],
            "shown": bool(shown),
        }
        faults = list(_heard_faults(body))
        if faults:
            raise InvalidInput("the page was not saved", faults)
        if shown and (self.state(code) in ("ahead", "open") or self.release(code, activity.id) is None):
            raise NotAllowed("It is shown after the last day, beside the results: show those first.")
        return self.store.save_document(HEARD, self.get(code).code, body, expected_version)

    def _asked(self, workshop: Workshop, activity: Activity, kept: Kept) -> Asked:
        """What the rules need to know; the answers to grouping questions are not part of the picture of all."""
        plain = {key: {**body, "answers": without_groups(body["answers"])} for key, body in kept.items()}
        return super()._asked(workshop, activity, plain)


def _heard_faults(body: Mapping[str, Any]) -> Iterable[Fault]:
    if body["shown"] and not (body["heard"] or body["next"]):
        yield Fault("page", "nothing", "say what was heard, or what happens now")
    for name in ("heard", "next"):
        if len(body[name]) > MOST_LINES:
            yield Fault(name, f"{len(body[name])} lines", f"{MOST_LINES} at most")
    said = [*body["heard"], *(text for step in body["next"] for text in step.values())]
    for text in said:
        if len(text) > LONGEST:
            yield Fault("page", f"{len(text)} characters in one line", f"{LONGEST} at most")


def _table(asked: Asked, kept: Kept, campaign: Campaign) -> Table:
    """Everybody who counts, by their groups: where they stand, who wants to move on, who stands low on what."""
    content = learner_power_content()
    groups = {key: _groups_of(kept[key]["answers"], campaign) for key in asked.members}
    placed = {key: score(without_groups(kept[key]["answers"]), content) for key in asked.members}
    measures = {
        "today": Measure({key: _quarters(one.today.score) for key, one in placed.items()}, TOP * QUARTERS),
        "moves": Measure(
            {
                key: int(one.wanted is not None and one.wanted.score > one.today.score)
                for key, one in placed.items()
            }
        ),
    }
    for dimension in content.dimensions:
        low = {
            key: int((mean := one.today.dimensions[dimension.id]) is not None and mean < 1)
            for key, one in placed.items()
        }
        measures[f"low {dimension.id}"] = Measure(low)
    wanted: dict[tuple[str, ...], float] = {(): 4.0}
    wanted |= {(grouping.id,): 2.0 for grouping in campaign.groupings}
    return Table(groups, measures, wanted)


def _groups_of(answers: Mapping[str, Any], campaign: Campaign) -> dict[str, str | None]:
    found = {each.id: answers.get(each.id) for each in campaign.groupings}
    return {name: None if group == NOT_SAID else group for name, group in found.items()}


def _quarters(position: float) -> int:
    return min(TOP * QUARTERS, int(position * QUARTERS + 0.5))


def _rows(campaign: Campaign, cells: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One row for every group, in the order of its question, whether anything is shown of it or not."""
    told = {tuple(sorted(cell["attributes"].items())): cell for cell in cells}
    nobody = texts("privacy")["small_group"]
    rows = []
    for grouping in campaign.groupings:
        for group in grouping.groups:
            cell = told.get(((grouping.id, group.id),))
            n = None if cell is None else cell["n"]
            rows.append(
                {
                    "question": grouping.question,
                    "grouping": grouping.id,
                    "group": group.id,
                    "name": group.name,
                    "headcount": group.headcount,
                    "n": n,
                    "rate": None if n is None else rate_of(n, group.headcount),
                    "measures": None if cell is None or n is None else _said(cell["measures"]),
                    "hidden": dict(nobody) if cell is None else cell["hidden"],
                }
            )
    return rows


def _said(measures: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The measures of a group; the position, counted in quarters, on its scale from 0 to 3."""
    found = {name: dict(told) for name, told in measures.items()}
    today = found["today"]
    if today["hidden"] is None:
        today["low"], today["high"] = today["low"] / QUARTERS, today["high"] / QUARTERS
        today["words"] = f"{today['low']:.1f} - {today['high']:.1f}"
    return found


def rate_of(n: int, headcount: int) -> int | None:
    """Return how many percent answered; None where more answered than there are, which an open link allows.

    >>> rate_of(18, 40), rate_of(12, 10)
    (45, None)
    """
    return round(100 * n / headcount) if 0 < n <= headcount else None
