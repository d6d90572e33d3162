"""One-time codes on the screen, this once: a file with all of them, and cards to print and cut. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from learnerfirst.pages.campaign.messages import code_list, data_link
from learnerfirst.pages.markup import paragraph


def made_codes(link: str, codes: Sequence[str], cards: str, name: str, texts: Mapping[str, Any]) -> str:
    """What is shown of codes that were just made; "" without any.

    ``cards``: the page to print. ``name``: what the files are called after. ``texts``: ``codes_made``, ``codes_csv``,
    ``codes_print``.
    """
    if not codes:
        return ""
    listed = data_link(code_list(link, codes), "text/csv", f"codes-{name}.csv", texts["codes_csv"])
    printed = data_link(cards, "text/html", f"codes-{name}.html", texts["codes_print"])
    said = paragraph(texts["codes_made"].format(number=len(codes)))
    return f'<div class="lf-note" role="status">{said}<p class="lf-actions">{listed}{printed}</p></div>'
