"""Guess the room: what was guessed beside what was answered, in sentences and as a picture.

Everything follows from the frozen release: two told places of the guess and the told position of the room.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from learnerfirst.charts import dimensions_svg

NUMBERS_FROM = 10
STEP = 0.5


def guess_words(release: Mapping[str, Any], texts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the sentences to say, the most surprising first; none where nobody guessed.

    ``texts`` are ``guess`` of ``data/texts/live_room.yaml``.

    >>> release = {"today": {"score": 1.0}, "wanted": {"score": 2.0}, "guess": {"n": 7, "today": 0.5, "wanted": 0.5}}
    >>> known = {"room_on": "This room wants to move on", "you_stay": "you thought it would want to stay",
    ...          "sentence": "{room}; {you}.", "today_near": "Close today.", "people": "{n} people guessed."}
    >>> guess_words(release, known)[0]
    'This room wants to move on; you thought it would want to stay.'
    """
    guess, today = release.get("guess"), release.get("today")
    if not guess or not today:
        return ()
    if guess.get("hidden"):
        return (texts[guess["hidden"]],)
    n, said = int(guess["n"]), []
    wanted = release.get("wanted")
    if wanted:
        room, you = _move(wanted["score"] - today["score"]), _guessed_move(guess["wanted"] - guess["today"])
        if room == you or (room == "little" and you == "on"):
            said.append(texts["sentence_same"].format(room=texts[f"room_{room}"]))
        else:
            said.append(texts["sentence"].format(room=texts[f"room_{room}"], you=texts[f"you_{you}"]))
    said.append(texts[f"today_{_beside(guess['today'], today['score'], n)}"])
    said.append(texts["people"].format(n=n))
    return tuple(said)


def guess_picture(
    release: Mapping[str, Any],
    charts: Mapping[str, str],
    texts: Mapping[str, str],
    *,
    layout: str = "page",
    theme: str = "light",
    key: str = "guess",
) -> str:
    """Return two rows as SVG text, the guess and the answers (filled mark today, open mark wanted); else empty.

    Of fewer than ten guesses only words are told: they are known by thirds, which no mark on the line could show.
    """
    guess, today = release.get("guess"), release.get("today")
    if not guess or guess.get("hidden") or guess["n"] < NUMBERS_FROM or not today:
        return ""
    wanted = release.get("wanted") or {}
    rows = [
        {"name": texts["guessed"], "today": guess["today"], "wanted": guess["wanted"]},
        {"name": texts["answers"], "today": today["score"], "wanted": wanted.get("score")},
    ]
    labels = {**charts, "dimensions_title": texts["title"]}
    exact = (release.get("n") or 0) >= NUMBERS_FROM
    return dimensions_svg(rows, layout=layout, texts=labels, theme=theme, key=key, numbers=exact)


def _move(apart: float) -> str:
    """What the room wants, from its told positions."""
    if apart >= STEP:
        return "on"
    if apart > 0:
        return "little"
    return "stay" if apart == 0 else "less"


def _guessed_move(apart: float) -> str:
    """What the room was thought to want; guesses are told too coarsely for "a little"."""
    if apart >= STEP:
        return "on"
    return "less" if apart <= -STEP else "stay"


def _beside(guessed: float, answered: float, n: int) -> str:
    """Where the guess lies beside the answers: near, lower or higher; under ten people by thirds, as it is told."""
    if n < NUMBERS_FROM:
        answered = 0.5 if answered <= 1 else 1.5 if answered < 2 else 2.5
    apart = guessed - answered
    return "near" if abs(apart) < STEP else "higher" if apart > 0 else "lower"
