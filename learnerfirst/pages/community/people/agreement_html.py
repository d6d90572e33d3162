"""What the group says of a working agreement, and what is asked, as markup. What people typed is escaped here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from learnerfirst.pages.markup import details, heading, listing, paragraph, table
from learnerfirst.workshops.community_agreement import Heard, Judged


def heard_html(heard: Heard, words: Mapping[str, Any]) -> str:
    """The sentences to talk about first, the words that were written, and all counts in a table."""
    disputed = heard.disputed
    told = words["to_talk" if disputed else "all_fine"]
    parts = [heading(words["heard_heading"]), paragraph(told)]
    if disputed:
        parts.append(f'<ul class="lf-disputed">{"".join(_one(one, heard, words) for one in disputed)}</ul>')
    written = [f"<blockquote>{escape(one)}</blockquote>" for one in heard.words]
    parts += [
        heading(words["said_heading"], 3),
        "".join(written) or paragraph(words["said_none"], "lf-quiet"),
    ]
    rows = [[one.text, one.change, one.fine] for one in heard.sentences]
    parts.append(details(words["rest"], table(words["rest"], words["head"], rows)))
    return "".join(parts)


def sentences_html(sentences: Sequence[str], words: Mapping[str, Any]) -> str:
    """The sentences that are asked now."""
    listed = listing((escape(one) for one in sentences), ordered=True)
    return heading(words["asked_heading"]) + f'<div class="lf-agreement">{listed}</div>'


def _one(one: Judged, heard: Heard, words: Mapping[str, Any]) -> str:
    """A sentence, how many would change it, and the same as a bar: out of all who answered."""
    said = words["would"].format(change=one.change, people=heard.people)
    share = round(100 * one.change / heard.people)
    bar = (
        '<svg class="lf-steps-needed" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="lf-step-all" width="100" height="10"/><rect class="lf-step-needed" width="{share}" height="10"/></svg>'
    )
    return f"<li><p>{escape(one.text)}</p>{bar}<p><strong>{escape(said)}</strong></p></li>"
