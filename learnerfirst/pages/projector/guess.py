"""The view "guess the room": what was guessed beside what was answered."""

from __future__ import annotations

from html import escape

from learnerfirst.content import texts
from learnerfirst.pages.learner_power.guess import guess_picture, guess_words
from learnerfirst.pages.projector.revealed import Shown


def guess(shown: Shown) -> str:
    """The most surprising sentence as the heading, the rest below; empty where nobody guessed."""
    words = texts("live_room")["guess"]
    said = guess_words(shown.body, words)
    if not said:
        return ""
    drawn = guess_picture(shown.body, shown.charts, words, layout="projector", theme=shown.theme)
    head = f'<p class="quiet">{escape(words["title"])}</p><h1>{escape(said[0])}</h1>'
    rest = "".join(f"<p>{escape(one)}</p>" for one in said[1:])
    return (
        f'<div class="result guess">{head}{drawn}{rest}</div>'
        if drawn
        else f'<div class="middle">{head}{rest}</div>'
    )
