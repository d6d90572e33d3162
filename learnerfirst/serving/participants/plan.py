"""``/join/CODE/plan``: the picture and the plan to take home, as a page, a file, and a calendar. Works without script."""

from __future__ import annotations

import tornado.web

from learnerfirst import content
from learnerfirst.pages import take_home_html
from learnerfirst.pages.take_home import TakeHome, take_home
from learnerfirst.serving.participants.lookup import LookupHandler


class Plan(LookupHandler):
    """``kind``: "" is the page, "html" the same as a file of its own, "ics" the calendar."""

    def initialize(self, kind: str) -> None:
        """``kind`` as above."""
        self.kind = kind

    async def get(self, text: str) -> None:
        """What was shown in the room, and the plan as it is now; 404 before the reveal."""
        found = await self.find("join", text)
        workshops = self.room.workshops
        taken = await self.room.call(take_home, workshops, found.workshop.code)
        texts = content.texts("take_home")
        if taken is None:
            self.set_status(404)
            self.page("message.html", title=texts["nothing_title"], hint=texts["nothing_hint"], home=False)
            return
        if self.kind == "ics":
            self.calendar(taken)
        elif self.kind == "html":
            document = await self.room.call(take_home_html.document, taken, texts)
            self.send_file(f"plan-{found.code}.html", "text/html; charset=utf-8", document.encode())
        else:
            html = await self.room.call(take_home_html.piece, taken, texts)
            base = f"{self.room.options.prefix}/join/{found.code}"
            self.page("plan.html", p=texts, taken=taken, html=html, base=base)

    head = get

    def calendar(self, taken: TakeHome) -> None:
        """The steps as a calendar; 404 while there is none."""
        if not taken.steps:
            raise tornado.web.HTTPError(404)
        made = taken.calendar(self.room.workshops.today())
        self.send_file(f"plan-{taken.code}.ics", "text/calendar; charset=utf-8", made)

    def send_file(self, name: str, content_type: str, data: bytes) -> None:
        """A download."""
        self.set_header("Content-Type", content_type)
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(data)
