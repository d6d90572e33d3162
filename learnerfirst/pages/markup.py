"""Small pieces of markup that pages share; whatever comes in as text is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph of plain text.

    >>> paragraph("a < b", "lf-quiet")
    '<p class="lf-quiet">a &lt; b</p>'
    """
    named = f' class="{escape(kind)}"' if kind else ""
    return f"<p{named}>{escape(text)}</p>"


def heading(text: str, level: int = 2, anchor: str = "") -> str:
    """A heading of plain text, level 1 to 3; a link can go to its ``anchor``."""
    name = f' id="{escape(anchor)}"' if anchor else ""
    return f"<h{level}{name}>{escape(text)}</h{level}>"


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table of plain text; the first cell of a row is its header.

    >>> '<th scope="row">Trust</th><td>1</td>' in table("Nine", ["Dimension", "Today"], [["Trust", 1]])
    True
    """
    return table_of(caption, head, [[escape(str(cell)) for cell in row] for row in rows])


def table_of(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells are markup; the caption is for screen readers, a heading stands above it."""
    top = "".join(f'<th scope="col">{escape(cell)}</th>' if cell else "<td></td>" for cell in head)
    body = ""
    for first, *rest in rows:
        cells = "".join(f"<td>{cell}</td>" for cell in rest)
        body += f'<tr><th scope="row">{first}</th>{cells}</tr>'
    name = f'<caption class="lf-hidden-text">{escape(caption)}</caption>'
    inside = f"<table>{name}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="lf-scroll" tabindex="0" role="region" aria-label="{escape(caption)}">{inside}</div>'


def details(summary: str, inside: str, *, unfolded: bool = False) -> str:
    """A native disclosure; ``inside`` is markup."""
    return f"<details{' open' if unfolded else ''}><summary>{escape(summary)}</summary>{inside}</details>"


def listing(items: Iterable[str], *, ordered: bool = False) -> str:
    """A list whose items are markup."""
    tag = "ol" if ordered else "ul"
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"
