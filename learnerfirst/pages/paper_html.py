"""The page on which printed sheets are typed in: one row a question, one letter an answer. All is escaped here."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from learnerfirst.exchange.sheet_pdf import lettered, printable


def form(quiz: Mapping[str, Any], texts: Mapping[str, Any], later: str) -> str:
    """The rows and buttons; ``quiz`` is the questionnaire as a front end gets it, ``later`` names its second column.

    A field carries the ids of its options in the order of their letters; the script turns letters into ids.
    """
    rows = "".join(
        _row(question, number, texts, later) for number, question in enumerate(printable(quiz), start=1)
    )
    head = f'<p class="head" aria-hidden="true"><span></span><span>{escape(texts["today"])}</span><span>{escape(later)}</span></p>'
    return (
        f'<form id="paper" autocomplete="off" novalidate>{head}{rows}<p id="wrong" class="note bad" role="alert" hidden></p>'
        f'<div class="actions"><button class="button" type="submit">{escape(texts["save"])}</button>'
        f'<button class="button plain" type="reset">{escape(texts["clear"])}</button></div></form>'
        f'<section id="last" class="card" hidden><p id="saved" role="status"></p><p class="small quiet">{escape(texts["key_help"])} '
        f'<b class="key" id="key"></b></p><button class="button danger" id="undo" type="button">{escape(texts["undo"])}</button></section>'
        f'<p id="status" class="visually-hidden" role="status"></p>'
    )


def script_texts(texts: Mapping[str, Any]) -> dict[str, str]:
    """What the page's script says."""
    names = (
        "saved_one", "saved_many", "undone", "wrong_letter", "empty", "offline", "closed", "refused", "same", "left_open",
    )  # fmt: skip
    return {name: str(texts[name]) for name in names}


def _row(question: Mapping[str, Any], number: int, texts: Mapping[str, Any], later: str) -> str:
    ids = ",".join(str(option["id"]) for _letter, option in lettered(question))
    shorts = "\n".join(str(option["short"] or option["text"]) for _letter, option in lettered(question))
    asked = question["perspectives"] or [""]
    fields = "".join(
        f'<input type="text" maxlength="1" size="1" autocapitalize="none" spellcheck="false" enterkeyhint="next" '
        f'data-question="{escape(question["id"])}" data-part="{escape(part)}" '
        f'aria-label="{escape(texts["field"].format(number=number, part=texts["today"] if place == 0 else later))}">'
        for place, part in enumerate(asked)
    )
    return (
        f'<div class="row" data-options="{escape(ids)}" data-shorts="{escape(shorts)}"><p><b>{number}.</b> {escape(question["stem"])}'
        f'<span class="echo" aria-live="off"></span></p>{fields}</div>'
    )
