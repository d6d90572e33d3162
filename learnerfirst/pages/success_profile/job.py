"""Step five: what the job says about the profile afterwards, and the next version that follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Checkbox

from learnerfirst.content import texts as words_of
from learnerfirst.pages.buttons import button
from learnerfirst.pages.frame import close_widgets
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.invite import invitation, progress
from learnerfirst.pages.markup import details, heading, paragraph, table
from learnerfirst.pages.success_profile.model import SuccessProfileModel
from learnerfirst.pages.success_profile.profile_html import day_words
from learnerfirst.pages.success_profile.words import counted
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.success_profiles import Change, Feedback, SuccessProfile, proposed_changes
from learnerfirst.workshops.profile_building import Round

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
IN_SIGHT = 20


class JobStep:
    """Owns the link for the job, what came back, and the start of the next version."""

    def __init__(
        self, model: SuccessProfileModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.texts, self.notice, self.guarded = model, texts, notice, guarded
        self.now = Round(None)
        self.heard: Feedback | None = None
        self.changes: tuple[Change, ...] = ()
        self.ticks: dict[tuple[str, str], Checkbox] = {}
        self.top, self.said = HTML(), HTML()
        self.open = button(self.texts["open"], self._open, self.guarded, "lf-primary")
        self.close = button(self.texts["close"], self._close, self.guarded)
        self.ask = boxed([self.top, boxed([self.open, self.close], "lf-actions")], "lf-card", "lf-form")
        self.place = boxed([], "lf-form")
        self.about_next = HTML()
        self.next = button(self.texts["next"], self._next, self.guarded, "lf-primary")
        self.coming = boxed([self.about_next, self.place, self.next], "lf-card", "lf-form")
        self.box = boxed([self.ask, self.said, self.coming], "lf-step")

    @property
    def profile(self) -> SuccessProfile | None:
        """The published version that people have in their hands."""
        kept = self.model.kept
        return None if kept is None else kept.published

    # -- what it does

    def _open(self) -> None:
        self.model.place.open_relevance(self.model.role_id)
        self.look()

    def _close(self) -> None:
        self.model.place.close(self.now.activity)
        self.look()

    def _next(self) -> None:
        """Begin the next version with what was ticked; it is rated, settled and published like the first."""
        chosen = [key for key, tick in self.ticks.items() if tick.value]
        without = [key for kind, key in chosen if kind != "add"]
        names = {change.id: change.name for change in self.changes if change.kind == "add"}
        added = [names[key] for kind, key in chosen if kind == "add"]
        building = self.model.place.begin_next(self.model.role_id, without, added)
        self.model.look()
        self.model.go("ask")
        self.notice.show(self.texts["begun"].format(version=building.after + 1, count=len(building.listed)))

    # -- what it shows

    def look(self) -> None:
        """Read what the job has said."""
        profile, model = self.profile, self.model
        before = (self.now, self.heard)
        if profile is None:
            self.now, self.heard, self.changes = Round(None), None, ()
        else:
            place = model.place
            now = place.relevance_round(model.role_id, profile.version)
            if now != self.now or self.heard is None:
                heard = place.heard(profile, now.activity.id) if now.activity is not None else None
                self.heard = heard
                self.changes = () if heard is None else proposed_changes(profile, heard)
            self.now = now
        if before != (self.now, self.heard):
            model.told()
        self.refresh()

    def refresh(self) -> None:
        """Redraw from what was read."""
        profile, texts, state = self.profile, self.texts, self.now.state
        shown(self.open, profile is not None and state != "open")
        shown(self.close, state == "open")
        shown(self.coming, profile is not None)
        words = texts["open" if state == "none" else "open_again"]
        if self.open.description != words:
            self.open.description = words
        if profile is None:
            put(self.top, paragraph(texts["unpublished"]))
            put(self.said, "")
            return
        put(self.top, self._top(profile))
        put(self.said, self._said(profile))
        self._refresh_next(profile)

    def _top(self, profile: SuccessProfile) -> str:
        texts, now = self.texts, self.now
        head = heading(texts["heading"])
        due = ""
        if profile.due(self.model.workshops.today()):
            due = paragraph(
                texts["due"].format(day=day_words(profile.due_on, words_of("success_profile_profile"))),
                "lf-note lf-warn",
            )
        if now.state != "open" or now.activity is None:
            done = (
                paragraph(counted(texts, "closed", now.count).format(count=now.count))
                if now.state == "closed"
                else ""
            )
            return head + due + paragraph(texts["text"], "lf-quiet") + done
        address = f"{self.model.addresses.join(self.model.workshop.code)}/at/{now.activity.id}"
        invite = texts["invitation"]
        return head + due + invitation(address, "", invite, inside=progress(now.count, 0, 0, invite))

    def _said(self, profile: SuccessProfile) -> str:
        texts, heard = self.texts, self.heard
        if heard is None:
            return ""
        named = [one for one in heard.heard if one.no_longer or one.not_mine]
        named.sort(key=lambda one: -(one.no_longer + one.not_mine))
        rows = [[profile.by_id[one.id].name, one.no_longer, one.not_mine, one.asked] for one in named]
        head = [texts["competency"], texts["no_longer"], texts["not_mine"], texts["asked"]]
        body = paragraph(texts["all_matter"])
        if rows:
            body = table(texts["said_heading"], head, rows[:IN_SIGHT])
            if len(rows) > IN_SIGHT:
                body += details(texts["more"], table(texts["more"], head, rows[IN_SIGHT:]))
        if heard.missing:
            lines = [[one.name, count] for one, count in heard.missing]
            body += heading(texts["missing_heading"], 3)
            body += table(texts["missing_heading"], [texts["missing"], texts["said_by"]], lines)
        people = paragraph(counted(texts, "people", heard.people).format(count=heard.people), "lf-quiet")
        return f'<section class="lf-card">{heading(texts["said_heading"])}{people}{body}</section>'

    def _refresh_next(self, profile: SuccessProfile) -> None:
        texts = self.texts
        begun = self.model.building is not None and self.model.building.after == profile.version
        shown(self.next, not begun)
        shown(self.place, not begun)
        form = "next_begun" if begun else "next_text" if self.changes else "next_none"
        title = heading(texts["next_heading"].format(version=profile.version + 1))
        put(self.about_next, title + paragraph(texts[form], "lf-quiet"))
        keys = [(change.kind, change.id) for change in self.changes]
        for gone in self.ticks.keys() - set(keys):
            close_widgets(self.ticks.pop(gone))
        for change in self.changes:
            key = (change.kind, change.id)
            words = texts[change.kind].format(name=change.name, said=change.said, asked=change.asked)
            if key not in self.ticks:
                self.ticks[key] = Checkbox(value=True, indent=False)
            if self.ticks[key].description != words:
                self.ticks[key].description = words
        children = tuple(self.ticks[key] for key in keys)
        if self.place.children != children:
            self.place.children = children

    def finding(self) -> str:
        """What the job says, in one sentence."""
        texts, profile = self.texts, self.profile
        if profile is None:
            return str(texts["finding_unpublished"])
        if self.heard is None:
            return str(texts["finding_none"].format(role=profile.role))
        drops = [change for change in self.changes if change.kind != "add"]
        adds = [change for change in self.changes if change.kind == "add"]
        if not self.changes:
            return str(texts["finding_fits"].format(people=self.heard.people))
        form = "finding_both" if drops and adds else "finding_drop" if drops else "finding_add"
        first = (drops or adds)[0].name
        return str(texts[form].format(drop=len(drops), add=len(adds), first=first, role=profile.role))
