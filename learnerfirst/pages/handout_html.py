"""The facilitator's hand-out: what was found and what comes next, on one sheet of A4. Everything is escaped here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil
from typing import Any

from learnerfirst.charts import continuum_svg, dimensions_svg
from learnerfirst.pages.learner_power.result import NUMBERS_FROM
from learnerfirst.pages.learner_power.words import day_words, month_year
from learnerfirst.pages.take_home import TakeHome

POINTS = 3
PICTURES = ("continuum", "dimensions")
ROOM_MM = 75.0
"""What the plan may take of a sheet of A4, as measured in print; the rest is head, pictures and what to talk about."""
LINE_MM, GAP_MM = 4.0, 1.2
LETTERS = {True: 58, False: 80}
"""How much of a title fits into a line, with a column for owners and without one."""
LONGEST = {"title": 180, "owner": 40}


def pictures(taken: TakeHome, charts: Mapping[str, str]) -> dict[str, str]:
    """The pictures of a release as SVG texts by their name; those that were not told are left out."""
    release, found = taken.release, {}
    if release.get("today"):
        by = month_year(str(release["wanted_by"]), short=True)
        labels = {**charts, "wanted": charts["wanted_by"].format(month_year=by)}
        found["continuum"] = continuum_svg(release["today"], release.get("wanted"), texts=labels, key="c")
    if release.get("dimensions"):
        exact = (release.get("n") or 0) >= NUMBERS_FROM
        found["dimensions"] = dimensions_svg(release["dimensions"], texts=charts, key="d", numbers=exact)
    return found


def sheet(taken: TakeHome, texts: Mapping[str, Any], charts: Mapping[str, str], address: str) -> str:
    """The sheet as a piece of a page; ``address`` is where the whole plan stands for everybody."""
    drawn = pictures(taken, charts)
    mark = f'<p class="mark">{escape(taken.mark)}</p>' if taken.mark else ""
    hidden: Mapping[str, str] = taken.release.get("hidden") or {}
    said = "".join(
        f"<p>{escape(str(hidden[name]))}</p>" for name in ("why", "what_helps") if hidden.get(name)
    )
    head = (
        f'<header>{mark}<p class="about">{escape(shorten(taken.title, 90))} · {escape(taken.about)}</p>'
        f"<h1>{escape(taken.finding)}</h1>{said}</header>"
    )
    where = f'<div class="where">{drawn["continuum"]}</div>' if "continuum" in drawn else ""
    columns = "".join([_dimensions(drawn, texts), _talk(taken, texts)])
    middle = f'<div class="columns">{columns}</div>' if columns else ""
    below = "".join([_topics(taken, texts), _plan(taken, texts, address), _foot(taken, texts)])
    return f"{head}{where}{middle}{below}"


def fitting(steps: Sequence[Mapping[str, str]], room: float = ROOM_MM) -> int:
    """How many steps fit into ``room`` millimetres, each as high as its title is long (owners take a column).

    >>> fitting([{"title": "Ask", "owner": ""}] * 40), fitting([{"title": "Ask " * 40, "owner": ""}] * 40)
    (14, 8)
    """
    used, count = 0.0, 0
    letters = LETTERS[any(step["owner"] for step in steps)]
    for step in steps:
        used += LINE_MM * ceil(len(shorten(step["title"], LONGEST["title"])) / letters) + GAP_MM
        if used > room:
            break
        count += 1
    return count


def shorten(text: str, most: int) -> str:
    """A text of at most ``most`` letters, cut between words where it is longer.

    >>> shorten("Ask every group once more", 15), shorten("Ask", 15)
    ('Ask every …', 'Ask')
    """
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    kept = plain[: most - 2].rpartition(" ")[0] or plain[: most - 2]
    return f"{kept} …"


def _dimensions(drawn: Mapping[str, str], texts: Mapping[str, Any]) -> str:
    if "dimensions" not in drawn:
        return ""
    read = f'<p class="small">{escape(texts["read_dimensions"])}</p>'
    return f"<section><h2>{escape(texts['dimensions'])}</h2>{drawn['dimensions']}{read}</section>"


def _talk(taken: TakeHome, texts: Mapping[str, Any]) -> str:
    if not taken.points:
        return ""
    items = "".join(
        f"<li><b>{escape(words)}</b> {escape(prompt)}</li>" for words, prompt in taken.points[:POINTS]
    )
    return f"<section><h2>{escape(texts['talk'])}</h2><ol>{items}</ol></section>"


def _topics(taken: TakeHome, texts: Mapping[str, Any]) -> str:
    told = [str(one.get("words") or one.get("name", "")) for one in taken.release.get("topics", ())]
    if not told:
        return ""
    items = "".join(f"<li>{escape(shorten(words, 200))}</li>" for words in told)
    return f"<section><h2>{escape(texts['topics'])}</h2><ul>{items}</ul></section>"


def _plan(taken: TakeHome, texts: Mapping[str, Any], address: str) -> str:
    if not taken.steps:
        return f"<section><h2>{escape(texts['plan'])}</h2><p>{escape(texts['plan_none'])}</p></section>"
    count = fitting(taken.steps)
    named = any(step["owner"] for step in taken.steps)
    rows = "".join(_row(step, texts, named=named) for step in taken.steps[:count])
    columns = ("when", "what", "owner_head") if named else ("when", "what")
    head = "".join(f'<th scope="col">{escape(texts[name])}</th>' for name in columns)
    left = len(taken.steps) - count
    kind = "more_one" if left == 1 else "more"
    more = f'<p class="small">{escape(texts[kind].format(count=left, address=address))}</p>' if left else ""
    return (
        f'<section class="plan"><h2>{escape(texts["plan"])}</h2><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{more}</section>"
    )


def _row(step: Mapping[str, str], texts: Mapping[str, Any], *, named: bool) -> str:
    days = texts["until"].format(start=_short(step["start"]), end=_short(step["end"]))
    owner = f"<td>{escape(shorten(step['owner'], LONGEST['owner']))}</td>" if named else ""
    title = escape(shorten(step["title"], LONGEST["title"]))
    return f'<tr><th scope="row">{escape(days)}</th><td>{title}</td>{owner}</tr>'


def _short(day: str) -> str:
    number, month, year = day_words(day).split()
    return f"{number} {month[:3]} {year}"


def _foot(taken: TakeHome, texts: Mapping[str, Any]) -> str:
    day = day_words(str(taken.release.get("created", "")))
    lines = (texts["shown_on"].format(day=day, code=taken.code), texts["read"], texts["unvalidated"])
    return f'<footer class="small">{escape(" ".join(lines))}</footer>'
