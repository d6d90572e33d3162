"""Which columns of a list name people, are spread over groups, and keep people apart; how large groups are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Checkbox, Text

from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.exchange.group_lists import GroupList, ListGroups, form_from_list
from learnerfirst.groups import Field
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.personalise.group_words import in_a_row
from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.theme import boxed, put

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
MOST_TICKS, TICKED, FEW_LEVELS, USUAL = 24, 3, 30, 6
LONGEST = 60


class ListForm:
    """Owns the form for one list; ``texts``: those of ``list``. :meth:`work` is what was chosen, ready to be done."""

    def __init__(self, texts: Mapping[str, Any], form: Callable[[], Any], guarded: Wrap) -> None:
        self.texts = texts
        self.list: GroupList | None = None
        self.named, self.second = Choice(texts["named"], guarded(self._renamed)), Choice(texts["second"])
        self.apart = Choice(texts["apart"])
        self.size = Text(description=texts["size"], value=str(USUAL))
        self.ticks: dict[str, Checkbox] = {}
        self.spread = boxed([], "lf-ticks")
        self.unusable = HTML()
        self.form = Button(description=texts["form"])
        self.form.add_class("lf-primary")
        self.form.on_click(guarded(lambda _: form()))
        self.acts = boxed([self.form], "lf-actions")
        pair = boxed([self.named.field, self.second.field], "lf-two-up")
        even = boxed([HTML(f"<h3>{escape(texts['balance'])}</h3>"), self.spread, self.unusable], "lf-spread")
        self.box = boxed(
            [pair, boxed([self.size, self.apart.field], "lf-two-up"), even, self.acts], "lf-form"
        )

    def know(self, people: GroupList | None) -> None:
        """Show the columns of a list, with what they most likely are."""
        self.list = people
        for one in self.ticks.values():
            one.close()
        self.ticks = {}
        if people is not None:
            columns = [(one[:LONGEST], one) for one in people.columns]
            none = (self.texts["none"], "")
            self.named.offer(columns, people.likely_name())
            self.second.offer([none, *columns], "")
            self.apart.offer([none, *columns], people.likely_boss(self.named.value))
            self._offer(people)
        self.spread.children = tuple(self.ticks.values())

    def _offer(self, people: GroupList) -> None:
        few = [one.name for one in people.spreadable if one.levels <= FEW_LEVELS or one.number]
        ticked = [one for one in few if one != self.apart.value][:TICKED]
        for one in people.spreadable[:MOST_TICKS]:
            words = self.texts["number"].format(name=one.name) if one.number else one.name
            tick = Checkbox(indent=False, description=words[:LONGEST], value=one.name in ticked)
            self.ticks[one.name] = tick
        others = [self._why(one, people) for one in people.fields if one.name not in self.ticks]
        said = in_a_row(others, self.texts["more_rows"])
        put(
            self.unusable,
            paragraph(self.texts["unusable"].format(columns=said), "lf-quiet lf-small") if said else "",
        )

    def _why(self, one: Field, people: GroupList) -> str:
        state = "person" if one.name in people.persons else "many" if one.usable else one.state
        return str(self.texts["state"][state].format(name=one.name[:LONGEST]))

    def _renamed(self, named: str) -> None:
        """Managers are named as people are: by a name, or by a number."""
        if self.list is not None and named:
            found = self.list.likely_boss(named)
            if found:
                self.apart.value = found

    def work(self, seed: int) -> Callable[[], ListGroups]:
        """What was chosen, as work that may run in a thread; InvalidInput where the size is none."""
        people, texts = self.list, self.texts
        if people is None:
            raise InvalidInput(texts["bad_size"])
        typed = self.size.value.strip()
        if not typed.isascii() or not typed.isdigit() or not 2 <= int(typed[:6]) <= len(people.numbers) // 2:
            raise InvalidInput(
                texts["bad_size"], [Fault(texts["size"], typed[:20] or "…", texts["size_allowed"])]
            )
        named = [one for one in (self.named.value, self.second.value) if one]
        balance = [name for name, tick in self.ticks.items() if tick.value]
        apart = str(self.apart.value or "")

        def label(name: str, row: int) -> str:
            return str(texts["row"].format(name=name, row=row))

        return lambda: form_from_list(people, named, int(typed), balance, apart, seed, label)
