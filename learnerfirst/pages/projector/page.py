"""The projector's page around its views, drawn whole, so that it shows at once."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from learnerfirst.pages.projector.view import View


def page_html(
    code: str,
    view: View,
    join: str,
    words: Mapping[str, Any],
    *,
    base: str,
    theme: str,
    chosen: bool,
    blank: bool,
) -> str:
    """The page of one workshop. ``join`` is markup; ``chosen``: the view was asked for, not the natural one."""
    base, other = escape(base), "light" if theme == "dark" else "dark"
    title = escape(words["title"].format(title=code))
    stepped = view.deck.views
    place = words["step"].format(number=stepped.index(view.name) + 1, count=len(stepped))
    head = (
        f'<!doctype html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f'<link rel="icon" href="{base}assets/icon.svg" type="image/svg+xml">'
        f'<link rel="stylesheet" href="{base}assets/projector.css"><script src="{base}assets/projector.js" defer></script></head>'
    )
    told = {
        "state-url": f"{base}projector/{escape(code)}/state?theme={theme}",
        "theme": theme,
        "lost": escape(words["lost"]),
        "step": escape(words["step"]),
        "chosen": view.name if chosen else "",
    }
    data = " ".join(f'data-{name}="{value}"' for name, value in told.items())
    signs = {"back": "←", "next": "→"}
    buttons = "".join(
        f'<button type="button" id="{name}" aria-label="{escape(words[name])}">{signs.get(name) or escape(words[name])}</button>'
        for name in ("back", "next", "blank")
    )
    hidden = "" if blank else " hidden"
    return (
        f'{head}<body {data}><p id="lost" role="alert" hidden></p>'
        f'<main id="view" data-state="{view.state}" data-view="{view.name}" data-natural="{view.natural}" '
        f'data-views="{" ".join(view.views)}" data-version="{view.version}">{view.html}</main>'
        f'<footer><div class="left"><div class="line"><div id="foot">{view.foot}</div>'
        f'<p id="timer" role="timer" data-up="{escape(words["time_up"])}" hidden></p></div><nav aria-label="{escape(words["controls"])}">{buttons}'
        f'<a id="theme" href="?theme={other}" aria-label="{escape(words[other])}">◐</a>{_decks(view, words["deck"])}'
        f'<span id="place" class="quiet" role="status">{escape(place)}</span></nav></div>'
        f'<div class="join">{join}</div></footer>'
        f'<button type="button" id="dark"{hidden}>{escape(words["blank_back"])}</button></body></html>'
    )


def _decks(view: View, label: str) -> str:
    """A choice of decks; hidden while there is only one."""
    options = "".join(
        f'<option value="{escape(one.id)}" data-views="{escape(" ".join(one.views))}"'
        f"{' selected' if one is view.deck else ''}>{escape(one.name)}</option>"
        for one in view.decks
    )
    hidden = "" if len(view.decks) > 1 else " hidden"
    return f'<select id="deck" aria-label="{escape(label)}"{hidden}>{options}</select>'
