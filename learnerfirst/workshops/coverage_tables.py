"""What is told of groups of learners: their answers as measures of a table, and its cells as rows that people read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from learnerfirst.personas import Field, Level
from learnerfirst.privacy import NUMBERS_FROM, THRESHOLD, Measure, Table
from learnerfirst.privacy.bands import COVERED, band
from learnerfirst.privacy.company import Place

GROUP, SECOND, ORIGIN = "persona", "also", "origin"
MARK = "\t"
LONGEST = 200
STANDS_OUT = 0.15
OFTEN = 0.3
MOST_OUT = 8
GRID = (1, 2, 5)
BINS = 6

Row = Mapping[str, Any]
Texts = Mapping[str, Any]


def table_of(
    rows: Mapping[str, Row], places: Mapping[str, Place], fields: Sequence[Field], origin: Mapping[str, str]
) -> Table:
    """Everybody who is counted, by group and second group, and who gave which answer.

    ``rows``: person → field → answer. ``origin``: where each comes from, kept in the ledger and never shown. Answers that fewer than five gave are no measures, so that no rare word of
    somebody's own is ever shown.
    """
    people = {
        name: {GROUP: first, SECOND: second or None, ORIGIN: origin[name]}
        for name, (first, second) in places.items()
    }
    given: dict[str, dict[str, int]] = {}
    for field in fields:
        for name in places:
            found = levels_of(rows[name].get(field.id), field)
            for level in ("", *found) if found else ():  # the empty level: answered at all
                given.setdefault(f"{field.id}{MARK}{level}", {})[name] = 1
    measures = {
        key: Measure({name: who.get(name, 0) for name in places})
        for key, who in given.items()
        if len(who) >= THRESHOLD
    }
    kinds = {(): 4.0, (GROUP,): 2.0}
    if any(second for _first, second in places.values()):
        kinds[GROUP, SECOND] = 1.0
    return Table(people, measures, kinds)


def levels_of(answer: object, field: Field) -> tuple[str, ...]:
    """An answer as the levels that are counted; a number by the stretch of a fixed grid in which it lies.

    >>> levels_of(["a", "b"], Field("x", "X", "psychometric", "several")), levels_of(None, Field("x", "X", "", "text"))
    (('a', 'b'), ())
    >>> levels_of(37, Field("km", "Way", "demographic", "number"))
    ('20 to 50',)
    """
    if not answers(answer) or field.kind == "text":
        return ()
    if field.kind == "number":
        return (stretch(float(answer)),) if isinstance(answer, int | float) else ()
    if isinstance(answer, list | tuple | set | frozenset):
        return _told_words(answer)
    return _told_words(str(answer).split(";") if field.kind == "several" else [answer])


def _told_words(parts: Iterable[object]) -> tuple[str, ...]:
    """Each answer once, in one line, without what can't be printed: as it may stand in a persona."""
    plain = ("".join(sign if sign.isprintable() else " " for sign in str(part)) for part in parts)
    lines = (" ".join(text.split())[:LONGEST] for text in plain)
    return tuple(dict.fromkeys(line for line in lines if line))


def answers(value: object) -> bool:
    """Whether this is an answer, not a gap."""
    if value is None or value != value:
        return False
    return (
        bool(value.strip()) if isinstance(value, str) else not (isinstance(value, list | tuple) and not value)
    )


def stretch(value: float) -> str:
    """The stretch between two round numbers in which ``value`` lies: the same for any data, so it tells nothing.

    >>> stretch(0), stretch(0.5), stretch(12), stretch(-3)
    ('0 to 1', '0 to 1', '10 to 20', '-5 to -2')
    """
    if value < 0:
        near, far = stretch(-value).split(" to ")
        return f"-{far} to {'-' if near != '0' else ''}{near}"
    if value < 1:
        return "0 to 1"
    power = 1
    while value >= 10 * power:
        power *= 10
    low = max(step for step in GRID if step * power <= value)
    high = next((step for step in GRID if step > low), 10)
    return f"{low * power} to {high * power}"


def told_groups(
    cells: Iterable[Row], wanted: Sequence[Place], total: int, texts: Texts
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The groups ``wanted`` in their order, and everybody, from a release's cells; numbers are rounded here.

    Each group has ``share`` (percent of all), ``people`` in words, ``about`` how many, ``marks`` (one for about
    five people), ``answers`` (field, level, low, high, words), ``answered`` (field → share) and ``hidden``. A group
    without a cell was put together with another one.
    """
    found = {
        (cell["attributes"].get(GROUP, ""), cell["attributes"].get(SECOND, "")): cell
        for cell in cells
        if GROUP in cell["attributes"] or not cell["attributes"]
    }
    everybody = {"id": "", "n": total, **_answers(found["", ""])}
    return [_group(place, found.get(place), total, texts) for place in wanted], everybody


def _group(place: Place, cell: Row | None, total: int, texts: Texts) -> dict[str, Any]:
    name = place[1] or place[0]
    if cell is None or cell["hidden"]:
        hidden = dict(texts["too_few"]) if cell is None else dict(cell["hidden"])
        return {
            "id": name,
            "share": None,
            "people": "",
            "about": 0,
            "marks": 0,
            "hidden": hidden,
            **_answers({}),
        }
    low, high = stretch_of(int(cell["n"]), total)
    few = texts["five_to_nine"] if high < NUMBERS_FROM else texts["people"].format(low=low, high=high)
    return {
        "id": name,
        "share": share_of(low, high, total, texts),
        "people": few,
        "about": (low + high) // 2,
        "marks": max(1, round((low + high) / 10)),
        "hidden": None,
        **_answers(cell),
    }


def stretch_of(n: int, total: int) -> tuple[int, int]:
    """From how many to how many people a group of ``n`` of ``total`` is told to have: three counts or more.

    >>> stretch_of(7, 200), stretch_of(10, 200), stretch_of(41, 200), stretch_of(181, 200)
    ((5, 9), (10, 12), (32, 41), (180, 189))
    """
    low, high = band(n, total)
    if n < NUMBERS_FROM:
        return THRESHOLD, NUMBERS_FROM - 1
    low = max(low, NUMBERS_FROM)
    return low, min(total, max(high, low + COVERED - 1))


def share_of(low: int, high: int, total: int, texts: Texts) -> dict[str, Any]:
    """The same as percent of all: ``low``, ``high``, and in ``words``."""
    ends = {"low": round(100 * low / total), "high": round(100 * high / total)}
    kind = "at_least" if high >= total else "at_most" if low <= THRESHOLD else "between"
    return {**ends, "words": texts["percent"][kind].format(**ends)}


def _answers(cell: Row) -> dict[str, Any]:
    answered, found = {}, []
    for key, told in (cell.get("measures") or {}).items():
        field, _mark, level = key.partition(MARK)
        if told["hidden"]:
            continue
        if level:
            about_it = {name: told[name] for name in ("low", "high", "words")}
            found.append({"field": field, "level": level, **about_it})
        else:
            answered[field] = round(middle(told), 3)
    return {"answers": found, "answered": answered}


def told_overlaps(cells: Iterable[Row], ids: Sequence[str]) -> list[dict[str, Any]]:
    """Pairs of personas that describe the same people: ``share`` of the smaller one's people, in tenths.

    Of those counted with one, how many fit the other nearly as well. Pairs under a fifth are left out.
    """
    sizes: dict[str, int] = {}
    both: dict[tuple[str, str], int] = {}
    for cell in cells:
        attributes, n = cell["attributes"], cell["n"]
        if cell["hidden"] or GROUP not in attributes:
            continue
        first, second = attributes[GROUP], attributes.get(SECOND)
        if second is None:
            sizes[first] = n
        elif first in ids and second in ids:
            pair = (first, second) if ids.index(first) < ids.index(second) else (second, first)
            both[pair] = both.get(pair, 0) + n
    found = []
    for pair, n in both.items():
        known = [sizes[name] for name in pair if name in sizes]
        share = min(1.0, round(10 * n / max(1, sum(known))) / 10)
        if share >= 0.2:
            found.append({"personas": list(pair), "share": share})
    return sorted(found, key=lambda one: (-one["share"], one["personas"]))


def stands_out(group: Row, everybody: Row) -> list[dict[str, Any]]:
    """Which answers are more frequent in a group than among all, largest difference first, from what is told.

    About three in ten of the group or more, at least 15 points between the middles of both bands, and the bands must
    not touch. Two a field at most.
    """
    usual = {(one["field"], one["level"]): one for one in everybody["answers"]}
    found = []
    for one in group["answers"]:
        all_of = usual.get((one["field"], one["level"]))
        if all_of is None or one["low"] < all_of["high"] or middle(one) < OFTEN:
            continue
        more = middle(one) - middle(all_of)
        if more >= STANDS_OUT:
            found.append({**one, "more": round(more, 2), "all": all_of["words"]})
    found.sort(key=lambda one: (-one["more"], one["field"], one["level"]))
    counted: dict[str, int] = {}
    kept = []
    for one in found:
        counted[one["field"]] = counted.get(one["field"], 0) + 1
        if counted[one["field"]] <= 2:
            kept.append(one)
    return kept[:MOST_OUT]


def middle(one: Row) -> float:
    """The middle of a told share, 0-1."""
    return (float(one["low"]) + float(one["high"])) / 2


def field_body(field: Field) -> dict[str, Any]:
    """A field as it is kept beside what was told of it."""
    return {
        "id": field.id,
        "name": field.name,
        "group": field.group,
        "kind": field.kind,
        "levels": [[level.id, level.text] for level in field.levels],
        "unit": field.unit,
    }


def field_from(body: Mapping[str, Any]) -> Field:
    """The field that :func:`field_body` kept."""
    levels = tuple(Level(level, text) for level, text in body["levels"])
    return Field(body["id"], body["name"], body["group"], body["kind"], levels, unit=body["unit"])
