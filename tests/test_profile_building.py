"""A success profile while it is being built: the list, merges, decisions, rounds, what may be shown of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from learnerfirst.content.competencies import load_success_profile, nomination_rule
from learnerfirst.errors import InvalidInput, NotAllowed, StaleDocument
from learnerfirst.exchange.competencies.own_files import PROFILE_FILES, profile_json, profile_yaml
from learnerfirst.store import Store, open_store
from learnerfirst.success_profiles import Scale
from learnerfirst.success_profiles.building import Building, Decision, as_body, building_from
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.profile_building import ProfileBuilding
from tests.calendars import Days

THREE = Building("Clerk", high_performers=4, managers=1).with_names(["Listens", "Good listener", "Sells"])
RULE = nomination_rule()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as opened:
        yield opened


@pytest.fixture
def place(store: Store) -> ProfileBuilding:
    workshops = Workshops(store, today=Days("2026-11-22"))
    return ProfileBuilding(workshops, workshops.create("Roles").code)


def answers(place: ProfileBuilding, activity: str, sheets: list[dict[str, str]]) -> None:
    for number, sheet in enumerate(sheets):
        place.workshops.submit(place.code, activity, f"an-invented-person-{number:04d}", sheet)


def test_a_building_comes_back_from_the_store_as_it_was_put(place: ProfileBuilding) -> None:
    whole = THREE.merge("good_listener", "listens").decide("sells", Decision(2.0, 1.5, reason="So"))
    assert place.get(place.begin(whole)) == whole
    assert building_from(as_body(whole)) == whole


def test_what_had_gone_into_one_goes_along_when_that_one_is_merged() -> None:
    chained = THREE.merge("good_listener", "listens").merge("listens", "sells")
    assert dict(chained.merged) == {"good_listener": "sells", "listens": "sells"}
    assert [one.id for one in chained.whole] == ["sells"]
    assert chained.whole[0].labels == ("Good listener", "Listens")


def test_a_merge_turned_round_leaves_no_circle() -> None:
    turned = THREE.merge("good_listener", "listens").merge("listens", "good_listener")
    assert [one.id for one in turned.whole][-1] == "sells"
    assert len(turned.whole) in (2, 3)


@pytest.mark.parametrize("decision", [Decision(importance=5.5), Decision(required=-1), Decision(required=9)])
def test_numbers_outside_their_scale_are_refused(decision: Decision) -> None:
    with pytest.raises(InvalidInput, match="was not settled"):
        THREE.decide("sells", decision)


def test_high_performers_count_when_enough_are_there_and_two_have_rated() -> None:
    assert THREE.built_by(RULE, 2) == ("high_performers", "manager")
    assert THREE.built_by(RULE, 1) == ("manager",)
    assert Building("Clerk", high_performers=3, origin="library").built_by(RULE, 9) == ("library",)


def test_the_first_round_asks_for_words_and_the_second_for_ratings(place: ProfileBuilding) -> None:
    role = place.begin(THREE)
    first = place.open_proposing(role)
    asked = [one.id for one in place.workshops.questionnaire(place.code, first.id).questions]
    assert asked[:2] == ["new_1_name", "new_1_good"]
    assert len(asked) == 10
    with pytest.raises(NotAllowed, match="close it first"):
        place.open_rating(role)
    place.close(first)
    second = place.open_rating(role)
    asked = [one.id for one in place.workshops.questionnaire(place.code, second.id).questions]
    assert asked == [
        f"{kind}_{one}" for one in ("listens", "good_listener", "sells") for kind in ("imp", "req")
    ]


def test_ratings_of_merged_ones_count_once_and_one_person_is_never_shown(place: ProfileBuilding) -> None:
    role = place.begin(THREE)
    activity = place.open_rating(role)
    sheet = {"imp_listens": "5", "imp_good_listener": "3", "req_listens": "2", "req_sells": "1"}
    answers(place, activity.id, [sheet])
    assert [one.asked for one in place.ratings(place.get(role))] == [0, 0, 0]
    answers(place, activity.id, [sheet, sheet])
    merged = place.change(role, lambda now: now.merge("good_listener", "listens"))
    found = place.ratings(merged)[0]
    assert (found.importance.n, found.importance.median) == (2, 4.0)


def test_ids_stay_when_the_same_is_proposed_again(place: ProfileBuilding) -> None:
    role = place.begin(THREE)
    activity = place.open_proposing(role)
    answers(
        place, activity.id, [{"new_1_name": "sells", "new_2_name": "Stays calm"}, {"new_1_name": "SELLS"}]
    )
    assert place.collect(role) == 1
    assert place.collect(role) == 0
    assert [one.id for one in place.get(role).proposals] == [
        "listens",
        "good_listener",
        "sells",
        "stays_calm",
    ]


def test_settling_what_somebody_settled_otherwise_is_refused_and_carries_theirs(
    place: ProfileBuilding,
) -> None:
    role = place.begin(THREE)
    before, seen = THREE.proposals[2], Decision()
    place.settle(role, before, before, seen, Decision(reason="Theirs"))
    with pytest.raises(StaleDocument) as stale:
        place.settle(role, before, before, seen, Decision(reason="Mine"))
    assert building_from(stale.value.current.body).decision("sells").reason == "Theirs"  # type: ignore[attr-defined]
    again = place.settle(role, before, before, seen, Decision(reason="Theirs"))
    assert again.decision("sells").reason == "Theirs", "saying the same is no conflict"


def test_everything_goes_with_its_workshop(place: ProfileBuilding, store: Store) -> None:
    role = place.begin(THREE)
    place.open_rating(role)
    store.delete_workshop(place.code)
    assert dict(place.all()) == {}
    assert store.documents("questionnaire") == []


def test_a_role_needs_a_name_and_what_is_gone_says_so(place: ProfileBuilding) -> None:
    with pytest.raises(InvalidInput, match="a name of 1 to 200"):
        place.begin(Building("  "))
    with pytest.raises(NotAllowed, match="not being built"):
        place.open_rating("nobody")
    with pytest.raises(NotAllowed, match="Publish the profile first"):
        place.open_relevance("nobody")


def test_own_files_are_read_back(tmp_path: Path) -> None:
    profile = load_success_profile("customer_service_advisor")
    for name, made in (("p.json", profile_json(profile)), ("p.yaml", profile_yaml(profile))):
        (tmp_path / name).write_bytes(made)
        found = load_success_profile(tmp_path / name)
        assert found.competencies == profile.competencies
        assert (found.role, found.source, found.scale) == (
            profile.role,
            profile.source,
            Scale(0, 5, profile.scale.names),
        )


@pytest.mark.parametrize("kind", PROFILE_FILES)
def test_each_file_is_made_also_of_a_profile_without_a_day(kind: str) -> None:
    profile = load_success_profile("customer_service_advisor")
    media, made = PROFILE_FILES[kind]
    assert profile.built_on is None
    assert "/" in media
    assert len(made(profile, "Our shops", Days("2026-11-22")())) > 500
