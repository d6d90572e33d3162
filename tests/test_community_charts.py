"""Pictures of a community: each state has a shape of its own, nothing unknown is drawn, all of it inside and told in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from learnerfirst.charts.airtime_bars import airtime_bars, finding
from learnerfirst.charts.community_days import year_of
from learnerfirst.charts.community_health import community_health, measures
from learnerfirst.charts.community_marks import MEETINGS, TRIED, mark, rows_of
from learnerfirst.charts.community_year import community_year, year_rows
from learnerfirst.charts.svg import PALETTES
from learnerfirst.charts.text_lines import width_of
from learnerfirst.charts.two_taps import two_taps
from learnerfirst.communities import CommunityPlan, Experiment, Goal, Logistics, Meeting, meeting_days
from learnerfirst.communities.airtime import Airtime
from learnerfirst.communities.health import Health, health
from learnerfirst.communities.pulse import Pulse
from learnerfirst.content import community_method, texts
from learnerfirst.errors import InvalidInput

SVG = "{http://www.w3.org/2000/svg}"
METHOD = community_method()
YEAR, TAPS, AIR, HEALTH = map(texts, ("community_year", "two_taps", "airtime_bars", "community_health"))
EVIL = '"><script>alert(1)</script><b>'
FIRST = date(2026, 1, 20)
DAY = timedelta(days=1)

MONTHLY = CommunityPlan(
    "fixers",
    f"Fixers {EVIL}",
    logistics=Logistics(1, "month", FIRST, meetings=12),
    founded=date(2026, 1, 9),
    goals=(
        Goal(f"Fewer faults {EVIL}", due=date(2026, 9, 15)),
        Goal("Newcomers work alone", due=date(2026, 6, 30)),
        Goal("A list of words"),
    ),
)
DAYS = meeting_days(MONTHLY.logistics)
TODAY = date(2026, 6, 3)
MET = [
    Meeting(
        DAYS[0],
        "held",
        topic=f"Why twice? {EVIL}",
        experiments=(
            Experiment("Ask first", "ana", DAYS[1], "done", "It helps"),
            Experiment("Note it", due=DAYS[1], state="dropped"),
        ),
    ),
    Meeting(DAYS[1] + 9 * DAY, "held", planned=DAYS[1], experiments=(Experiment("Wait", due=DAYS[2]),)),
    Meeting(
        DAYS[2], "cancelled", experiments=(Experiment("Look", due=date(2026, 7, 1)), Experiment("Some day"))
    ),
    Meeting(DAYS[5] + 4 * DAY, planned=DAYS[5]),
]
WEEKLY = CommunityPlan(
    "weekly",
    "Weekly",
    logistics=Logistics(1, "week", FIRST, meetings=52),
    goals=tuple(
        Goal(f"A goal that is told in some words, number {k}", due=FIRST + 17 * k * DAY) for k in range(20)
    ),
)
WEEKS = meeting_days(WEEKLY.logistics)
WEEKS_MET = [
    Meeting(day, "held", experiments=tuple(Experiment("x", due=day + 7 * DAY) for _ in range(k % 4)))
    for k, day in enumerate(WEEKS[:30])
]
THIRD = {"low": (0.0, 0.3333), "middle": (0.3333, 0.6667), "high": (0.6667, 1.0)}


def pulse(challenged: str, safe: str, field: str) -> Pulse:
    words = {"low": "few or none", "middle": "about half", "high": "most or all"}
    spans = {"challenged": THIRD[challenged], "safe": THIRD[safe]}
    return Pulse(18, {"challenged": words[challenged], "safe": words[safe]}, spans, field)


GROWN = pulse("high", "high", "growing")
HALF_HIDDEN = Pulse(18, {"safe": "most or all"}, {"safe": THIRD["high"]}, "")
NARROW = Pulse(
    40,
    {"challenged": "98 % or more", "safe": "2 % or fewer"},
    {"challenged": (0.98, 1), "safe": (0, 0.02)},
    "pushed",
)
WELL = Health(0.83, 0.64, 0.5, 0.36, False, 5.2, 3, 4, 1, 6, 12, "coalescing", (), ())
NEW = health(CommunityPlan("a", "A"), [], None, METHOD, TODAY)

PICTURES: dict[str, Callable[[str, str], str]] = {
    "year": lambda layout, theme: community_year(MONTHLY, MET, TODAY, YEAR, layout, theme),
    "weeks": lambda layout, theme: community_year(WEEKLY, WEEKS_MET, WEEKS[30], YEAR, layout, theme),
    "no first day": lambda layout, theme: community_year(
        replace(MONTHLY, founded=None, logistics=Logistics()), [], TODAY, YEAR, layout, theme
    ),
    "first days": lambda layout, theme: community_year(MONTHLY, [], FIRST + 4 * DAY, YEAR, layout, theme),
    "taps": lambda layout, theme: two_taps(
        [pulse("low", "high", "comfortable"), pulse("middle", "low", ""), HALF_HIDDEN, GROWN, NARROW],
        METHOD, TAPS, layout, theme,
    ),
    "no taps": lambda layout, theme: two_taps([], METHOD, TAPS, layout, theme),
    "airtime": lambda layout, theme: airtime_bars(Airtime((14, 5, 3, 2, 1)), AIR, layout, theme, present=8),
    "many voices": lambda layout, theme: airtime_bars(Airtime((8, *[7] * 20)), AIR, layout, theme),
    "near half": lambda layout, theme: airtime_bars(Airtime((1000, 980, 40)), AIR, layout, theme),
    "health": lambda layout, theme: community_health(WELL, METHOD, HEALTH, layout, theme),
    "new": lambda layout, theme: community_health(NEW, METHOD, HEALTH, layout, theme),
    "old": lambda layout, theme: community_health(
        replace(WELL, own=0.62, mass=True, inception=31.0, stage="memorable"), METHOD, HEALTH, layout, theme
    ),
}  # fmt: skip
EACH = pytest.mark.parametrize("name", PICTURES)
LAYOUT = pytest.mark.parametrize("layout", ["wide", "phone", "projector"])
THEME = pytest.mark.parametrize("theme", ["light", "dark"])


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def shown(tree: ElementTree.Element) -> str:
    return " ".join(part.text or "" for part in tree.iter(f"{SVG}text"))


def said(tree: ElementTree.Element) -> str:
    return (tree[0].text or "") + " " + (tree[1].text or "")


def states(tree: ElementTree.Element) -> list[str]:
    """The states of the marks on the line, without those of the legend."""
    found = [part for part in tree.iter(f"{SVG}g") if part.get("data-state")]
    kinds = [str(part.get("data-state")) for part in found]
    for kind in dict.fromkeys(kinds):
        kinds.reverse()
        kinds.remove(kind)
        kinds.reverse()
    return kinds


def corners(part: ElementTree.Element) -> Iterator[tuple[float, float]]:
    """The points between which a part lies."""
    at = {name: float(value) for name, value in part.items() if re.fullmatch(r"-?[\d.]+", value)}
    if part.tag == f"{SVG}circle":
        half = at["r"] + at.get("stroke-width", 0) / 2
        yield at["cx"] - half, at["cy"] - half
        yield at["cx"] + half, at["cy"] + half
    elif part.tag == f"{SVG}rect":
        yield at["x"], at["y"]
        yield at["x"] + at["width"], at["y"] + at["height"]
    elif part.tag == f"{SVG}line":
        yield at["x1"], at["y1"]
        yield at["x2"], at["y2"]
    elif part.tag == f"{SVG}text":
        heavy = int(part.get("font-weight", "400")) >= 600
        wide = width_of(part.text or "", at["font-size"], bold=heavy)
        left = {"start": 0.0, "middle": wide / 2, "end": wide}[part.get("text-anchor", "start")]
        yield at["x"] - left, at["y"] - at["font-size"] * 0.75
        yield at["x"] - left + wide, at["y"] + at["font-size"] * 0.2
    else:
        drawn = re.findall(r"-?[\d.]+", part.get("points") or part.get("d") or "")
        yield from zip(map(float, drawn[::2]), map(float, drawn[1::2]), strict=True)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@EACH
@LAYOUT
@THEME
def test_every_mark_and_every_line_of_text_lies_inside_the_picture(
    name: str, layout: str, theme: str
) -> None:
    tree = parse(PICTURES[name](layout, theme))
    _, _, width, height = map(float, tree.get("viewBox", "").split())
    assert width == {"wide": 720, "phone": 320, "projector": 960}[layout]
    for part in tree.iter():
        if part.tag.removeprefix(SVG) in {"circle", "rect", "line", "text", "polygon", "path"}:
            for x, y in corners(part):
                assert -0.1 <= x <= width + 0.1, ElementTree.tostring(part)
                assert -0.1 <= y <= height + 0.1, ElementTree.tostring(part)
        for attribute in ("width", "height", "r"):
            assert float(part.get(attribute, "1")) > 0
        assert not part.get("style")


@EACH
@LAYOUT
def test_no_line_of_text_lies_over_another(name: str, layout: str) -> None:
    tree = parse(PICTURES[name](layout, "light"))
    boxes = [(part.text, list(corners(part))) for part in tree.iter(f"{SVG}text")]
    for at, (text, ((left, top), (right, bottom))) in enumerate(boxes):
        for other, ((x1, y1), (x2, y2)) in boxes[:at]:
            over = min(right, x2) - max(left, x1) > 1 and min(bottom, y2) - max(top, y1) > 1.5
            assert not over, f"{text} over {other}"


@EACH
def test_a_picture_has_a_name_and_is_told_in_words(name: str) -> None:
    tree = parse(PICTURES[name]("wide", "light"))
    by_id = {part.get("id"): part.text for part in tree}
    assert tree.get("role") == "img"
    assert by_id[tree.get("aria-labelledby", "")]
    assert len(by_id[tree.get("aria-describedby", "")] or "") > 20
    assert "{" not in said(tree) + shown(tree)


@EACH
@THEME
def test_text_can_be_read_on_its_ground_from_the_last_row(name: str, theme: str) -> None:
    tree, ground = parse(PICTURES[name]("projector", theme)), PALETTES[theme].ground
    for part in tree.iter(f"{SVG}text"):
        colour = part.get("fill", "")
        against = PALETTES[theme].ink if colour == ground else ground
        assert contrast(colour, against) >= 7
        assert float(part.get("font-size", "0")) >= 24.5


@EACH
@THEME
def test_marks_stand_out_from_their_ground(name: str, theme: str) -> None:
    palette = PALETTES[theme]
    tree = parse(PICTURES[name]("wide", theme))
    for group in tree.iter(f"{SVG}g"):
        if group.get("data-state") or group.get("data-age") or group.get("data-station"):
            colours = {part.get(kind) for part in group.iter() for kind in ("fill", "stroke")}
            seen = [one for one in colours if one and one.startswith("#") and one != palette.ground]
            assert max(contrast(one, palette.ground) for one in seen) >= 3


@EACH
def test_on_a_phone_of_320_px_text_is_at_least_14_px(name: str) -> None:
    tree = parse(PICTURES[name]("phone", "light"))
    scale = (320 - 2 * 16 - 2 * 16) / float(tree.get("viewBox", "").split()[2])
    assert min(float(part.get("font-size", "0")) for part in tree.iter(f"{SVG}text")) * scale >= 14


@EACH
@pytest.mark.parametrize("wrong", [("poster", "light"), ("wide", "pink")])
def test_an_unknown_layout_or_theme_is_refused(name: str, wrong: tuple[str, str]) -> None:
    with pytest.raises(InvalidInput, match="wide, phone, projector"):
        PICTURES[name](*wrong)


@LAYOUT
def test_what_people_wrote_cannot_become_markup(layout: str) -> None:
    fields = {key: replace(told, name=f"{told.name} {EVIL}") for key, told in METHOD.fields.items()}
    stages = {
        key: replace(told, name=f"{told.name} {EVIL}", says=EVIL) for key, told in METHOD.stages.items()
    }
    hostile = replace(METHOD, fields=fields, stages=stages)
    for svg in (
        PICTURES["year"](layout, "light"),
        two_taps([replace(GROWN, words={"challenged": EVIL, "safe": EVIL})], hostile, TAPS, layout, key=EVIL),
        airtime_bars(Airtime((6, 3, 2)), {**AIR, "dominates": EVIL}, layout, key=EVIL),
        community_health(WELL, hostile, HEALTH, layout, key=EVIL),
    ):
        parse(svg)
        assert "<script" not in svg
        assert "<b>" not in svg


@THEME
def test_each_state_has_a_shape_of_its_own(theme: str) -> None:
    drawn = [mark(state, 20, 20, 8, PALETTES[theme]) for state in (*MEETINGS, *TRIED)]
    bare = [
        re.sub(
            r'#[0-9a-f]{6}|data-state="\w+"',
            lambda found: "open" if found[0] == PALETTES[theme].ground else "",
            one,
        )
        for one in drawn
    ]
    assert len(set(bare)) == len(drawn)


@LAYOUT
def test_the_year_shows_each_meeting_as_it_went_and_what_is_due(layout: str) -> None:
    tree = parse(PICTURES["year"](layout, "light"))
    found = states(tree)
    assert [found.count(state) for state in MEETINGS] == [1, 1, 1, 6, 1, 2]
    assert [found.count(state) for state in TRIED] == [1, 1, 1, 1]
    assert found.count("goal") == (1 if layout == "projector" else 2)  # there the list below is legend enough
    flags = sorted(part.get("data-flag", "") for part in tree.iter(f"{SVG}g") if part.get("data-flag"))
    assert flags == ["first", "nine", "today"]
    if layout != "projector":
        assert "Things to try without a day: 1." in shown(tree)


def test_a_moved_meeting_takes_the_place_of_the_day_that_it_was_planned_for() -> None:
    found = {one.day: one.state for one in year_of(MONTHLY, MET, TODAY).meetings}
    assert DAYS[1] not in found
    assert found[DAYS[1] + 9 * DAY] == "moved"
    assert found[DAYS[5] + 4 * DAY] == "moved_to_come"
    assert len(found) == 12


def test_a_meeting_near_a_planned_day_stands_for_it_and_a_day_of_which_nothing_is_noted_is_not_held() -> None:
    near = Meeting(DAYS[1] + 2 * DAY, "held")
    found = [one.state for one in year_of(MONTHLY, [near], DAYS[2] + DAY).meetings]
    assert found[:4] == ["untold", "held", "untold", "to_come"]
    assert len(found) == 12


@pytest.mark.parametrize(("today", "state"), [(DAYS[0], "to_come"), (DAYS[0] + DAY, "untold")])
def test_a_planned_day_is_to_come_until_it_is_over(today: date, state: str) -> None:
    assert year_of(MONTHLY, [], today).meetings[0].state == state


def test_without_a_first_day_no_meeting_is_drawn_and_words_say_so() -> None:
    tree = parse(PICTURES["no first day"]("wide", "light"))
    assert set(states(tree)) == {"goal"}
    assert not [part for part in tree.iter() if part.get("data-flag") in ("first", "nine")]
    for told in (shown(tree), said(tree)):
        assert "The first meeting has no day yet." in told
    assert year_rows(CommunityPlan("a", "A"), [], TODAY, YEAR)[-1] == (
        "no day yet",
        "First meeting",
        "not set",
    )


@LAYOUT
def test_fifty_two_meetings_stand_beside_each_other_and_twenty_goals_are_numbered(layout: str) -> None:
    tree = parse(PICTURES["weeks"](layout, "light"))
    groups = [part for part in tree.iter(f"{SVG}g") if part.get("data-state") in ("held", "to_come")]
    rings = [circle for group in groups for circle in group]
    assert len(states(tree)) >= 52 + 15
    assert min(float(ring.get("r", "0")) for ring in rings) >= 4
    places = [
        (float(ring.get("cx", "0")), float(ring.get("cy", "0")), float(ring.get("r", "0"))) for ring in rings
    ]
    for at, (x, y, radius) in enumerate(places):
        assert all(abs(x - a) >= radius * 2 or abs(y - b) >= radius * 2 for a, b, _ in places[:at])
    if layout != "projector":
        assert all(f"number {k}" in shown(tree) for k in range(20))
    else:
        assert "Goals that are not listed here: 18." in shown(tree)


@LAYOUT
def test_frames_of_goals_do_not_touch(layout: str) -> None:
    often = replace(WEEKLY, goals=tuple(Goal(f"G {k}", due=FIRST + 11 * k * DAY) for k in range(20)))
    tree = parse(community_year(often, [], TODAY, YEAR, layout))
    frames = [group[0] for group in tree.iter(f"{SVG}g") if group.get("data-state") == "goal"]
    boxes = [list(corners(frame)) for frame in frames]
    for at, ((left, top), (right, bottom)) in enumerate(boxes):
        for (x1, y1), (x2, y2) in boxes[:at]:
            assert min(right, x2) <= max(left, x1) or min(bottom, y2) <= max(top, y1)


def test_goals_of_one_week_share_a_frame_and_stay_in_the_list() -> None:
    crowd = replace(MONTHLY, goals=tuple(Goal(f"Goal {k}", due=date(2026, 8, 3)) for k in range(20)))
    tree = parse(community_year(crowd, [], TODAY, YEAR))
    assert states(tree).count("goal") == 1
    assert "1–20" in shown(tree)
    assert "Goal 19" in shown(tree)


def test_what_lies_outside_the_year_is_told_and_not_drawn() -> None:
    late = replace(
        MONTHLY, goals=(Goal("Later", due=date(2028, 1, 1)),), logistics=Logistics(3, "month", FIRST)
    )
    tree = parse(community_year(late, [], date(2027, 6, 1), YEAR))
    assert "Today, 1 Jun 2027, lies after this year." in shown(tree)
    assert "lies outside this year: meetings 8, goals 1." in shown(tree)
    assert "goal" not in states(tree)
    assert "Today, 1 Jan 2026, lies before this year." in shown(
        parse(community_year(late, [], date(2026, 1, 1), YEAR))
    )


def test_more_on_one_day_than_there_is_room_for_is_counted() -> None:
    tried = tuple(Experiment(f"x{k}", due=DAYS[6]) for k in range(30))
    tree = parse(community_year(MONTHLY, [Meeting(DAYS[0], "held", experiments=tried)], TODAY, YEAR))
    assert states(tree).count("open") == 5
    assert "since others stand on the same days: 25." in shown(tree)


def test_a_year_may_begin_on_a_leap_day_and_a_first_day_long_before_the_first_meeting_is_not_its_start() -> (
    None
):
    assert year_of(replace(MONTHLY, founded=date(2028, 2, 29), logistics=Logistics()), [], TODAY).end == date(
        2029, 2, 28
    )
    early = year_of(replace(MONTHLY, founded=date(2020, 1, 1)), [], TODAY)
    assert early.start == FIRST
    assert early.nine == date(2020, 10, 1)


def test_the_table_holds_everything_in_the_order_of_days() -> None:
    rows = year_rows(MONTHLY, MET, TODAY, YEAR)
    assert rows[0] == ("9 Jan 2026", "The community's first day", "begun")
    assert rows[1] == ("20 Jan 2026", f"First meeting: Why twice? {EVIL}", "held")
    assert ("26 Feb 2026", "Meeting", "held on another day, planned for 17 Feb 2026") in rows
    assert ("17 Mar 2026", "To try at work: Wait", "still open after its day") in rows
    assert ("30 Jun 2026", "Goal: Newcomers work alone", "due") in rows
    assert ("3 Jun 2026", "Today", "now") in rows
    assert {row[0] for row in rows[-2:]} == {"no day yet"}
    assert len(rows) == 3 + 12 + 3 + 5


def test_a_pulse_is_a_box_as_large_as_what_is_known() -> None:
    tree = parse(two_taps([GROWN], METHOD, TAPS))
    frame = next(tree.iter(f"{SVG}rect"))
    (box,) = [group[0] for group in tree.iter(f"{SVG}g") if group.get("data-age")]
    side = float(frame.get("width", "0"))
    assert float(box.get("width", "0")) == pytest.approx(side / 3 - 3, abs=0.2)
    assert float(box.get("x", "0")) == pytest.approx(float(frame.get("x", "0")) + side * 2 / 3 + 1.5, abs=0.2)
    assert float(box.get("y", "0")) == pytest.approx(float(frame.get("y", "0")) + 1.5, abs=0.2)
    assert "Challenged: most or all. Safe to speak: most or all. Growing." in said(tree)


@pytest.mark.parametrize("hidden", [HALF_HIDDEN, Pulse(0, {}, {}, "")])
@LAYOUT
def test_what_was_withheld_has_no_box_and_is_said(hidden: Pulse, layout: str) -> None:
    tree = parse(two_taps([hidden], METHOD, TAPS, layout))
    assert not [group for group in tree.iter(f"{SVG}g") if group.get("data-age")]
    for told in (shown(tree), said(tree)):
        assert "to protect those who answered" in told
    assert "needs more people who answer" in shown(tree)


def test_windows_are_numbered_and_only_the_latest_is_thick() -> None:
    windows = [
        pulse("low", "low", "asleep"),
        pulse("low", "high", "comfortable"),
        pulse("middle", "high", ""),
        GROWN,
    ]
    tree = parse(two_taps(windows, METHOD, TAPS))
    boxes = {group.get("data-age"): group[0] for group in tree.iter(f"{SVG}g") if group.get("data-age")}
    assert set(boxes) == {"0", "1", "2"}
    assert [boxes[age].get("stroke-dasharray") is None for age in ("0", "1", "2")] == [True, False, False]
    opacity = [float(boxes[age].get("fill-opacity", "0")) for age in ("0", "1", "2")]
    assert opacity == sorted(opacity, reverse=True)
    assert "Meetings 10 to 12" in shown(tree)
    assert TAPS["earlier"] in shown(tree)
    assert "Meetings 1 to 3: Challenged: few or none." in said(tree)


def test_numbers_of_equal_boxes_stand_beside_each_other() -> None:
    tree = parse(two_taps([GROWN, GROWN, GROWN], METHOD, TAPS))
    places = {(part.get("cx"), part.get("cy")) for part in list(tree.iter(f"{SVG}circle"))[:3]}
    assert len(places) == 3


def test_bars_of_airtime_are_sorted_unnamed_and_as_long_as_shares() -> None:
    tree = parse(airtime_bars(Airtime((6, 5, 3, 2)), AIR))
    wide = [float(part.get("width", "0")) for part in tree.iter(f"{SVG}rect")]
    assert [round(each / wide[0] * 6, 1) for each in wide] == [6, 5, 3, 2]
    assert not list(tree.iter(f"{SVG}path"))
    assert AIR["shared"] in shown(tree)


@pytest.mark.parametrize(
    ("turns", "over"), [((6, 3, 2), True), ((5, 3, 2), False), ((6, 5), False), ((4, 1, 1), False)]
)
def test_one_voice_over_half_is_hatched_beyond_the_line_and_said(turns: tuple[int, ...], over: bool) -> None:
    tree = parse(airtime_bars(Airtime(turns), AIR))
    assert bool(list(tree.iter(f"{SVG}path"))) is over
    assert (finding(Airtime(turns), AIR) == AIR["dominates"]) is over
    assert (AIR["dominates"] in said(tree)) is over


@LAYOUT
def test_no_words_stand_across_the_line_at_half(layout: str) -> None:
    tree = parse(PICTURES["near half"](layout, "light"))
    line = list(tree.iter(f"{SVG}line"))[-1]
    x, top = float(line.get("x1", "0")), float(line.get("y1", "0"))
    beside = [list(corners(part)) for part in tree.iter(f"{SVG}text") if (part.text or "").endswith(" turns")]
    assert not [left for (left, y), (right, _) in beside if y > top and left < x < right]


def test_without_turns_no_bar_is_drawn() -> None:
    tree = parse(airtime_bars(Airtime(()), AIR, present=7))
    assert not list(tree.iter(f"{SVG}rect"))
    assert AIR["none"] in said(tree)
    assert "did not speak" not in said(tree)


def test_voices_that_are_not_drawn_are_counted() -> None:
    assert "3 more voices, not drawn: 5 turns together." in shown(
        parse(airtime_bars(Airtime((9,) * 15 + (3, 1, 1)), AIR))
    )
    assert "One more voice, not drawn: 1 turn." in shown(parse(airtime_bars(Airtime((9,) * 15 + (1,)), AIR)))


@LAYOUT
def test_an_unknown_measure_has_words_and_no_bar_and_zero_has_a_bar(layout: str) -> None:
    tree = parse(community_health(replace(NEW, rhythm=0.0), METHOD, HEALTH, layout))
    bars = {
        part.get("data-measure"): len(list(part.iter(f"{SVG}rect")))
        for part in tree.iter(f"{SVG}g")
        if part.get("data-measure")
    }
    assert bars == {"rhythm": 1, "attendance": 0, "contributed": 0, "own": 0, "inception": 0, "tried": 0}
    assert "Rhythm: met on 0 % of the planned days." in said(tree)
    assert said(tree).count("not known yet") == 4
    assert "critical mass" not in shown(tree)


def test_the_mark_at_half_stands_on_what_members_started_and_nine_months_on_the_start() -> None:
    found = {one.id: one for one in measures(WELL, HEALTH)}
    assert {name: one.mark for name, one in found.items() if one.mark} == {"own": 0.5, "inception": 0.75}
    assert found["tried"].value == "3 done, 4 open, 1 past its day"
    assert found["tried"].share == pytest.approx(3 / 7)
    grown = {one.id: one for one in measures(replace(WELL, mass=True, own=0.5, inception=1.2), HEALTH)}
    assert grown["own"].value == "50 %, so it has critical mass"
    assert grown["inception"].value == "1 month to critical mass"


@LAYOUT
@pytest.mark.parametrize("stage", METHOD.stages)
def test_the_suggested_stage_is_marked_by_size_filling_and_words(layout: str, stage: str) -> None:
    tree = parse(community_health(replace(WELL, stage=stage), METHOD, HEALTH, layout))
    stations = [part for part in tree.iter(f"{SVG}g") if part.get("data-station")]
    assert [part.get("data-station") == "here" for part in stations] == [
        each == stage for each in METHOD.stages
    ]
    radii = {part.get("data-station"): float(part[0].get("r", "0")) for part in stations}
    assert radii["here"] > radii["there"]
    assert HEALTH["suggested"] in shown(tree)
    assert METHOD.stages[stage].says in said(tree)


def test_rows_keep_what_would_touch_apart() -> None:
    assert rows_of([(0, 10), (10, 20), (11, 20)], 1) == [0, 1, 0]
    assert rows_of([], 1) == []
