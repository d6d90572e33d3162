"""Links from the page to what its server draws: print view, projector, files."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from learnerfirst.pages.addresses import Addresses

KINDS = ("docx", "html", "csv", "yaml", "json")


def link(address: str, words: str, *, plain: bool = True, download: bool = False) -> str:
    """A link that looks like a button; opens a new tab, or saves a file."""
    look = "lf-link-button lf-plain" if plain else "lf-link-button"
    where = "download" if download else 'target="_blank" rel="noopener"'
    return f'<a class="{look}" href="{escape(address)}" {where}>{escape(words)}</a>'


def print_links(addresses: Addresses, code: str, texts: Mapping[str, Any]) -> str:
    """Links to the projector and to the print view."""
    projector = link(f"{addresses.projector(code)}?view=personas_1", texts["projector"])
    printed = link(addresses.personas(code), texts["print"])
    return f'<p class="lf-actions">{projector}{printed}</p>'


def download_links(addresses: Addresses, code: str, texts: Mapping[str, Any]) -> str:
    """Links that save all personas as a file of each kind."""
    made = "".join(
        link(
            f"{addresses.personas(code)}/all.{kind}",
            texts["save_as"].format(kind=texts["kinds"][kind]),
            download=True,
        )
        for kind in KINDS
    )
    return f'<p class="lf-actions">{made}</p>'


def card_links(addresses: Addresses, code: str, persona_id: str, name: str, texts: Mapping[str, Any]) -> str:
    """Links that save one card as a picture."""
    made = "".join(
        link(
            f"{addresses.personas(code)}/{persona_id}.{kind}",
            texts["save_card"].format(name=name, kind=texts["kinds"][kind]),
            download=True,
        )
        for kind in ("png", "svg")
    )
    return f'<p class="lf-actions">{made}</p>'
