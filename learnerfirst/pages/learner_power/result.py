"""A release as markup: what to talk about first, the pictures, and a table behind each. Computes nothing anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from learnerfirst.charts import continuum_svg, dimensions_svg, place, place_near
from learnerfirst.pages.learner_power.guess import guess_picture, guess_words
from learnerfirst.pages.learner_power.words import month_year
from learnerfirst.pages.markup import details, heading, listing, paragraph, table

Texts = Mapping[str, Any]
FIRST = 3
NUMBERS_FROM = 10
STAGES = ("embedded", "blended", "facilitated", "unfacilitated")


def responsive(draw: Any) -> str:
    """A picture in its page layout and its phone layout; the style sheet shows the one that fits."""
    return f'<div class="lf-wide">{draw("page")}</div><div class="lf-narrow">{draw("phone")}</div>'


def value(number: object, none: str) -> str:
    """A number as the release holds it (already coarse), or the words for "not shown".

    >>> value(1.25, "-"), value(None, "-"), value(2.0, "-")
    ('1.25', '-', '2')
    """
    return none if number is None else f"{float(str(number)):.2f}".rstrip("0").rstrip(".")


def where(release: Mapping[str, Any], texts: Texts, charts: Mapping[str, str]) -> str:
    """The group on the continuum, how to read it, and the same as a table."""
    today, wanted = release.get("today"), release.get("wanted")
    if not today:
        return ""
    hidden = release.get("wanted_hidden")
    labels = {
        **charts,
        "wanted": charts["wanted_by"].format(month_year=month_year(str(release["wanted_by"]), short=True)),
    }
    picture = responsive(
        lambda layout: continuum_svg(today, wanted, layout=layout, texts=labels, key=f"continuum-{layout}")
    )
    said = [paragraph(texts["where_read"], "lf-small lf-quiet")]
    if today.get("interval"):
        low, high = (value(end, "") for end in today["interval"])
        said.append(paragraph(texts["where_interval"].format(low=low, high=high), "lf-small lf-quiet"))
    if hidden:
        said.append(paragraph(f"{hidden['why']} {hidden['what_helps']}", "lf-small lf-quiet"))
    if today.get("firmness") in texts["firmness"]:
        said.append(paragraph(texts["firmness"][today["firmness"]], "lf-small lf-quiet"))
    rows = []
    for kind, position in (("today", today), ("wanted", wanted)):
        if position:
            span = texts["no_value"]
            if position.get("low") is not None:
                span = texts["range_words"].format(
                    low=value(position["low"], ""), high=value(position["high"], "")
                )
            rows.append(
                [labels[kind], place(position, charts), value(position.get("score"), texts["no_value"]), span]
            )
    head = ["", texts["table_stage"], texts["table_position"], texts["table_range"]]
    return picture + "".join(said) + details(texts["table"], table(texts["where"], head, rows))


def talk_first(release: Mapping[str, Any], texts: Texts) -> str:
    """The first three talking points with their prompts, the others folded; then what caps the stage's name."""
    points = [
        f"<p><strong>{escape(str(point['words']))}</strong> "
        f'<span class="lf-quiet">{escape(str(point.get("prompt") or ""))}</span></p>'
        for point in release.get("talking_points", ())
    ]
    if not points:
        return paragraph(texts["talk_none"]) + _caps(release, texts)
    first, rest = points[:FIRST], points[FIRST:]
    more = details(texts["talk_more"].format(number=len(rest)), listing(rest)) if rest else ""
    return listing(first, ordered=True) + _caps(release, texts) + more


def _caps(release: Mapping[str, Any], texts: Texts) -> str:
    """What keeps the name of the stage down, what was wanted without its ground, and whether to prepare first."""
    names = {row["id"]: row["name"] for row in release.get("dimensions", ())}
    today = release.get("today") or {}
    failed = [names.get(gate, gate) for gate in today.get("failed_gates", ())]
    said = []
    if failed:
        stage = texts["stage_names"].get(today.get("stage"), "")
        said.append(texts["gate_cap"].format(stage=stage, dimensions=", ".join(failed)))
    said += [
        str(words)
        for words in (release.get("wanted_words"), (release.get("readiness") or {}).get("words"))
        if words
    ]
    return f'<div class="lf-note lf-warn">{"".join(paragraph(one) for one in said)}</div>' if said else ""


def dimensions(release: Mapping[str, Any], texts: Texts, charts: Mapping[str, str]) -> str:
    """All dimensions as one picture, and the same as a table."""
    rows: Sequence[Mapping[str, Any]] = release.get("dimensions", ())
    exact = (release.get("n") or 0) >= NUMBERS_FROM
    picture = responsive(
        lambda layout: dimensions_svg(
            rows, layout=layout, texts=charts, key=f"dimensions-{layout}", numbers=exact
        )
    )
    read = paragraph(texts["dimensions_read"], "lf-small lf-quiet")
    if not release.get("today"):
        read += paragraph(texts["pulse_note"], "lf-small lf-quiet")
    return picture + read + details(texts["table"], _dimension_table(release, texts, charts))


def _dimension_table(release: Mapping[str, Any], texts: Texts, charts: Mapping[str, str]) -> str:
    """The dimensions as a table; in a room of fewer than ten in words, by the stages it lies at or between."""
    rows: Sequence[Mapping[str, Any]] = release.get("dimensions", ())
    none, small = texts["no_value"], (release.get("n") or 0) < NUMBERS_FROM
    ends = [end for end in ("low", "high") if any(row.get(end) for row in rows)]
    cells = []
    for row in rows:
        places = [row.get("today"), row.get("wanted")]
        told = [_stage_near(place, charts, none) if small else value(place, none) for place in places]
        agreement = row.get("hidden") or charts.get(f"agreement_{row.get('agreement')}", none)
        cells.append([row["name"], *told, agreement, *(row.get(end) or none for end in ends)])
    head = [texts[f"table_{name}"] for name in ("dimension", "today", "wanted", "agreement", *ends)]
    return table(texts["dimensions"], head, cells)


def _stage_near(place: object, charts: Mapping[str, str], none: str) -> str:
    return none if place is None else place_near(float(str(place)), charts)


def topics(release: Mapping[str, Any], texts: Texts) -> str:
    """What is recommended for each topic, in the release's own words, and the stage as a tag."""
    items = []
    for topic in release.get("topics", ()):
        stage = texts["stage_names"].get(topic.get("recommended"), "")
        tag = f' <span class="lf-tag">{escape(stage)}</span>' if stage else ""
        items.append(f"<p>{escape(str(topic.get('words') or topic.get('name', '')))}{tag}</p>")
    return listing(items)


def guess(release: Mapping[str, Any], texts: Mapping[str, str], charts: Mapping[str, str]) -> str:
    """What the room guessed beside what it answered; ``texts`` are ``guess`` of ``live_room.yaml``."""
    said = guess_words(release, texts)
    if not said:
        return ""
    drawn = ""
    if guess_picture(release, charts, texts):
        drawn = responsive(
            lambda layout: guess_picture(release, charts, texts, layout=layout, key=f"guess-{layout}")
        )
    first, rest = f"<p><strong>{escape(said[0])}</strong></p>", " ".join(said[1:])
    return first + drawn + (paragraph(rest, "lf-small lf-quiet") if rest else "")


def counted(release: Mapping[str, Any]) -> str:
    """How the answers were counted and how exactly they are told, in the release's own words."""
    return " ".join(str(line["words"]) for line in release.get("audit", ()))


def marks(release: Mapping[str, Any], texts: Texts, charts: Mapping[str, str]) -> str:
    """Marks that people placed openly, as a picture and a table; in order of place, which tells nothing."""
    found = release.get("marks") or ()
    if not found:
        return ""
    none, labels = texts["no_value"], {**charts, "dimensions_title": texts["marks"]}
    rows = [{**mark, "name": f"{texts['mark']} {number}"} for number, mark in enumerate(found, 1)]
    picture = responsive(
        lambda layout: dimensions_svg(rows, layout=layout, texts=labels, key=f"marks-{layout}")
    )
    head = [texts["mark"], texts["table_today"], texts["table_wanted"]]
    cells = [[row["name"], value(row["today"], none), value(row["wanted"], none)] for row in rows]
    return picture + details(texts["table"], table(texts["marks"], head, cells))


def who(release: Mapping[str, Any], workshop: Any, texts: Texts, referents: Mapping[str, str]) -> str:
    """Who answered, about whom, and for whom the room stands."""
    return str(
        texts["who"].format(
            people=release.get("n_words", ""),
            referent=referents.get(workshop.referent, workshop.referent),
            wanted_by=month_year(workshop.wanted_by),
            stands=texts[f"stands_{workshop.stands_for}"],
        )
    ).strip(" ·")


def card(title: str, inside: str, *names: str) -> str:
    """A card with its heading; ``inside`` is markup."""
    return f'<section class="lf-card {" ".join(names)}">{heading(title)}{inside}</section>'
