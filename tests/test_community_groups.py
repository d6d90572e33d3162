"""Learning groups of a community: formed of who is there, kept by ids alone, never the same pairs while there is a way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from learnerfirst.communities import CommunityPlan, Member
from learnerfirst.errors import ImpossibleGroups, InvalidInput, StaleDocument
from learnerfirst.exchange.group_lists import form_from_list, read_group_list
from learnerfirst.store import Store, open_store
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_forming import Wanted, form_round, member_fields
from learnerfirst.workshops.community_groups import CommunityGroups, Round, groups_table
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.community_skills import (
    CommunitySkills,
    library_names,
    people_joined,
    roles,
    skills_of_helpers,
)
from learnerfirst.workshops.introductions import open_introductions
from learnerfirst.workshops.self_assessments import Helper

DAY = date(2026, 11, 30)
NAMES = ("Ana", "Bo", "Cy", "Dora", "Edo", "Fay", "Gil", "Hana", "Ivo", "Jun", "Kim", "Lea")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as opened:
        yield opened


@pytest.fixture
def shelf(store: Store) -> CommunityShelf:
    workshops = Workshops(store, today=lambda: DAY)
    return CommunityShelf(workshops, workshops.create("Plant north").code)


def key(name: str) -> str:
    return f"an-invented-key-of-{name.lower()}-000000"


def introduce(shelf: CommunityShelf, community_id: str, *names: str) -> CommunityPlan:
    found = shelf.workshops.get(shelf.code).newest("introduction", community_id)
    if found is None:
        found = open_introductions(shelf.workshops, shelf.code, community_id, "Fixers")
    for at, name in enumerate(names):
        given = {"name": name, "department": ("Line 4", "Tools")[at % 2], "place": "Leeds"}
        shelf.workshops.submit(shelf.code, found.id, key(name), given)
    return shelf.known(community_id).plan


def leave(shelf: CommunityShelf, community_id: str, name: str) -> CommunityPlan:
    found = shelf.workshops.get(shelf.code).newest("introduction", community_id)
    assert shelf.workshops.delete_mine(shelf.code, found.id, key(name))
    return shelf.known(community_id).plan


def members(*names: str, **said: object) -> tuple[Member, ...]:
    return tuple(Member(name.lower(), name, **said) for name in names)  # type: ignore[arg-type]


def pairs(made: Round) -> set[tuple[str, str]]:
    return {(a, b) for group in made.members for a in group for b in group if a < b}


def test_everybody_has_a_place_and_departments_are_spread(shelf: CommunityShelf) -> None:
    plan = introduce(shelf, shelf.begin("Fixers").id, *NAMES)
    made = form_round(plan, (), Wanted(4, ("department",)), DAY)
    assert sorted(len(group) for group in made.members) == [4, 4, 4]
    assert {one for group in made.members for one in group} == {one.id for one in plan.members}
    for group in made.people(plan):
        assert sorted(one.department for one in group) == ["Line 4", "Line 4", "Tools", "Tools"]
    assert made.balance[0].criterion == "department"
    assert made.summary == "3 groups of 4 people. Department: 0 % of the deviation that random groups have."


def test_nobody_meets_again_while_there_is_a_way_and_what_can_t_be_met_is_said(shelf: CommunityShelf) -> None:
    plan = introduce(shelf, shelf.begin("Fixers").id, *NAMES)
    rounds: list[Round] = []
    for _ in range(3):
        rounds.append(form_round(plan, rounds, Wanted(3), DAY))
    assert len(set.union(*map(pairs, rounds))) == 3 * 4 * 3
    assert not rounds[2].again(rounds[:2])
    crowded = form_round(plan, [rounds[0]], Wanted(6), DAY)
    assert len(crowded.again([rounds[0]])) >= 1
    assert any("in one group before" in line for line in crowded.unmet)


def test_wishes_and_managers_are_kept_and_contradictions_name_people(shelf: CommunityShelf) -> None:
    people = members(*NAMES)
    people = tuple(replace(one, manager="ana") if one.id in ("bo", "cy") else one for one in people)
    plan = CommunityPlan("fixers", "Fixers", members=people)
    wanted = Wanted(4, apart=(("dora", "edo"),), together=(("fay", "gil"),))
    for seed in range(5):
        home = {
            one: at
            for at, group in enumerate(form_round(plan, (), replace(wanted, seed=seed), DAY).members)
            for one in group
        }
        assert home["ana"] not in (home["bo"], home["cy"])
        assert home["dora"] != home["edo"]
        assert home["fay"] == home["gil"]
    impossible = replace(wanted, apart=(("fay", "gil"),))
    with pytest.raises(ImpossibleGroups, match="'Fay' and 'Gil'"):
        form_round(plan, (), impossible, DAY)


def test_two_of_the_same_name_are_two_people() -> None:
    people = tuple(Member(f"p{at}", "Ana") for at in range(4))
    made = form_round(CommunityPlan("a", "A", members=people), (), Wanted(2), DAY)
    assert {one for group in made.members for one in group} == {"p0", "p1", "p2", "p3"}


def test_what_is_the_same_or_unknown_cannot_be_spread() -> None:
    people = tuple(
        Member(
            name,
            name,
            department=("Line 4", "line 4 ", "Tools")[at % 3],
            place="Leeds",
            zone="Europe/London" if at == 0 else "",
            strengths=("listens",) if at % 2 else ("organises",),
            preferences=("in_writing",) if at == 0 else (),
        )
        for at, name in enumerate(NAMES)
    )
    states = {one.name: one.state for one in member_fields(CommunityPlan("a", "A", members=people))}
    assert states == {
        "department": "varies",
        "place": "same",
        "zone": "unknown",
        "strengths": "varies",
        "preferences": "unknown",
    }
    assert {one.state for one in member_fields(CommunityPlan("a", "A"))} == {"unknown"}


def test_strengths_are_spread_as_one_criterion() -> None:
    people = tuple(
        Member(name, name, strengths=("listens",) if at < 6 else ("organises", "calms"))
        for at, name in enumerate(NAMES)
    )
    plan = CommunityPlan("a", "A", members=people)
    made = form_round(plan, (), Wanted(4, ("strengths",)), DAY)
    assert [one.criterion for one in made.balance] == ["strengths"]
    for group in made.people(plan):
        assert sum("listens" in one.strengths for one in group) == 2


def test_rounds_are_kept_by_ids_alone_and_come_back_as_they_were(shelf: CommunityShelf) -> None:
    made = shelf.begin("Fixers").id
    plan = introduce(shelf, made, *NAMES)
    groups = CommunityGroups(shelf.workshops, shelf.code)
    first = form_round(plan, (), Wanted(4, ("department",)), DAY)
    groups.keep(made, first, ())
    second = form_round(plan, groups.of(made), Wanted(3), DAY)
    groups.keep(made, second, (first,))
    assert groups.of(made) == (first, second)
    body = json.dumps(dict(shelf.note("groups", made)))
    assert not [name for name in NAMES if name in body]
    groups.take_back(made, groups.of(made))
    assert groups.of(made) == (first,)


def test_who_left_is_gone_and_who_joined_later_is_named(shelf: CommunityShelf) -> None:
    made = shelf.begin("Fixers").id
    plan = introduce(shelf, made, *NAMES)
    groups = CommunityGroups(shelf.workshops, shelf.code)
    groups.keep(made, form_round(plan, (), Wanted(4), DAY), ())
    ana = next(one.id for one in plan.members if one.name == "Ana")
    leave(shelf, made, "Ana")
    plan = introduce(shelf, made, "Mo")
    (kept,) = groups.of(made)
    assert "Ana" not in {one.name for group in kept.people(plan) for one in group}
    assert [one.name for one in kept.waiting(plan)] == ["Mo"]
    _, rows = groups_table(kept, plan)
    assert len(rows) == 12
    assert rows[-1][:2] == ("", "Mo")
    groups.keep(made, form_round(plan, (kept,), Wanted(4), DAY), (kept,))
    assert ana not in json.dumps(dict(shelf.note("groups", made)))


def test_two_who_keep_groups_at_once_lose_nothing(shelf: CommunityShelf) -> None:
    made = shelf.begin("Fixers").id
    plan = introduce(shelf, made, *NAMES)
    groups = CommunityGroups(shelf.workshops, shelf.code)
    mine, theirs = (form_round(plan, (), Wanted(4, seed=seed), DAY) for seed in (1, 2))
    groups.keep(made, theirs, ())
    with pytest.raises(StaleDocument, match="Nothing was overwritten"):
        groups.keep(made, mine, ())
    with pytest.raises(StaleDocument):
        groups.take_back(made, (mine,))
    assert groups.of(made) == (theirs,)


def test_groups_that_everybody_has_left_are_not_kept(shelf: CommunityShelf) -> None:
    made = shelf.begin("Fixers").id
    introduce(shelf, made, "Ana")
    with pytest.raises(InvalidInput, match="Nobody of these groups"):
        CommunityGroups(shelf.workshops, shelf.code).keep(made, Round(DAY, 2, (("a", "b"),)), ())


def test_a_very_long_history_keeps_its_newest_rounds(shelf: CommunityShelf) -> None:
    made = shelf.begin("Fixers").id
    plan = introduce(shelf, made, *NAMES)
    groups, ids = CommunityGroups(shelf.workshops, shelf.code), tuple(one.id for one in plan.members)
    groups.keep(made, Round(DAY, 12, (ids,)), ())
    one = dict(shelf.note("groups", made))["rounds"][0]
    shelf.change_note("groups", made, lambda _: {"rounds": [one] * 340})
    groups.keep(made, Round(DAY, 12, (ids,), summary="newest"), groups.of(made))
    kept = groups.of(made)
    assert len(kept) == 333  # 4,000 ids at most
    assert kept[-1].summary == "newest"


def test_groups_and_needs_go_with_their_community(shelf: CommunityShelf, store: Store) -> None:
    made = shelf.begin("Fixers").id
    plan = introduce(shelf, made, *NAMES)
    CommunityGroups(shelf.workshops, shelf.code).keep(made, form_round(plan, (), Wanted(4), DAY), ())
    CommunitySkills(shelf.workshops, shelf.code).save_needs(made, "", "Listening")
    shelf.delete(made)
    assert store.document("community_groups", shelf.key(made)) is None
    assert store.document("community_skills", shelf.key(made)) is None


# -- groups from a list


def listed(count: int, head: str = "Name,Department,Manager,Annual salary,Date of birth") -> bytes:
    rows = [
        f"Person {n},{('Sales', 'Care', 'IT')[n % 3]},Person {n % 7},{n}000,1980-01-0{1 + n % 9}"
        for n in range(count)
    ]
    return "\n".join([head, *rows]).encode()


def test_a_list_s_columns_about_pay_and_birth_are_dropped_at_once() -> None:
    people = read_group_list(listed(30), name="list.csv")
    assert people.left_out == ("Annual salary", "Date of birth")
    assert set(people.columns) == {"Name", "Department", "Manager"}
    assert (people.likely_name(), people.likely_boss("Name")) == ("Name", "Manager")
    assert "1980" not in repr(people.columns)


def test_a_list_forms_groups_with_managers_apart_and_a_safe_file() -> None:
    data = listed(30).replace(b"Person 11", b"=HYPERLINK(1)")
    people = read_group_list(data, name="list.csv")
    found = form_from_list(people, ["Name"], 4, ["Department"], "Manager")
    home = dict(zip(found.named, found.group, strict=True))
    bosses = dict(zip(people.columns["Name"], people.columns["Manager"], strict=True))
    assert all(home[name] != home[boss] for name, boss in bosses.items() if boss in home and boss != name)
    text = found.csv(["Group", "Name"]).decode("utf-8-sig")
    assert text.splitlines()[0] == "Group,Name,Department,Manager"
    assert "'=HYPERLINK(1)" in text
    assert len(text.splitlines()) == 31


def test_people_called_the_same_are_told_apart_by_their_row_and_the_nameless_are_left_out() -> None:
    data = b"First,Last,Site\nAna,Ruiz,N\nAna,Ruiz,S\n,,S\nBo,Li,N\nCy,Ek,S\n"
    people = read_group_list(data, name="list.csv")
    found = form_from_list(people, ["First", "Last"], 2, ["Site"], label="{} (row {})".format)
    assert found.named == ("Ana Ruiz (row 2)", "Ana Ruiz (row 3)", "Bo Li", "Cy Ek")
    assert (found.doubles, found.nameless) == (("Ana Ruiz",), (4,))


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"Name\nAna\nBo\n", "2 rows"), (b"Salary,Bonus\n1,2\n3,4\n5,6\n7,8\n", "no column that may be used")],
)
def test_a_list_that_gives_no_groups_says_why(data: bytes, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        read_group_list(data, name="list.csv")


def test_a_size_or_column_that_is_none_is_refused_in_words() -> None:
    people = read_group_list(listed(30), name="list.csv")
    with pytest.raises(InvalidInput, match="half the people at most"):
        form_from_list(people, ["Name"], 16, [])
    with pytest.raises(InvalidInput, match="one of: Name, Department, Manager"):
        form_from_list(people, ["Name"], 4, ["Annual salary"])


def test_ten_thousand_rows_are_placed() -> None:
    people = read_group_list(listed(10_000), name="list.csv")
    found = form_from_list(people, ["Name"], 6, ["Department"], "Manager")
    assert len(found.named) == 10_000
    assert max(found.groups.sizes) - min(found.groups.sizes) <= 1


# -- who can what


def test_helpers_are_known_by_the_names_of_what_they_offer() -> None:
    helpers = [Helper("Ana", "x", ("listening", "something_else")), Helper("Ana", "y", ("own_one",))]
    assert skills_of_helpers(helpers, {"own_one": "Line 4"}) == {
        "Ana": (library_names()["listening"], "Line 4")
    }
    assert people_joined({"Ana": ("a",)}, {"Ana": ("b",), "Bo": ()}) == {"Ana": ("a", "b"), "Bo": ()}


def test_the_ten_roles_are_a_yardstick_in_words() -> None:
    found = roles()
    assert len(found) == 10
    assert library_names()["listening"] in found["Instructional writer"]


def test_needs_that_two_write_at_once_are_not_lost(shelf: CommunityShelf) -> None:
    made, skills = shelf.begin("Fixers").id, CommunitySkills(shelf.workshops, shelf.code)
    skills.save_needs(made, "", "Listening")
    with pytest.raises(StaleDocument):
        skills.save_needs(made, "", "Curation")
    assert skills.needs(made) == "Listening"
