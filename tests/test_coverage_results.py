"""Coverage and discovery on top of privacy: what is told, and that nobody can be worked out by asking again."""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from learnerfirst.content import persona_fields
from learnerfirst.errors import NotAllowed
from learnerfirst.personas import Detail, Persona
from learnerfirst.privacy import in_company
from learnerfirst.privacy.company import NOBODY
from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops, coverage_results
from learnerfirst.workshops.coverage_fits import CORE
from learnerfirst.workshops.coverage_results import MOST_PICTURES, CoverageResults
from learnerfirst.workshops.coverage_tables import stands_out, stretch_of

FIELDS = {field.id: field for field in persona_fields()}
KINDS = {
    "clerk": {
        "work_setting": "desk",
        "shift": "office_hours",
        "device": ("laptop",),
        "goals": ("master_tools", "keep_balance"),
        "preferred_method": ("reading", "video"),
        "time_available": "time_2_4h",
    },
    "driver": {
        "work_setting": "vehicle",
        "shift": "changing_shifts",
        "device": ("own_phone",),
        "goals": ("work_safely", "keep_licence"),
        "preferred_method": ("audio", "short_units"),
        "time_available": "time_under_1h",
    },
    "nurse": {
        "work_setting": "care",
        "shift": "nights",
        "device": ("shared_terminal",),
        "goals": ("work_safely", "deepen_expertise"),
        "preferred_method": ("shown_by_colleague",),
        "time_available": "time_1_2h",
    },
}
ASKED = [FIELDS[name] for name in KINDS["clerk"]]


def learner(kind: str, chance: random.Random) -> dict[str, object]:
    row: dict[str, object] = {}
    for name, value in KINDS[kind].items():
        if chance.random() < 0.05:
            continue
        other = chance.choice(FIELDS[name].level_ids)
        row[name] = value if chance.random() < 0.88 else (other,) if isinstance(value, tuple) else other
    return row


def town(clerks: int = 90, drivers: int = 70, nurses: int = 40, seed: int = 3) -> list[dict[str, object]]:
    chance = random.Random(seed)
    counts = {"clerk": clerks, "driver": drivers, "nurse": nurses}
    return [learner(kind, chance) for kind, count in counts.items() for _ in range(count)]


def persona(kind: str, **more: object) -> Persona:
    values = {**KINDS[kind], **more}
    return Persona(kind, kind.title(), {name: Detail(value) for name, value in values.items()})


@pytest.fixture
def workshops(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/store.db", migrate=True) as store:
        yield Workshops(store)


@pytest.fixture
def results(workshops):
    return CoverageResults(workshops, workshops.create("Fernhill").code)


def imported(results, rows, fields=ASKED, name="hr.csv") -> str:
    return results.workshops.import_learners(results.code, rows, fields, name).id


def asked_live(results):
    """A survey of these fields, open for answers (again)."""
    questions = [
        {
            "id": field.id,
            "kind": "several" if field.kind == "several" else "dropdown",
            "stem": field.name,
            "options": [{"id": level.id, "text": level.text} for level in field.levels],
        }
        for field in ASKED
    ]
    body = {"id": "survey", "version": "1", "title": "Survey", "language": "en", "questions": questions}
    name = results.workshops.put_questionnaire(results.code, "survey", body)
    return results.workshops.open_activity(results.code, name, purpose="learner_survey")


def group(body, name):
    return next(one for one in body["groups"] if one["id"] == name)


# -- what is told


def test_the_group_that_no_persona_describes_is_found_drafted_and_then_covered(results):
    source = imported(results, town())
    two = [persona("clerk"), persona("driver")]
    body = results.cover([source], two).body
    assert body["covered"]["low"] < 80
    left_out = group(body, CORE)
    assert {(one["field"], one["level"]) for one in stands_out(left_out, body["everybody"])} >= {
        ("shift", "nights"),
        ("device", "shared_terminal"),
    }
    draft = results.draft(body, NOBODY, two)
    assert draft.value("work_setting") == "care"
    assert draft.value("shift") == "nights"
    assert draft.evidence == (6, 6)
    assert {detail.source for detail in draft.details.values()} == {"survey"}
    assert not draft.members
    again = results.cover([source], [*two, draft]).body
    assert again["covered"]["low"] >= 90


def test_discovered_groups_become_drafts_that_cover_more_than_nine_in_ten(results):
    source = imported(results, town())
    body = results.discover([source]).body
    assert len(body["groups"]) == 3
    assert min(body["curve"], key=lambda step: step["bic"])["classes"] == 3
    drafts: list[Persona] = []
    for one in body["groups"]:
        drafts.append(results.draft(body, one["id"], drafts))
    assert len({draft.name for draft in drafts}) == len({draft.id for draft in drafts}) == 3
    assert all(draft.evidence[0] == draft.evidence[1] > 0 for draft in drafts)
    assert results.cover([source], drafts).body["covered"]["low"] >= 90


def test_personas_that_describe_the_same_people_are_told_with_what_tells_them_apart(results):
    source = imported(results, town())
    twins = [persona("clerk"), replace(persona("clerk", time_available="time_4_8h"), id="twin", name="Twin")]
    body = results.cover([source], twins).body
    assert [one["personas"] for one in body["overlaps"]] == [["clerk", "twin"]]
    assert body["apart"][0]["field"] == FIELDS["time_available"].name


def test_the_same_learners_and_personas_give_the_same_picture_and_count_once(results):
    source = imported(results, town())
    two = [persona("clerk"), persona("driver")]
    first = results.cover([source], two)
    assert results.cover([source], [replace(each, name=each.name + "!") for each in two]).body == first.body
    assert results.pictures() == 1
    assert results.newest() is not None
    assert results.newest().body == first.body


def test_a_group_is_told_as_a_stretch_of_three_sizes_or_more_and_no_exact_count_of_it_leaves(results):
    source = imported(results, town(33, 47, 26))
    body = results.cover([source], [persona("clerk"), persona("driver")]).body
    shown = [one for one in body["groups"] if one["hidden"] is None]
    assert shown
    for one in shown:
        low, high = (int(part) for part in one["people"].removesuffix(" people").split(" to "))
        assert high - low >= 2
        assert low >= 10
    assert not {"cells", "places", "members"} & body.keys()


@pytest.mark.parametrize("total", [10, 11, 15, 19, 20, 33, 100, 200, 20_000])
def test_every_size_from_five_on_is_told_with_two_others_and_under_ten_as_five_to_nine(total):
    told: dict[tuple[int, int], list[int]] = {}
    for n in range(5, min(total, 3000) + 1):
        told.setdefault(stretch_of(n, total), []).append(n)
    assert all(low <= n <= high for (low, high), counts in told.items() for n in counts)
    assert all(high - low >= 2 or high == total for low, high in told)
    assert all(stretch_of(n, total) == (5, 9) for n in range(5, min(total, 10)))


def test_a_word_that_fewer_than_five_wrote_is_never_shown(results):
    rows = town()
    for number, row in enumerate(rows):
        row["department"] = "keeper of the lighthouse" if number < 4 else "north" if number % 2 else "south"
    source = imported(results, rows, [*ASKED, FIELDS["department"]])
    cover = results.cover([source], [persona("clerk")]).body
    found = results.discover([source]).body
    draft = results.draft(cover, NOBODY, [])
    shown = json.dumps([cover, found, draft.as_dict()])
    assert "north" in shown
    assert "lighthouse" not in shown


@pytest.mark.parametrize(
    ("rows", "personas", "said"),
    [
        (town(9, 0, 0), [persona("clerk")], "ten learners|10 learners"),
        (town(), [], "no persona"),
    ],
)
def test_coverage_says_why_it_shows_nothing(results, rows, personas, said):
    source = imported(results, rows)
    with pytest.raises(NotAllowed, match=said):
        results.cover([source], personas)


def test_discovery_refuses_under_a_hundred_learners_and_says_why(results):
    with pytest.raises(NotAllowed, match="fewer than 100 learners are as likely chance as fact"):
        results.discover([imported(results, town(50, 49, 0))])
    assert results.discover([imported(results, town(50, 50, 0), name="more.csv")]).body["n"] == 100


def test_an_open_survey_is_not_judged(workshops, results):
    activity = asked_live(results)
    with pytest.raises(NotAllowed, match="Close it first"):
        results.cover([activity.id], [persona("clerk")])


def test_answers_of_several_lines_and_great_length_can_be_drafted_from(results):
    field = replace(FIELDS["department"], id="own", name="Own words")
    rows = [{"own": f"north\n\x07 {'gate ' * 50}" if number % 2 else "south"} for number in range(120)]
    body = results.discover([imported(results, rows, [field])]).body
    drafts = [results.draft(body, one["id"]) for one in body["groups"] if one["hidden"] is None]
    assert any(str(draft.value("own")).startswith("north gate gate") for draft in drafts)


def test_of_very_many_learners_some_are_drawn_and_the_picture_says_so(results, monkeypatch):
    monkeypatch.setattr(coverage_results, "MOST_PEOPLE", 60)
    body = results.cover([imported(results, town())], [persona("clerk")]).body
    assert body["n"] == 60
    assert body["notes"] == ["These are 60 of 200 learners, drawn by chance."]


def test_with_the_last_source_goes_everything_that_was_shown(results):
    source = imported(results, town())
    results.cover([source], [persona("clerk")])
    results.delete(source)
    assert results.sources() == ()
    assert results.newest() is None
    assert results.pictures() == 0


# -- nobody can be worked out: an audit from outside


def blocks(pictures: list[dict[str, object]]) -> list[int]:
    """Sizes of the groups of people whom nothing that was shown tells apart."""
    everybody = sorted({name for picture in pictures for name in picture})
    return sorted(Counter(tuple(picture.get(name) for picture in pictures) for name in everybody).values())


def shown_rows(pictures: list[dict[str, tuple[str, str]]]) -> np.ndarray:
    """Each number that was shown, as a row of 0 and 1 over all people: everybody, groups, groups within groups."""
    everybody = sorted({name for picture in pictures for name in picture})
    rows = []
    for picture in pictures:
        rows.append([name in picture for name in everybody])
        for cell in sorted(set(picture.values()) | {(first,) for first, _second in picture.values()}):
            rows.append([name in picture and picture[name][: len(cell)] == cell for name in everybody])
    return np.array(rows, dtype=float)


def derivable(rows: np.ndarray, most: int = 4) -> list[tuple[int, ...]]:
    """Every group of up to four people, added or subtracted, that is a combination of the rows."""
    _left, sizes, right = np.linalg.svd(rows, full_matrices=False)
    space = right[sizes > 1e-9]
    found = []
    for size in range(1, most + 1):
        for chosen in itertools.combinations(range(rows.shape[1]), size):
            for signs in itertools.product((1, -1), repeat=size - 1):
                vector = np.zeros(rows.shape[1])
                vector[list(chosen)] = (1, *signs)
                if np.abs(vector - (vector @ space.T) @ space).max() < 1e-8:
                    found.append(chosen)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_no_group_of_one_to_four_follows_from_pictures_whoever_moves_comes_or_goes(seed):
    draw = random.Random(seed)
    here = {f"p{number}" for number in range(16)}
    pictures: list[dict[str, tuple[str, str]]] = []
    for _moment in range(5):
        wanted = {
            name: (draw.choice(["a", "a", "b", NOBODY]), draw.choice(["", "", "b"])) for name in sorted(here)
        }
        pictures.append(in_company(wanted, pictures, "salt"))
        here -= set(draw.sample(sorted(here), draw.choice([0, 1, 2])))
        here |= {f"n{_moment}{number}" for number in range(draw.choice([0, 1, 3, 6]))}
    assert len(pictures[0]) == 16
    assert derivable(shown_rows(pictures)) == []


@pytest.mark.parametrize("seed", range(20))
def test_blocks_hold_five_people_over_many_pictures(seed):
    draw = random.Random(seed)
    people = [f"p{number}" for number in range(draw.choice([11, 40, 200]))]
    pictures: list[dict[str, tuple[str, str]]] = []
    for _moment in range(25):
        gone = set(draw.sample(people, min(len(people), draw.choice([0, 0, 1, 3]))))
        people = [name for name in people if name not in gone]
        groups = [f"g{number}" for number in range(draw.choice([1, 3, 12]))]
        wanted = {name: (draw.choice(groups), draw.choice(["", *groups])) for name in people}
        pictures.append(in_company(wanted, pictures, f"salt {seed}"))
    assert min(blocks([picture for picture in pictures if picture])) >= 5


@pytest.mark.parametrize("each", [1, 2, 3])
def test_a_group_that_is_small_in_many_blocks_is_neither_lost_nor_doubled(each):
    first = {f"p{number}": (f"class {number // 25}", "") for number in range(200)}
    before = in_company(first, [], "salt")
    assert before == first
    then = {name: (NOBODY if int(name[1:]) % 25 < each else "a", "") for name in first}
    now = in_company(then, [before], "salt")
    shown = sum(place == NOBODY for place, _second in now.values())
    assert abs(shown - 8 * each) <= 4
    assert min(blocks([before, now])) >= 5


def told(results) -> list[dict[str, object]]:
    """What the ledger says was shown: for each picture who stood in which cells that were told."""
    pictures = []
    for entry in results.workshops.store.ledger(f"{results.code}/coverage"):
        cells = [cell["attributes"] for cell in entry["cells"]]
        where = {
            name: tuple(
                all(entry["atoms"][place].get(key) == value for key, value in cell.items()) for cell in cells
            )
            for name, place in entry["places"].items()
        }
        pictures.append(where)
    return pictures


def attack(number: int, target: dict[str, object], draw: random.Random) -> list[Persona]:
    """Personas made to single out one learner: all that is known of them, with one guess at what is not."""
    known = [name for name in target if name != "goals"]
    some = dict.fromkeys(draw.sample(known, draw.randint(1, len(known))))
    details = {name: Detail(target[name]) for name in some}
    guess = {"goals": Detail((FIELDS["goals"].level_ids[number % 12],))} if number % 2 else {}
    return [Persona("target", "Target", details | guess), persona(draw.choice(list(KINDS)))]


def test_a_facilitator_who_writes_personas_to_single_out_a_learner_sees_only_groups(results):
    rows = town(60, 40, 20)
    rows[0] |= {
        "work_setting": "home",
        "shift": "weekends",
        "time_available": "time_8h_plus",
        "goals": ("next_role",),
    }
    source = imported(results, rows)
    draw = random.Random(1)
    for number in range(10):
        results.cover([source], attack(number, rows[0], draw))
    assert results.pictures() > 7
    assert min(blocks(told(results))) >= 5


def test_deletions_and_a_second_small_survey_between_pictures_tell_of_nobody(workshops, results):
    source = imported(results, town(60, 40, 20))
    two = [persona("clerk"), persona("driver")]
    first = results.cover([source], two).body["n"]
    key = f"{results.code}/{source}"
    with workshops.store.engine.begin() as connection:
        gone = sorted(workshops.store.keyed_submissions(key))[:1]
        connection.exec_driver_sql("DELETE FROM submissions WHERE id = ?", tuple(gone))
    second = results.cover([source], two).body["n"]
    late = imported(results, town(3, 0, 0, seed=9), name="late.csv")
    third = results.cover([source, late], two).body["n"]
    more = imported(results, town(20, 0, 0, seed=10), name="more.csv")
    fourth = results.cover([source, late, more], two).body["n"]
    left = first - second  # who was deleted and four others, or all where fewer than five would stay
    assert (first, third, fourth) == (120, second, second + 23)
    assert 5 <= left <= 9
    assert min(blocks(told(results))) >= 5


def answered(results, rows):
    """A closed survey that these people answered on their phones."""
    activity = asked_live(results)
    for number, row in enumerate(rows):
        sheet = {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}
        results.workshops.submit(results.code, activity.id, f"phone-{number:020d}", sheet)
    results.workshops.close_activity(results.code, activity.id)
    return activity.id


@pytest.mark.parametrize("few", [1, 4])
def test_a_file_of_invented_people_is_no_company_for_the_few_who_answered(results, few):
    live = answered(results, town(0, 0, few))
    source = imported(results, town(60, 40, 9))
    assert results.cover([live, source], [persona(kind) for kind in KINDS]).body["n"] == 109


def test_of_people_who_answered_and_people_out_of_a_file_groups_stand_by_themselves(results):
    live = answered(results, town(17, 2, 1))
    source = imported(results, town(60, 40, 20))
    for chosen in ([live, source], [source], [live, source]):
        results.cover(chosen, [persona(kind) for kind in KINDS])
    ledger = results.workshops.store.ledger(f"{results.code}/coverage")
    for entry in ledger:
        assert min(Counter(entry["places"].values()).values()) >= 5
    assert {atom["origin"] for entry in ledger for atom in entry["atoms"]} == {"here", "file"}
    assert min(blocks(told(results))) >= 5


def test_a_corrected_answer_is_counted_only_in_company(workshops, results):
    activity = asked_live(results)
    chance = random.Random(2)
    keys = [f"phone-{number:020d}" for number in range(40)]
    for key in keys:
        kind = chance.choice(list(KINDS))
        sheet = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in learner(kind, chance).items()
        }
        workshops.submit(results.code, activity.id, key, sheet)
    workshops.close_activity(results.code, activity.id)
    results.cover([activity.id], [persona("clerk")])
    asked_live(results)
    workshops.submit(results.code, activity.id, keys[0], {"work_setting": "home", "shift": "nights"})
    workshops.close_activity(results.code, activity.id)
    assert results.cover([activity.id], [persona("clerk")]).body["n"] == 35
    assert min(blocks(told(results))) >= 5


def test_after_many_pictures_there_are_no_new_ones_and_the_old_ones_stay(results):
    source = imported(results, town(20, 10, 0))
    shown = results.cover([source], [persona("clerk")])
    store, scope = results.workshops.store, f"{results.code}/coverage"
    entry = store.ledger(scope)[0]
    for number in range(1, MOST_PICTURES):
        store.append_ledger(scope, entry, number)
    with pytest.raises(NotAllowed, match="Work with the pictures there are"):
        results.cover([source], [persona("driver")])
    assert results.cover([source], [persona("clerk")]).body == shown.body
