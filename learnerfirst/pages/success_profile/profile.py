"""Step four: the profile as a sheet; published for good, saved as files, its versions side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from itertools import pairwise
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.content import texts as words_of
from learnerfirst.errors import StaleDocument
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import details, heading, paragraph
from learnerfirst.pages.success_profile.model import SuccessProfileModel
from learnerfirst.pages.success_profile.profile_html import about, changes, count_words, sheet, stamps
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.success_profiles import SuccessProfile
from learnerfirst.workshops.profile_shelf import KeptProfile, kept_of

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
FILES = ("xlsx", "csv", "case.json", "moodle.csv", "yaml", "json")


class ProfileStep:
    """Owns the sheet, what publishes it, the links to its files, and its versions."""

    def __init__(
        self, model: SuccessProfileModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.texts, self.notice = model, texts, notice
        self.versions: tuple[SuccessProfile, ...] = ()
        self.read: tuple[str, str, int] | None = None
        self.seen: KeptProfile | None = None
        self.top, self.sheet, self.files, self.older, self.both = HTML(), HTML(), HTML(), HTML(), HTML()
        self.none = Button(description=texts["none_action"])
        self.none.add_class("lf-primary")
        self.none.on_click(guarded(lambda _: model.go("agree" if model.building is not None else "role")))
        self.publish = Button(description=texts["publish"])
        self.publish.add_class("lf-primary")
        self.publish.on_click(guarded(lambda _: self._publish()))
        self.job = Button(description=texts["to_job"])
        self.job.on_click(guarded(lambda _: model.go("job")))
        self.both.add_class("lf-both")
        acts = boxed([self.publish, self.job, self.none], "lf-actions")
        self.box = boxed(
            [boxed([self.top, self.both, acts], "lf-card", "lf-form"), self.sheet, self.files, self.older],
            "lf-step",
        )

    def _publish(self) -> None:
        """Publish what is shown here; where somebody saved another one meanwhile, show both instead."""
        model, seen = self.model, self.seen
        if seen is None:
            return
        try:
            model.kept = model.place.shelf.publish(seen.role_id, seen.version)
        except StaleDocument as stale:
            model.look()
            if stale.current is not None:
                self._show_both(seen, kept_of(stale.current))
            return
        put(self.both, "")
        self.look()
        self.notice.show(self.texts["published"].format(version=model.kept.profile.version))

    def _show_both(self, mine: KeptProfile, theirs: KeptProfile) -> None:
        texts = self.texts
        told = changes(mine.profile, theirs.profile, texts["changes"])
        put(
            self.both,
            f'<div class="lf-note lf-warn" role="alert">{paragraph(texts["stale"])}'
            f"{heading(texts['stale_theirs'], 3)}{told}{details(texts['stale_mine'], sheet(mine.profile, texts))}</div>",
        )
        self.refresh()

    def look(self) -> None:
        """Read the versions that were published."""
        model = self.model
        kept = model.kept
        read = None if kept is None else (kept.code, kept.role_id, kept.version)
        if read != self.read:
            self.versions = () if kept is None else model.place.shelf.versions(kept.role_id)
            self.read = read
        self.refresh()

    def refresh(self) -> None:
        """Redraw from the model."""
        kept, texts = self.model.kept, self.texts
        if self.seen is not None and (kept is None or kept.role_id != self.seen.role_id):
            put(self.both, "")
        self.seen = kept
        shown(self.publish, kept is not None and not kept.is_published)
        shown(self.job, kept is not None and kept.published is not None)
        shown(self.none, kept is None)
        for widget in (self.sheet, self.files, self.older):
            shown(widget, kept is not None)
        if kept is None:
            put(self.top, heading(texts["none_heading"]) + paragraph(texts["none"]))
            return
        stamp = words_of("success_profiles")["draft_stamp"]
        today = self.model.workshops.today()
        state = texts["is_published" if kept.is_published else "not_published"]
        if kept.published is not None and not kept.is_published:
            state = texts["older_published"].format(version=kept.published.version)
        top = stamps(kept.profile, today, texts, stamp) + paragraph(state) + about(kept.profile, texts)
        put(self.top, top)
        put(self.sheet, sheet(kept.profile, texts))
        put(self.files, self._files(kept))
        put(self.older, self._versions(kept))

    def _files(self, kept: KeptProfile) -> str:
        texts, base = self.texts, self.model.addresses.profile(kept.code, kept.role_id)
        links = "".join(
            f'<a class="lf-link-button lf-plain" href="{escape(base)}.{kind}" download>{escape(texts["files"][kind])}</a>'
            for kind in FILES
        )
        projector = escape(f"{self.model.addresses.projector(kept.code)}?view=profile_{kept.role_id}_1")
        large = f'<a class="lf-link-button lf-plain" href="{projector}" target="_blank" rel="noopener">{escape(texts["projector"])}</a>'
        return (
            f'<section class="lf-card">{heading(texts["files_heading"])}{paragraph(texts["files_text"], "lf-quiet")}'
            f'<p class="lf-actions">{links}</p><p class="lf-actions">{large}</p></section>'
        )

    def _versions(self, kept: KeptProfile) -> str:
        """What each version changed, the newest first."""
        texts = self.texts
        listed = [*self.versions] if kept.is_published else [*self.versions, kept.profile]
        if len(listed) < 2:
            return ""
        found = ""
        for older, newer in reversed(list(pairwise(listed))):
            found += heading(texts["version"].format(version=newer.version), 3)
            found += changes(older, newer, texts["changes"])
        return f'<section class="lf-card">{heading(texts["versions_heading"])}{found}</section>'

    def finding(self) -> str:
        """What good looks like, counted; or that it has grown old."""
        kept, texts = self.model.kept, self.texts
        if kept is None:
            return str(texts["finding_none"].format(role=self.model.role))
        profile = kept.profile
        if profile.due(self.model.workshops.today()):
            return str(texts["finding_due"].format(role=profile.role))
        name = "finding_draft" if profile.draft else "finding"
        return count_words(profile, texts, name)
