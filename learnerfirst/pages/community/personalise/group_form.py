"""What groups shall be like: how large, spread evenly by what, and whose wishes are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button, Checkbox

from learnerfirst.communities import CommunityPlan
from learnerfirst.groups import sizes_of
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.personalise.group_wishes import Wishes
from learnerfirst.pages.community.personalise.group_words import count_words
from learnerfirst.pages.markup import listing, paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.community_forming import (
    SAID,
    TRAITS,
    Wanted,
    criterion_words,
    member_fields,
    unique_names,
)

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
LARGEST, USUAL = 12, 4


class GroupForm:
    """Owns the form; ``texts``: those of ``groups``. :meth:`wanted` is what was chosen."""

    def __init__(self, texts: Mapping[str, Any], form: Callable[[], Any], guarded: Wrap) -> None:
        self.texts = texts
        self.plan: CommunityPlan | None = None
        self.size = Choice(texts["size"])
        self.spread = {name: Checkbox(indent=False, value=name != "preferences") for name in (*SAID, *TRAITS)}
        for name, field in self.spread.items():
            field.description = criterion_words(name)
        self.even, self.unusable = HTML(), HTML()
        self.managers = Checkbox(indent=False, value=True, description=texts["managers"])
        self.wishes = Wishes(texts, guarded)
        self.form = Button(description=texts["form"])
        self.form.add_class("lf-primary")
        self.form.on_click(guarded(lambda _: form()))
        ticks = boxed(list(self.spread.values()), "lf-ticks")
        self.box = boxed(
            [
                self.size.field,
                boxed([self.even, ticks, self.unusable, self.managers], "lf-spread"),
                self.wishes.box,
                boxed([self.form], "lf-actions"),
            ],
            "lf-form",
        )

    def wanted(self, seed: int) -> Wanted:
        """What was chosen; ``seed`` makes other groups of the same choice."""
        usable = {one.name for one in self._fields() if one.usable}
        return Wanted(
            int(self.size.value or USUAL),
            tuple(name for name, field in self.spread.items() if name in usable and field.value),
            self.wishes.of_kind("apart"),
            self.wishes.of_kind("together"),
            self.managers.value,
            seed,
        )

    def know(self, plan: CommunityPlan) -> None:
        """The members as they are now: sizes, what varies among them, and the lists to pick wishes from."""
        if plan.members == getattr(self.plan, "members", None):
            return
        self.plan = plan
        largest = max(2, min(LARGEST, plan.size // 2))
        options = [(self._sized(size), size) for size in range(2, largest + 1)]
        self.size.offer(options, self.size.value or min(USUAL, largest))
        self.wishes.know(unique_names(plan.members))
        self._show_fields()

    def forget(self) -> None:
        """Another community was opened."""
        self.plan = None
        self.size.offer([], None)
        self.wishes.forget()

    def again(self, formed: bool) -> None:
        """Say that there are groups already."""
        said = self.texts["again" if formed else "form"]
        if self.form.description != said:
            self.form.description = said
        self.form.remove_class("lf-primary") if formed else self.form.add_class("lf-primary")

    def _sized(self, size: int) -> str:
        groups = count_words(sizes_of(self.plan.size if self.plan else 0, size), self.texts)
        return str(self.texts["size_option"].format(size=size, groups=groups))

    def _fields(self) -> Any:
        return () if self.plan is None else member_fields(self.plan)

    def _show_fields(self) -> None:
        texts, fields = self.texts, self._fields()
        for one in fields:
            shown(self.spread[one.name], one.usable)
        usable = any(one.usable for one in fields)
        put(self.even, f"<h3>{texts['balance']}</h3>" if usable else paragraph(texts["nothing"], "lf-quiet"))
        lines = [
            texts["state"][one.state].format(name=criterion_words(one.name))
            for one in fields
            if not one.usable
        ]
        put(self.unusable, f'<div class="lf-quiet lf-small">{listing(lines)}</div>' if lines else "")
        shown(self.managers, self.plan is not None and any(one.manager for one in self.plan.members))
