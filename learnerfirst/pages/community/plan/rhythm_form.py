"""When the community meets: the rhythm, saved as a whole, and the meetings that follow from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from ipywidgets import HTML, Button, Text

from learnerfirst.communities import Logistics
from learnerfirst.content import texts as texts_of
from learnerfirst.errors import StaleDocument
from learnerfirst.exchange.clocks import zone_known
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.either import Either
from learnerfirst.pages.community.fields import Fields
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.plan.meetings_ahead import MeetingsAhead
from learnerfirst.pages.community.plan.rhythm_words import clocks_line
from learnerfirst.pages.community.typed import day_typed, in_our_words, number_typed, refused, time_typed
from learnerfirst.pages.community.words import clock_words, every_words, rhythm_words, said, span_words
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.community_parts import with_details

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
OTHER, SOON = "other", 14
LEAST, MOST = {"minutes": 10, "meetings": 1}, {"minutes": 480, "meetings": 200}
DETAILS = {"every": ("every", "unit"), "zone": ("zone",), "zone_name": ("zone",)}
"""Which details of the plan a field stands for, where it is not its own name."""


class RhythmForm:
    """Owns the fields of the rhythm, and what follows. Show ``box``."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap, head: str
    ) -> None:
        self.model, self.texts, self.words, self.notice = model, texts, texts["when"], notice
        words = self.words
        self.known_zones = texts_of("community_introduction")["zones"]
        self.every = Choice(words["every_label"])
        soon = (model.workshops.today() + timedelta(days=SOON)).isoformat()
        self.first = Text(description=words["first_label"], placeholder=soon)
        self.starts = Text(description=words["starts_label"], placeholder="14:00")
        self.minutes = Text(description=words["minutes_label"])
        self.meetings = Text(description=words["meetings_label"])
        self.zone = Choice(words["zone_label"], guarded(lambda _: self._note()))
        self.zone_name = Text(
            description=words["zone_name_label"], placeholder=words["zone_name_placeholder"]
        )
        names = ("every", "first", "starts", "minutes", "meetings", "zone", "zone_name")
        self.fields = Fields({name: getattr(self, name) for name in names})
        self.every.offer(
            [(self._every(n, unit), (n, unit)) for unit in ("week", "month") for n in range(1, 13)]
        )
        places = [
            (words["zone_entry"].format(places=told, zone=zone), zone)
            for zone, told in self.known_zones.items()
        ]
        self.zone.offer([(words["zone_choose"], ""), *places, (words["zone_other"], OTHER)], "")
        for name in names:
            one = getattr(self, name)
            getattr(one, "field", one).observe(guarded(lambda _: self._note()), names="value")
        self.said, self.unsaved = HTML(), HTML()
        self.save = Button(description=words["save"])
        self.save.on_click(guarded(lambda _: self._save()))
        self.either = Either(texts, self._keep, self._take, guarded)
        self.ahead = MeetingsAhead(model, texts, notice, guarded)
        self.box = boxed([HTML(head), *self._inside()], "lf-card", "lf-form")

    def _inside(self) -> list[Any]:
        """What stands in the card below its heading, in order."""
        return [
            self.said,
            boxed([self.every.field, self.first], "lf-two-up"),
            boxed([self.starts, self.minutes], "lf-two-up"),
            boxed([self.meetings, self.zone.field], "lf-two-up"),
            self.zone_name,
            self.either.box,
            self.unsaved,
            self.ahead.said,
            boxed([self.save, self.ahead.button], "lf-actions"),
        ]

    def _every(self, number: int, unit: str) -> str:
        line = every_words(Logistics(number, unit), said())
        return line[:1].upper() + line[1:]

    # -- what it does

    def _typed(self, names: tuple[str, ...]) -> dict[str, Any]:
        """The details for the fields that were changed."""
        found: dict[str, Any] = {}
        for name in names:
            if name == "every":
                found["every"], found["unit"] = self.every.value
            elif name in ("zone", "zone_name"):
                found["zone"] = self._zone()
            else:
                found[name] = self._field(name)
        return found

    def _field(self, name: str) -> Any:
        said_, words = getattr(self, name).value, self.words
        try:
            if name == "first":
                return day_typed(said_)
            if name == "starts":
                return time_typed(said_)
            return number_typed(said_, LEAST[name], MOST[name])
        except ValueError:
            kind = {"first": "bad_day", "starts": "bad_time"}.get(name, "bad_number")
            allowed = words[kind].format(
                day=self.model.workshops.today().isoformat(), low=LEAST.get(name), high=MOST.get(name)
            )
            raise refused(self.texts, words[f"{name}_label"], said_, allowed) from None

    def _zone(self) -> str:
        name = str(self.zone.value or "")
        if name != OTHER:
            return name
        named = self.zone_name.value.strip()
        if named and not zone_known(named):
            raise refused(self.texts, self.words["zone_name_label"], named, self.words["bad_zone"])
        return str(named)

    def _save(self) -> None:
        names = self.fields.typed
        if names:
            after = self._typed(names)
            before = {name: value for name, value in self._before().items() if name in after}
            labels = {name: self.words["names"][name] for name in after}
            try:
                with in_our_words(self.texts, labels):
                    self.model.shelf.change(
                        self.model.community_id, lambda plan: with_details(plan, before, after)
                    )
            except StaleDocument as stale:
                self._both(stale.current, after)
                return
            self.fields.settle()
        self.model.look()
        self.refresh()
        told = self.ahead.follow()
        self.notice.show(f"{self.words['saved']} {told}".strip())

    def _before(self) -> dict[str, Any]:
        """The details that were seen when the fields were filled."""
        seen = self.fields.seen
        zone = seen["zone_name"] if seen["zone"] == OTHER else seen["zone"]
        return {
            "every": seen["every"][0],
            "unit": seen["every"][1],
            "first": day_typed(seen["first"]),
            "starts": time_typed(seen["starts"]),
            "minutes": int(seen["minutes"]),
            "meetings": int(seen["meetings"]),
            "zone": zone,
        }

    def _both(self, theirs: Any, mine: Mapping[str, Any]) -> None:
        self.either.ask(self._told(theirs), self._told(mine))

    def _told(self, details: Mapping[str, Any]) -> str:
        names, parts = self.words["names"], {}
        for name, value in details.items():
            if name == "unit":
                continue
            told = (
                self._every(value, details["unit"])
                if name == "every"
                else str(value or self.texts["nothing"])
            )
            parts[names[name]] = clock_words(value) if name == "starts" and value else told
        return ", ".join(f"{name}: {told}" for name, told in parts.items())

    def _keep(self) -> None:
        self.model.look()
        self.fields.rebase(self._values())
        self._save()

    def _take(self) -> None:
        self.model.look()
        self.fields.forget(self._values())
        self.refresh()

    # -- what it shows

    def _values(self) -> dict[str, Any]:
        how = self.model.plan.logistics
        listed = not how.zone or how.zone in self.known_zones
        return {
            "every": (how.every, how.unit),
            "first": how.first.isoformat() if how.first else "",
            "starts": clock_words(how.starts) if how.starts else "",
            "minutes": str(how.minutes),
            "meetings": str(how.meetings),
            "zone": how.zone if listed else OTHER,
            "zone_name": "" if listed else how.zone,
        }

    def refresh(self) -> None:
        """Redraw from the plan; what was typed stays."""
        if self.fields.key != self.model.community_id:
            self.either.hide()
        self.fields.fill(self.model.community_id, self._values())
        how, told = self.model.plan.logistics, said()
        line = ""
        if how.first is not None:
            line = paragraph(f"{rhythm_words(how, told)}. {span_words(how, told)}", "lf-rhythm")
            clocks = clocks_line(self.model.plan, self.words)
            line += paragraph(clocks, "lf-quiet") if clocks else ""
        put(self.said, line)
        self.ahead.refresh()
        self._note()

    def _note(self) -> None:
        typed = bool(self.fields.typed)
        shown(self.zone_name, self.zone.value == OTHER)
        put(self.unsaved, paragraph(self.words["unsaved"], "lf-note lf-warn") if typed else "")
        leads = typed or not self.ahead.offered
        self.save.add_class("lf-primary") if leads else self.save.remove_class("lf-primary")
        shown(self.ahead.button, self.ahead.offered and not typed)
