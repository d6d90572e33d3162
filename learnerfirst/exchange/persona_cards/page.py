"""Cards as one HTML file: readable on a phone, a card a sheet in print, nothing from another host."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from learnerfirst.charts.avatar import avatar_svg
from learnerfirst.charts.persona_card import Card
from learnerfirst.personas import Implication

STYLE = """
:root{--ink:#1c2430;--quiet:#4d5868;--line:#d9dce1;--accent:#0d5f63;--soft:#e3f0ef;--warn:#8a4b08;--pale:#fdf1df}
*{box-sizing:border-box}
body{margin:0;padding:24px 16px;background:#faf8f4;color:var(--ink);
font:17px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif}
main{max-width:1000px;margin:0 auto;display:grid;gap:24px}
h1,h2,h3,p,ul,dl,dd{margin:0}h1{font-size:30px;line-height:1.2}h2{font-size:28px;line-height:1.2}h3{font-size:20px;margin-bottom:8px}
article{background:#fff;border:1px solid var(--line);border-radius:14px;padding:28px;overflow-wrap:anywhere}
.head{display:flex;gap:18px;align-items:center;margin-bottom:14px}.head svg{flex:none}
.quiet{color:var(--quiet);font-size:15px}.parts{display:grid;gap:28px;margin-top:18px}
dl{display:grid;grid-template-columns:minmax(6.5em,auto) 1fr;gap:8px 14px;align-content:start}dt{color:var(--quiet);font-size:15px}
.tag{display:inline-block;font-size:13px;line-height:1;padding:5px 8px;border-radius:6px;background:var(--soft);color:var(--accent);white-space:nowrap}
.tag.guess{background:var(--pale);color:var(--warn)}.note{font-style:italic;white-space:pre-line}
ul{padding-left:20px}li{margin-bottom:6px}
.pull{border-left:4px solid var(--warn);background:var(--pale);padding:12px 16px;border-radius:0 10px 10px 0;margin-bottom:12px}
.score{margin-top:18px;padding-top:12px;border-top:1px solid var(--line)}
@media (min-width:800px){.parts{grid-template-columns:1fr 1fr}}
@media print{@page{margin:11mm}body{background:#fff;padding:0;font-size:9pt;line-height:1.35}main{display:block;max-width:none}h1{font-size:16pt;margin-bottom:5mm}h2{font-size:17pt}h3{font-size:12pt}
.quiet,dt{font-size:8pt}.head{margin-bottom:6px}.head svg{width:52px;height:52px}.tag{font-size:7.5pt;padding:2px 5px}li{margin-bottom:3px}dl{gap:4px 10px}.parts{gap:18px;margin-top:10px}.pull{padding:6px 10px}
article{border:0;padding:0;border-radius:0;break-after:page}article:last-child{break-after:auto}.parts{grid-template-columns:4fr 6fr}
li,dt,dd{break-inside:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""


def cards_html(
    cards: Sequence[Card], title: str, language: str = "en", *, head: str = "", before: str = ""
) -> str:
    """A complete page with all cards, under ``title``. What people typed is escaped.

    With its notes (quotes and where things come from), and everything that follows, not only what a picture holds.
    ``head`` and ``before``: markup for a server's own head and for what stands above the cards.
    """
    body = "".join(map(_card, cards))
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>{head}</head>"
        f"<body>{before}<main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )


def _card(card: Card) -> str:
    persona = card.persona
    who, score = escape(card.who()), escape(card.score())
    gone = f" <span class='tag guess'>{escape(card.texts['retired'])}</span>" if persona.retired else ""
    head = (
        f'<div class="head">{avatar_svg(persona.id, persona.name, size=72)}'
        f'<div><h2>{escape(persona.name)}{gone}</h2><p class="quiet">{who}</p></div></div>'
    )
    summary = f"<p>{escape(persona.summary)}</p>" if persona.summary else ""
    facts = "".join(_fact(card, *fact) for fact in card.facts())
    told = f"<dl>{facts}</dl>" if facts else f'<p class="quiet">{escape(card.texts["empty"])}</p>'
    return (
        f'<article>{head}{summary}<div class="parts">{told}{_design(card)}</div>'
        f'<p class="score quiet">{score}</p></article>'
    )


def _fact(card: Card, field: str, name: str, words: str, tag: str) -> str:
    detail = card.persona.details[field]
    look = "tag" if tag == "evidence" else "tag guess"
    source = card.texts.get(f"source_{detail.source}", "")
    said = escape(" · ".join(filter(None, (card.tag(tag), source))))
    note = f'<p class="quiet note">{escape(detail.note)}</p>' if detail.note else ""
    return f'<dt>{escape(name)}</dt><dd>{escape(words)} <span class="{look}">{said}</span>{note}</dd>'


def _design(card: Card) -> str:
    title = f"<h3>{escape(card.texts['so'])}</h3>"
    if not card.implications.items:
        return f'<div>{title}<p class="quiet">{escape(card.texts["so_none"])}</p></div>'
    pulls = "".join(
        f'<div class="pull"><p><b>{escape(card.texts["conflict"])}</b></p><p>{escape(text)}</p>'
        f"<ul>{''.join(_item(card, side) for side in sides)}</ul></div>"
        for text, sides in card.pulls()
    )
    items = "".join(_item(card, item) for item in card.implications)
    return f"<div>{title}{pulls}<ul>{items}</ul></div>"


def _item(card: Card, item: Implication) -> str:
    return f'<li>{escape(item.text)} <span class="quiet">{escape(card.because(item))}</span></li>'
