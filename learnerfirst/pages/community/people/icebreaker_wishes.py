"""What an icebreaker has to fit: how many people, how long, where, how lively, and what nobody should have to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipywidgets import HTML, Checkbox, Dropdown, Text

from learnerfirst.communities import Wanted
from learnerfirst.communities.icebreakers import ENERGIES, NEEDS
from learnerfirst.communities.plan import WHERE
from learnerfirst.errors import InvalidInput
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, put

MINUTES, USUAL = (5, 10, 15, 20, 30), 10
SMALLEST, LARGEST = 2, 1000
LONGEST = 9


class WishForm:
    """Owns the fields of what has to fit; nothing of it is kept, for it may say something about people."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.words, self.proposed = words, ("", "")
        self.size = Text(description=words["size"])
        minutes = [(str(one), one) for one in MINUTES]
        self.minutes = Dropdown(description=words["minutes"], options=minutes, value=USUAL)
        places = [(words["places"][one], one) for one in WHERE]
        self.where = Dropdown(description=words["where"], options=places)
        energies = [(words["energies"][one or "any"], one) for one in ("", *ENERGIES)]
        self.energy = Dropdown(description=words["energy"], options=energies)
        self.avoid = {
            need: Checkbox(value=False, description=words["needs"][need], indent=False) for need in NEEDS
        }
        pairs = [boxed([self.size, self.minutes], "lf-pair"), boxed([self.where, self.energy], "lf-pair")]
        about = heading(words["avoid"], 3) + paragraph(words["avoid_help"], "lf-help")
        ticks = boxed(list(self.avoid.values()), "lf-needs")
        self.widgets = [HTML(heading(words["heading"])), *pairs, HTML(about), ticks]

    def propose(self, size: str, where: str) -> None:
        """What the plan says, as long as nobody chose something else."""
        before, self.proposed = self.proposed, (size, where)
        if self.size.value == before[0]:
            put(self.size, size)
        if where and where != before[1]:
            put(self.where, where)

    def wanted(self) -> Wanted:
        """What was chosen; InvalidInput where the number of people is none."""
        typed = self.size.value.strip()
        if not typed.isdecimal() or not SMALLEST <= int(typed[:LONGEST]) <= LARGEST:
            raise InvalidInput(self.words["bad_size"])
        avoid = frozenset(need for need, box in self.avoid.items() if box.value)
        where, energy = str(self.where.value), str(self.energy.value)
        return Wanted(int(typed), int(self.minutes.value), where, energy, avoid)
