"""Where the community meets and talks, how a meeting goes and how it decides: each kept as soon as its field is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.communities.plan import WHERE
from learnerfirst.errors import StaleDocument
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.saved_text import SavedText
from learnerfirst.pages.community.typed import in_our_words
from learnerfirst.pages.community.words import said
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.community_parts import with_details

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
TEXTS = ("place", "between", "works")


class WayForm:
    """Owns the five fields. Show ``box``."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap, head: str
    ) -> None:
        self.model, self.texts, self.words, self.notice = model, texts, texts["how"], notice
        words = self.words
        wheres = [(said()["where"][one], one) for one in WHERE]
        self.where = Choice(words["where_label"], guarded(lambda value: self._chosen("where", value)))
        self.where.offer([(words["where_none"], ""), *wheres], "")
        ways = [(told.partition(":")[0], key) for key, told in model.method.decide.items()]
        self.way = HTML()
        self.decides = Choice(words["decides_label"], guarded(lambda value: self._chosen("decides", value)))
        self.decides.offer([(words["decides_none"], ""), *ways], "")
        self.texts_of = {
            name: SavedText(
                words[f"{name}_label"],
                self._reader(name),
                self._saver(name),
                texts["page"],
                guarded,
                long=name == "works",
                placeholder=words[f"{name}_placeholder"],
                about=lambda: model.community_id,
                look=model.look,
            )
            for name in TEXTS
        }
        self.texts_of["works"].field.rows = 4
        self.cycle = Button(description=words["take_cycle"])
        self.cycle.on_click(guarded(lambda _: self._take_cycle()))
        kept = HTML(paragraph(texts["saved_note"], "lf-help"))
        place, between, works = (self.texts_of[name].box for name in TEXTS)
        first = boxed([self.where.field, place], "lf-two-up")
        inside = [HTML(head), first, between, works, self.cycle, self.decides.field, self.way, kept]
        self.box = boxed(inside, "lf-card", "lf-form")

    # -- what it does

    def _reader(self, name: str) -> Callable[[], str]:
        return lambda: str(getattr(self.model.plan.logistics, name)) if self.model.kept is not None else ""

    def _saver(self, name: str) -> Callable[[str, str], None]:
        return lambda before, after: self._save(name, before, after)

    def _save(self, name: str, before: str, after: str) -> None:
        with in_our_words(self.texts, {name: self.words[f"{name}_label"]}):
            self.model.shelf.change(
                self.model.community_id, lambda plan: with_details(plan, {name: before}, {name: after})
            )
        self.model.look()

    def _chosen(self, name: str, value: str | None) -> None:
        """A choice is kept at once; where somebody else chose a moment ago, theirs stays and is said."""
        before = getattr(self.model.plan.logistics, name)
        try:
            self._save(name, before, value or "")
        except StaleDocument as stale:
            theirs = (
                str(dict(stale.current or {}).get(name, "")) if isinstance(stale.current, Mapping) else ""
            )
            self.model.look()
            self.refresh()
            choice = getattr(self, name)
            told = {key: words for words, key in choice.field.options}.get(theirs, theirs)
            self.notice.show(self.texts["chosen_before"].format(text=told), "warn")

    def _take_cycle(self) -> None:
        self._save("works", self.model.plan.logistics.works, self.cycle_text())
        self.refresh()

    def cycle_text(self) -> str:
        """The three phases of a meeting, a line each."""
        return "\n".join(f"{one.name}: {one.aim}" for one in self.model.method.phases)

    # -- what it shows

    def refresh(self) -> None:
        """Redraw from the plan; what is being typed stays."""
        how = self.model.plan.logistics
        for name in ("where", "decides"):
            choice = getattr(self, name)
            choice.offer(list(choice.field.options), getattr(how, name))
        for one in self.texts_of.values():
            one.refresh()
        put(self.way, paragraph(self.model.method.decide[how.decides], "lf-help") if how.decides else "")
        shown(self.cycle, not self.texts_of["works"].field.value.strip())
