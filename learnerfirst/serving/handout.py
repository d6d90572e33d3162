"""The facilitator's hand-out: ``/handout/CODE`` prints to one A4; its pictures come as PNG. No kernel."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from tornado.web import HTTPError, RequestHandler

from learnerfirst import content
from learnerfirst.errors import UnknownCode
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.handout_html import PICTURES, pictures, sheet
from learnerfirst.pages.take_home import TakeHome, take_home
from learnerfirst.workshops import Workshops

SCALE = 3.0
PAPER = "#ffffff"


class _Handler(RequestHandler):
    """What both handlers share."""

    def initialize(
        self, base_url: str, desk: Callable[[Mapping[str, Any]], tuple[Workshops, Addresses]]
    ) -> None:
        """``desk`` makes, or returns, the one set of workshops and addresses of this server."""
        self.lf_base, self.lf_desk = base_url, desk

    async def taken(self, code: str) -> tuple[TakeHome, Addresses]:
        """What was shown of a workshop; 404 before its reveal and where there is no such code."""
        workshops, addresses = self.lf_desk(self.settings)
        self.set_header("Cache-Control", "no-store")
        try:
            found = await asyncio.to_thread(take_home, workshops, code)
        except UnknownCode:
            raise HTTPError(404) from None
        if found is None:
            raise HTTPError(404)
        return found, addresses


class Handout(_Handler):
    """``/handout/CODE``: the sheet, with links to its pictures that are not printed."""

    async def get(self, code: str) -> None:
        """The page."""
        taken, addresses = await self.taken(code)
        texts, charts = content.texts("take_home"), content.texts("charts")
        address = f"{addresses.join(taken.code).split('://', 1)[-1]}/plan"
        inside = await asyncio.to_thread(sheet, taken, texts, charts, address)
        base, drawn = escape(self.lf_base), pictures(taken, charts)
        links = "".join(
            f'<a class="button plain" download href="{base}handout/{escape(taken.code)}/{name}.png">{escape(texts[f"picture_{name}"])}</a>'
            for name in PICTURES
            if name in drawn
        )
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(
            f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(texts['handout_title'].format(title=taken.title))}</title>"
            f'<link rel="icon" href="{base}assets/icon.svg" type="image/svg+xml">'
            f'<link rel="stylesheet" href="{base}assets/look.css"><link rel="stylesheet" href="{base}assets/handout.css">'
            f'<script src="{base}assets/handout.js" defer></script></head><body>'
            f'<nav class="no-print" aria-label="{escape(texts["handout"])}"><button class="button" id="print" type="button">{escape(texts["print"])}</button>'
            f'{links}<p class="small quiet">{escape(texts["handout_help"])}</p></nav><main class="sheet">{inside}</main></body></html>'
        )


class HandoutPicture(_Handler):
    """``/handout/CODE/NAME.png``: a picture of the release, for slides and mails."""

    async def get(self, code: str, name: str) -> None:
        """The picture; 404 where nothing of the kind was told."""
        taken, _addresses = await self.taken(code)
        svg = pictures(taken, content.texts("charts")).get(name)
        if svg is None:
            raise HTTPError(404)
        self.set_header("Content-Type", "image/png")
        self.set_header("Content-Disposition", f'attachment; filename="{name}-{taken.code}.png"')
        self.finish(await asyncio.to_thread(as_png, svg, taken.mark))


def as_png(svg: str, mark: str = "") -> bytes:
    """An SVG picture as PNG on white paper; ``mark`` ("Rehearsal") is written across its upper corner."""
    import vl_convert

    head, start, rest = svg.partition(">")
    ground = f'<rect width="100%" height="100%" fill="{PAPER}"/>'
    noted = (
        f'<text x="6" y="14" font-size="13" font-weight="700" fill="#8a4b08">{escape(mark)}</text>'
        if mark
        else ""
    )
    return bytes(vl_convert.svg_to_png(f"{head}{start}{ground}{noted}{rest}", scale=SCALE))


def handlers(base_url: str, store_factory: Callable[[], Any]) -> list[tuple[Any, ...]]:
    """Routes below ``base_url`` (it ends with a slash); mount them behind the token."""
    made: list[tuple[Workshops, Addresses]] = []

    def desk(settings: Mapping[str, Any]) -> tuple[Workshops, Addresses]:
        if not made:
            told = settings["learnerfirst"].kernel_environment
            made.append((Workshops(store_factory()), Addresses.from_environment(told)))
        return made[0]

    options = {"base_url": base_url, "desk": desk}
    code = r"([A-Za-z]{3,8})"
    return [
        (rf"{base_url}handout/{code}", Handout, options),
        (rf"{base_url}handout/{code}/({'|'.join(PICTURES)})\.png", HandoutPicture, options),
    ]
