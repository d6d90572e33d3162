"""Resources that lead nowhere yet, each to be lined up to a competency and the levels that it leads through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.errors import InvalidInput
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.gaps.model import GapsModel
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, listing, paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.plans.catalogue import propose_tags, untagged, ways_of
from learnerfirst.plans.resource import Span

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class TagForm:
    """Owns the list of the untagged and the fields to line one up."""

    def __init__(
        self,
        model: GapsModel,
        texts: Mapping[str, Any],
        notice: Notice,
        done: Callable[[], Any],
        guarded: Wrap,
    ) -> None:
        self.model, self.texts, self.notice, self.done = model, texts, notice, done
        words = texts["curriculum"]
        self.list = HTML()
        self.resource = Choice(words["resource_label"], guarded(lambda _: self._propose()))
        self.competency = Choice(words["competency_label"])
        self.low = Choice(words["from_label"])
        self.high = Choice(words["to_label"])
        self.tag = Button(description=words["tag"])
        self.tag.on_click(guarded(lambda _: self._tag()))
        levels = boxed([self.low.field, self.high.field], "lf-two-up")
        self.fields = boxed([self.resource.field, self.competency.field, levels, self.tag], "lf-form")
        self.box = boxed([self.list, self.fields], "lf-card", "lf-form")

    def _propose(self) -> None:
        """What the resource's name may mean, chosen already."""
        there = {one.name: one for one in untagged(self.model.resources)}
        one = there.get(str(self.resource.value))
        if one is None:
            return
        found = propose_tags([one], ways_of(self.model.profiles.values()))
        if found and found[0].meaning in self.competency.values:
            self.competency.value = found[0].meaning

    def _tag(self) -> None:
        name, words = self.resource.value, self.texts["curriculum"]
        if not name or self.competency.value is None:
            return
        if not self.low.value < self.high.value:
            raise InvalidInput(
                f"{words['from_label']} {self.low.value}, {words['to_label']} {self.high.value}"
            )
        said = next(label for label, key in self.competency.field.options if key == self.competency.value)
        self.model.shelf.tag(str(name), Span(self.competency.value, self.low.value, self.high.value))
        self.model.look()
        self.notice.show(words["tagged"].format(name=name, competency=said))
        self.done()

    def refresh(self) -> None:
        """Redraw from the model."""
        words, found = self.texts["curriculum"], untagged(self.model.resources)
        head = heading(words["untagged_heading"].format(count=len(found)))
        text = paragraph(words["untagged_text" if found else "untagged_none"], "lf-quiet")
        put(self.list, head + text + (listing(escape(one.name) for one in found) if found else ""))
        shown(self.box, bool(self.model.resources))
        shown(self.fields, bool(found) and bool(self.model.profiles))
        named = {one.id: one.name for profile in self.model.profiles.values() for one in profile.competencies}
        self.competency.offer([(name, key) for key, name in named.items()])
        before = self.resource.value
        self.resource.offer([one.name for one in found])
        if self.resource.value != before:
            self._propose()
        profile = self.model.profile
        if profile is not None:
            points = [int(point) for point in profile.scale.points]
            self.low.offer(points[:-1])
            if list(self.high.values) != points[1:]:
                self.high.offer(points[1:], points[-1])
