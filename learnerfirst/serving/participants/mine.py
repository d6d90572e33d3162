"""``/mine``: see, export, download or delete one's own answers. The key travels in a POST body, never in a URL."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import tornado.web

from learnerfirst import content
from learnerfirst.errors import NotAllowed, UnknownCode
from learnerfirst.pages.own_result import OwnResult
from learnerfirst.serving.participants.keys import grouped, read_key
from learnerfirst.serving.participants.lookup import LookupHandler
from learnerfirst.serving.participants.people import page_settings
from learnerfirst.serving.participants.results import result_of
from learnerfirst.serving.participants.rounds import Round
from learnerfirst.workshops import Activity, purpose_of
from learnerfirst.workshops.purposes import NAMED, OFFERED, entry_kind

ACTIONS = ("see", "export", "download", "delete", "confirm", "change", "towards", "calendar")
CHOSEN = ("change", "calendar")
AIM = "aim-"


class Mine(LookupHandler):
    """Works without any script."""

    def get(self) -> None:
        """The form for code and key."""
        self.show_form()

    head = get

    async def post(self) -> None:
        """Do what the pressed button says."""
        action, _colon, chosen = self.get_body_argument("do", "see").partition(":")
        code, typed = self.get_body_argument("code", "")[:80], self.get_body_argument("key", "")[:80]
        if action not in ACTIONS:
            raise tornado.web.HTTPError(400)
        key, texts = read_key(typed), self.room.texts["mine"]
        if key is None:
            self.set_status(400)
            self.show_form(code, typed, texts["key_shape"])
            return
        found = await self.find_any(code)
        sheets = await self.room.call(self.collect, found, key) if found else {}
        if not found or not sheets:
            self.room.failures.take(self.network)
            self.set_status(404)
            self.show_form(code, typed, texts["not_found"])
            return
        if action in CHOSEN:
            await getattr(self, action)(found, key, sheets, chosen)
        else:
            await getattr(self, action)(found, key, sheets)

    async def find_any(self, code: str) -> Round | None:
        """A workshop of this code, or a quiz of this name."""
        for where in ("join", "quiz"):
            try:
                return await self.find(where, code)
            except UnknownCode:
                continue
        return None

    def collect(self, found: Round, key: str) -> dict[str, Mapping[str, Any]]:
        """Everything stored under the key, by activity."""
        mine = {
            one.id: self.room.workshops.my_data(found.workshop.code, one.id, key)
            for one in found.workshop.activities
        }
        listed = newest_of_named(found.workshop.activities)
        return {
            activity: stored for activity, stored in mine.items() if stored is not None and activity in listed
        }

    def show_form(self, code: str = "", typed: str = "", wrong: str = "") -> None:
        """The form again, with what was typed and what is wrong with it."""
        self.page("mine.html", m=self.room.texts["mine"], code=code, key=typed, wrong=wrong)

    async def see(self, found: Round, key: str, sheets: Mapping[str, Mapping[str, Any]]) -> None:
        """The own results, with buttons to export and delete."""
        aims = self.aims(sheets)
        results = await self.room.call(
            self.results, found, key, sheets, aims, prefix=self.room.options.prefix
        )
        self.found_page(found, key, results=results, ask=False, open_ones=changeable(found, sheets))

    towards = see

    def aims(self, sheets: Mapping[str, Any]) -> dict[str, str]:
        """What results are wanted towards, by activity, as far as the form says it."""
        return {one: self.get_body_argument(f"{AIM}{one}", "")[:120] for one in sheets}

    async def calendar(
        self, found: Round, key: str, sheets: Mapping[str, Mapping[str, Any]], chosen: str
    ) -> None:
        """What one result has for the calendar; 404 where there is none."""
        results = await self.room.call(self.results, found, key, sheets, self.aims(sheets))
        made = results[chosen].calendar if chosen in results else None
        if made is None:
            raise tornado.web.HTTPError(404)
        self.send_file(
            results[chosen].calendar_file,
            "text/calendar; charset=utf-8",
            (await self.room.call(made)).decode(),
        )

    async def change(
        self, found: Round, key: str, sheets: Mapping[str, Mapping[str, Any]], chosen: str
    ) -> None:
        """The questions again, filled in with what is stored; what is sent takes its place."""
        asked = next((one for one in changeable(found, sheets) if not chosen or one.id == chosen), None)
        if asked is None:
            raise NotAllowed("nothing of this can be changed (any more)")
        path = f"{found.code}/at/{asked.id}" if asked.aside else found.code
        now = await self.find(found.where, path)
        resume = {"id": key, "activity": asked.id, "answers": sheets[asked.id]["answers"]}
        settings = page_settings(self.room, now, resume=resume)
        heading = {"title": self.room.texts["page"]["loading"], "hint": ""}
        self.page("join.html", found=now, settings=json.dumps(settings, ensure_ascii=False), heading=heading)

    async def delete(self, found: Round, key: str, _sheets: Mapping[str, Mapping[str, Any]]) -> None:
        """Asks before deleting."""
        self.found_page(found, key, results={}, ask=True)

    async def confirm(self, found: Round, key: str, sheets: Mapping[str, Mapping[str, Any]]) -> None:
        """Deletes, and says so after the store did."""
        for activity in sheets:
            await self.room.call(self.room.workshops.delete_mine, found.workshop.code, activity, key)
        texts = self.room.texts["mine"]
        self.page("message.html", title=texts["deleted_title"], hint=texts["deleted_hint"], home=True)

    async def export(self, found: Round, _key: str, sheets: Mapping[str, Mapping[str, Any]]) -> None:
        """The answers as a JSON file."""
        said = {"code": found.code, "kind": found.workshop.kind, "stored": sheets}
        text = json.dumps(said, ensure_ascii=False, indent=2)
        self.send_file("my-answers.json", "application/json", text)

    async def download(self, found: Round, key: str, sheets: Mapping[str, Mapping[str, Any]]) -> None:
        """The own result as an HTML file that needs nothing else."""
        results = await self.room.call(self.results, found, key, sheets, self.aims(sheets))
        power = any(one.id in sheets and one.purpose == "learner_power" for one in found.workshop.activities)
        name = "learner-power.html" if power else "my-answers.html"
        self.send_file(name, "text/html; charset=utf-8", list(results.values())[-1].document())

    def results(
        self,
        found: Round,
        key: str,
        sheets: Mapping[str, Mapping[str, Any]],
        aims: Mapping[str, str],
        prefix: str | None = None,
    ) -> dict[str, OwnResult]:
        """Own results by activity, towards what is wanted; with links where they are shown on a page of ours."""
        workshop, workshops = found.workshop, self.room.workshops
        return {
            one.id: result_of(
                workshops,
                workshop,
                one.id,
                sheets[one.id]["answers"],
                towards=aims.get(one.id, ""),
                prefix=prefix,
                key=key,
                opened=True,
            )
            for one in workshop.activities
            if one.id in sheets
        }

    def found_page(
        self,
        found: Round,
        key: str,
        *,
        results: Mapping[str, OwnResult],
        ask: bool,
        open_ones: Sequence[Activity] = (),
    ) -> None:
        """Answers that were found, and what can be done with them."""
        self.page(
            "found.html",
            m=self.room.texts["mine"],
            p=content.texts("self_assessment")["mine"],
            code=found.code,
            key=grouped(key),
            results=results,
            ask=ask,
            open_ones=open_ones,
            names=content.texts("purposes")["names"],
        )

    def send_file(self, name: str, content_type: str, text: str) -> None:
        """A download."""
        self.set_header("Content-Type", content_type)
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(text)


def newest_of_named(activities: Sequence[Activity]) -> set[str]:
    """Ids of all activities but older rounds of what is said under a name: an entry belongs to its kind, not to a round.

    >>> newest_of_named([Activity("offer", "x", purpose="introduction"), Activity("offer-2", "x", purpose="introduction")])
    {'offer-2'}
    """
    newest = {entry_kind(one): one.id for one in activities if purpose_of(one).pocket == NAMED}
    return {one.id for one in activities if newest.get(entry_kind(one), one.id) == one.id}


def changeable(found: Round, sheets: Mapping[str, Any]) -> list[Activity]:
    """What of the stored answers may be changed now: it is open, and its purpose offers it."""
    open_now = found.activity.id if found.state == "open" and found.activity else ""
    return [
        one
        for one in found.workshop.activities
        if one.id in sheets
        and one.state == "open"
        and (one.aside or one.id == open_now)
        and purpose_of(one).changes == OFFERED
    ]
