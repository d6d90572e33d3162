"""``/join/CODE/helpers``: who offers help, by what they offer; colleagues look here. Works without script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from learnerfirst import content
from learnerfirst.serving.participants.lookup import LookupHandler
from learnerfirst.workshops.self_assessments import Helper, SelfAssessments


class Helpers(LookupHandler):
    """The directory of one workshop: names, contacts and competencies that people chose to show."""

    async def get(self, text: str) -> None:
        """The directory; 404 where the workshop never had one."""
        found = await self.find("join", text)
        words = content.texts("self_assessment")["helpers"]
        place = SelfAssessments(self.room.workshops, found.workshop.code)
        offers, helpers, names = await self.room.call(
            lambda: (place.offers, place.directory(), place.competencies())
        )
        if offers is None:
            self.set_status(404)
            self.page("message.html", title=words["none"], hint="", home=False)
            return
        base = f"{self.room.options.prefix}/join/{quote(found.workshop.code, safe='')}"
        is_open = offers.state == "open"
        self.page(
            "helpers.html",
            h=words,
            workshop=found.workshop,
            groups=by_competency(helpers, names, words),
            offer=f"{base}/at/{offers.id}" if is_open else "",
            said="" if helpers else words["none" if is_open else "off"],
        )

    head = get


def by_competency(
    helpers: tuple[Helper, ...], names: Mapping[str, str], words: Mapping[str, Any]
) -> list[tuple[str, list[Helper]]]:
    """Helpers under each competency that they offer, by its name; those who named none stand at the end.

    >>> kim = Helper("Kim", "desk 4", ("till",))
    >>> [(name, len(listed)) for name, listed in by_competency((kim,), {"till": "Till"}, {})]
    [('Till', 1)]
    """
    groups: dict[str, list[Helper]] = {}
    for helper in helpers:
        for key in helper.competencies:
            if key in names:
                groups.setdefault(names[key], []).append(helper)
    ordered = sorted(groups.items(), key=lambda pair: pair[0].casefold())
    rest = [one for one in helpers if not any(key in names for key in one.competencies)]
    return [*ordered, (words["anything"], rest)] if rest else ordered
