"""What is sent, printed and handed in: invitation, reminders, lists of codes, the data-protection sheet. Pure texts."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from learnerfirst.pages.learner_power.words import day_words
from learnerfirst.pages.qr import qr_svg
from learnerfirst.workshops import Campaign, Workshop
from learnerfirst.workshops.campaign_values import reminders
from learnerfirst.workshops.campaigns import shown_ticket
from learnerfirst.workshops.values import day_of

Texts = Mapping[str, Any]
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Message:
    """A text ready to be sent on ``day`` (YYYY-MM-DD)."""

    kind: str
    day: str
    subject: str
    body: str


def messages(workshop: Workshop, campaign: Campaign, link: str, texts: Texts) -> tuple[Message, ...]:
    """The invitation and the reminders, each with its day; ``texts`` are those of ``messages``."""
    first, last = day_of(workshop.opens), day_of(workshop.expires)
    if first is None or last is None:
        return ()
    days = [("invitation", first), *zip(("reminder", "last_reminder"), reminders(first, last), strict=False)]
    by_code = campaign.access == "codes"
    fills = {
        "title": workshop.title,
        "link": link,
        "closes": day_words(workshop.expires),
        "erase": day_words(workshop.erase),
        "code": texts["with_code"] if by_code else "",
        "code_again": texts["with_code_again"] if by_code else "",
        "contact": texts["contact"].format(contact=campaign.contact) if campaign.contact else "",
    }
    return tuple(
        Message(
            kind,
            day.isoformat(),
            texts[kind]["subject"].format(**fills),
            "\n\n".join(part for line in texts[kind]["body"] if (part := line.format(**fills).strip())),
        )
        for kind, day in days
    )


def code_list(link: str, codes: Iterable[str]) -> str:
    """The codes as CSV, with a link each; the code stands behind the #, where no server and no log sees it.

    >>> print(code_list("http://10.0.0.7:8867/quiz/tea", ["BCDFGHJKLM"]), end="")
    code,link
    BCDFG-HJKLM,http://10.0.0.7:8867/quiz/tea#BCDFGHJKLM
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["code", "link"])
    writer.writerows([_cell(shown_ticket(code)), _cell(f"{link}#{code}")] for code in codes)
    return out.getvalue()


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULAS) else text


def code_cards(workshop: Workshop, link: str, codes: Iterable[str], texts: Texts) -> str:
    """The codes as a page to print and cut: the address to type and a code on each card."""
    until = texts["card_until"].format(closes=day_words(workshop.expires))
    return cards_page(workshop.title, link, codes, texts, until)


def cards_page(
    title: str, link: str, codes: Iterable[str], texts: Texts, foot: str, *, scan: bool = False
) -> str:
    """A page of cards under this title, each with a code and what stands in the ``foot``. ``scan``: with a QR code that
    holds address and code."""
    cards = "".join(
        f"<li>{_scanned(link, code, texts) if scan else ''}<p>{escape(title)}</p>"
        f"<p>{escape(texts['card_open'])}<br><b>{escape(link)}</b></p>"
        f"<p>{escape(texts['card_code'])}<br><b class='code'>{escape(shown_ticket(code))}</b></p>"
        f"<p class='small'>{escape(foot)}</p></li>"
        for code in codes
    )
    return _document(texts["cards_title"].format(title=title), f"<ul class='cards'>{cards}</ul>")


def _scanned(link: str, code: str, texts: Texts) -> str:
    return f"<div class='qr'>{qr_svg(f'{link}#{code}', texts['card_qr'])}</div>"


def protection(workshop: Workshop, campaign: Campaign, link: str, texts: Texts) -> str:
    """The data-protection sheet of this campaign as markup: headings and paragraphs."""
    groups = "; ".join(
        f"{each.question} ({', '.join(group.name for group in each.groups)})" for each in campaign.groupings
    )
    fills = {
        "title": workshop.title,
        "link": link,
        "opens": day_words(workshop.opens),
        "closes": day_words(workshop.expires),
        "erase": day_words(workshop.erase),
        "groups": groups or texts["no_groups"],
        "access": texts[f"access_{campaign.access}"],
        "steps": texts["in_steps" if campaign.steps else "at_close"],
        "contact": campaign.contact or texts["no_contact"],
    }
    parts = "".join(
        f"<h3>{escape(part['heading'])}</h3>"
        + "".join(f"<p>{escape(line.format(**fills))}</p>" for line in part["lines"])
        for part in texts["parts"].values()
    )
    return f"<h2>{escape(texts['heading'].format(**fills))}</h2>{parts}"


def protection_file(workshop: Workshop, campaign: Campaign, link: str, texts: Texts) -> str:
    """The same as a file that opens and prints anywhere."""
    return _document(
        texts["heading"].format(title=workshop.title), protection(workshop, campaign, link, texts)
    )


def data_link(text: str, kind: str, name: str, label: str) -> str:
    """A link that saves ``text`` as a file, made of nothing but itself."""
    data = base64.b64encode(text.encode()).decode()
    return (
        f'<a class="lf-link-button lf-plain" download="{escape(name)}" '
        f'href="data:{kind};charset=utf-8;base64,{data}">{escape(label)}</a>'
    )


def _document(title: str, inside: str) -> str:
    style = (
        "body{font:16px/1.45 system-ui,sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#1c2430}"
        ".cards{display:grid;grid-template-columns:1fr 1fr;gap:0;list-style:none;padding:0}"
        ".cards li{border:1px dashed #667;padding:.6em 1em;break-inside:avoid;overflow-wrap:anywhere}"
        ".cards p{margin:.4em 0}.code{font:700 22px/1.3 monospace;letter-spacing:.06em}.small{font-size:14px}"
        ".qr{float:right;width:30mm;margin:0 0 .4em .8em}.qr svg{display:block;width:100%}"
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{style}</style></head><body>{inside}</body></html>"
    )
