"""The personas of a workshop outside the page: a view to print, files of all of them, each card as a picture. No kernel."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from html import escape
from typing import Any

from tornado.web import HTTPError

from learnerfirst.content import texts
from learnerfirst.exchange.persona_cards import card_of, card_png, card_svg, cards_docx, cards_html
from learnerfirst.exchange.persona_files import personas_csv, personas_json, personas_yaml
from learnerfirst.personas import Persona
from learnerfirst.serving.files import Opened, WorkshopFile, once
from learnerfirst.workshops import Workshop
from learnerfirst.workshops.persona_shelf import PersonaShelf

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES: dict[str, tuple[str, Callable[[list[Persona], str], bytes]]] = {
    "yaml": ("application/yaml; charset=utf-8", lambda personas, _title: personas_yaml(personas)),
    "json": ("application/json; charset=utf-8", lambda personas, _title: personas_json(personas)),
    "csv": ("text/csv; charset=utf-8", lambda personas, _title: personas_csv(personas)),
    "html": ("text/html; charset=utf-8", lambda personas, title: _page(personas, title).encode()),
    "docx": (DOCX, lambda personas, title: cards_docx([card_of(one) for one in personas], title)),
}
"""Kinds of files: media type, and how one is made of personas and a title."""
PICTURES: dict[str, tuple[str, Callable[[Persona], bytes]]] = {
    "svg": ("image/svg+xml", lambda persona: card_svg(card_of(persona)).encode()),
    "png": ("image/png", lambda persona: card_png(card_of(persona))),
}


def _page(personas: list[Persona], title: str, **around: str) -> str:
    return cards_html([card_of(one) for one in personas], title, **around)


class _Handler(WorkshopFile):
    """What all three share."""

    def initialize(self, desk: Opened, base_url: str = "/") -> None:
        """``desk``: see :func:`learnerfirst.serving.files.once`."""
        super().initialize(desk)
        self.lf_base = base_url

    async def found(self, code: str) -> tuple[Workshop, list[Persona]]:
        """The workshop and its personas, also retired ones; 404 where there is no such code, or nobody yet."""
        return await self.make(self._read, code)

    def _read(self, code: str) -> tuple[Workshop, list[Persona]] | None:
        workshops = self.lf_desk()
        workshop = workshops.get(code)
        found = [each.persona for each in PersonaShelf(workshops.store, workshop.code).all()]
        return (workshop, found) if found else None


class PersonaSheets(_Handler):
    """``/personas/CODE``: all cards that are on the table, to read and to print."""

    async def get(self, code: str) -> None:
        """The page."""
        workshop, personas = await self.found(code)
        words, base = texts("personas_print"), escape(self.lf_base)
        active = [one for one in personas if not one.retired]
        mark = words[workshop.kind] if workshop.kind != "real" else ""
        marked = f'<p class="mark">{escape(mark)}</p>' if mark else ""
        head = (
            f'<link rel="icon" href="{base}assets/icon.svg" type="image/svg+xml">'
            f'<link rel="stylesheet" href="{base}assets/persona_sheets.css"><script src="{base}assets/handout.js" defer></script>'
        )
        nav = (
            f'<nav aria-label="{escape(words["print"])}"><button class="button" id="print" type="button">{escape(words["print"])}</button>'
            f"<p>{escape(words['help'])}</p></nav>{marked}"
        )
        page = await asyncio.to_thread(_page, active, workshop.title, head=head, before=nav)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(page)


class PersonaFile(_Handler):
    """``/personas/CODE/all.KIND``: every persona in one file; those that carry data hold the retired ones, too."""

    async def get(self, code: str, kind: str) -> None:
        """The file."""
        workshop, personas = await self.found(code)
        media, made = FILES[kind]
        cards = kind in ("html", "docx")
        chosen = [one for one in personas if not (cards and one.retired)]
        data = await asyncio.to_thread(made, chosen, workshop.title)
        self.send(data, media, f"personas-{workshop.code}.{kind}")


class PersonaPicture(_Handler):
    """``/personas/CODE/ID.svg`` and ``.png``: one card as a picture."""

    async def get(self, code: str, persona_id: str, kind: str) -> None:
        """The picture; 404 where there is no such persona."""
        _workshop, personas = await self.found(code)
        persona = next((one for one in personas if one.id == persona_id), None)
        if persona is None:
            raise HTTPError(404)
        media, drawn = PICTURES[kind]
        self.send(await asyncio.to_thread(drawn, persona), media, f"{persona_id}.{kind}")


def handlers(base_url: str, store_factory: Callable[[], Any]) -> list[tuple[Any, ...]]:
    """Routes below ``base_url`` (it ends with a slash); mount them behind the token."""
    options = {"base_url": base_url, "desk": once(store_factory)}
    place = rf"{base_url}personas/([A-Za-z]{{3,8}})"
    return [
        (place, PersonaSheets, options),
        (rf"{place}/all\.({'|'.join(FILES)})", PersonaFile, options),
        (rf"{place}/([a-z][a-z0-9_]{{0,59}})\.({'|'.join(PICTURES)})", PersonaPicture, options),
    ]
