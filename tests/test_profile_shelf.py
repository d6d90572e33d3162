"""Success profiles in the store: versions, what was published stays, two who save at once, what other workshops see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from learnerfirst.errors import InvalidInput, NotAllowed, StaleDocument
from learnerfirst.store import Store, open_store
from learnerfirst.success_profiles import Competency, SuccessProfile
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.profile_shelf import ProfileShelf, kept_of, published_profiles

STOCK = Competency("stock", "Knows the stock", required=3.5, importance=4, goal="Fewer returns")
TILL = Competency("till", "Works the till", required=2, importance=3)
CLERK = SuccessProfile(
    "Shop clerk", (STOCK,), built_by=("high_performers",), built_on=date(2026, 5, 31), source="Ourselves"
)
TODAY = date(2026, 11, 30)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as opened:
        yield opened


@pytest.fixture
def shelf(store: Store) -> ProfileShelf:
    return ProfileShelf(store, Workshops(store).create("Roles").code)


def test_a_profile_comes_back_as_it_was_put(shelf: ProfileShelf) -> None:
    kept = shelf.add(CLERK)
    found = shelf.get(kept.role_id)
    assert found is not None
    assert (found.role_id, found.profile, found.published, found.version) == ("shop_clerk", CLERK, None, 1)


def test_the_same_role_twice_gets_ids_of_their_own(shelf: ProfileShelf) -> None:
    assert [shelf.add(CLERK).role_id, shelf.add(CLERK).role_id] == ["shop_clerk", "shop_clerk_2"]


def test_published_means_that_people_can_assess_against_it(shelf: ProfileShelf) -> None:
    kept = shelf.add(CLERK)
    assert shelf.published("shop_clerk") is None
    published = shelf.publish("shop_clerk", kept.version)
    assert (shelf.published("shop_clerk"), published.is_published) == (CLERK, True)
    assert shelf.publish("shop_clerk", published.version) == published


def test_a_published_version_is_never_changed(shelf: ProfileShelf) -> None:
    kept = shelf.publish("shop_clerk", shelf.add(CLERK).version)
    with pytest.raises(NotAllowed, match="Begin version 2"):
        shelf.save("shop_clerk", replace(CLERK, competencies=(TILL,)), kept.version)
    assert shelf.published("shop_clerk") == CLERK


def test_the_next_version_leaves_the_published_one_alone_until_it_is_published(shelf: ProfileShelf) -> None:
    kept = shelf.publish("shop_clerk", shelf.add(CLERK).version)
    begun = shelf.next_version("shop_clerk", kept.version, built_on=TODAY, added=[TILL])
    assert (begun.profile.version, begun.profile.ids, begun.published) == (2, ("stock", "till"), CLERK)
    changed = shelf.save("shop_clerk", replace(begun.profile, competencies=(TILL,)), begun.version)
    done = shelf.publish("shop_clerk", changed.version)
    assert [one.version for one in shelf.versions("shop_clerk")] == [1, 2]
    assert shelf.versions("shop_clerk") == (CLERK, done.profile)
    assert len(shelf.history("shop_clerk")) == 5


def test_a_next_version_needs_a_published_one_and_is_begun_once(shelf: ProfileShelf) -> None:
    kept = shelf.add(CLERK)
    with pytest.raises(NotAllowed, match="not published yet"):
        shelf.next_version("shop_clerk", kept.version, built_on=TODAY)
    kept = shelf.publish("shop_clerk", kept.version)
    begun = shelf.next_version("shop_clerk", kept.version, built_on=TODAY)
    with pytest.raises(NotAllowed, match="begun already"):
        shelf.next_version("shop_clerk", begun.version, built_on=TODAY)


@pytest.mark.parametrize("act", ["save", "publish"])
def test_a_save_over_a_newer_version_is_refused_and_carries_it(shelf: ProfileShelf, act: str) -> None:
    kept = shelf.add(CLERK)
    theirs = shelf.save("shop_clerk", replace(CLERK, source="Theirs"), kept.version)
    acts = {
        "save": lambda: shelf.save("shop_clerk", replace(CLERK, source="Mine"), kept.version),
        "publish": lambda: shelf.publish("shop_clerk", kept.version),
    }
    with pytest.raises(StaleDocument) as stale:
        acts[act]()
    assert kept_of(stale.value.current) == theirs == shelf.get("shop_clerk")


def test_other_workshops_see_what_is_published_and_nothing_else(shelf: ProfileShelf, store: Store) -> None:
    other = ProfileShelf(store, Workshops(store).create("Another").code)
    kept = shelf.add(CLERK)
    assert (other.all(), published_profiles(store)) == ((), ())
    shelf.publish("shop_clerk", kept.version)
    assert other.get("shop_clerk") is None
    assert [(one.code, one.published) for one in published_profiles(store)] == [(shelf.code, CLERK)]


def test_a_deleted_workshop_takes_its_profiles_along(shelf: ProfileShelf, store: Store) -> None:
    shelf.publish("shop_clerk", shelf.add(CLERK).version)
    store.delete_workshop(shelf.code)
    assert (shelf.all(), shelf.history("shop_clerk"), published_profiles(store)) == ((), (), ())


def test_only_what_was_never_published_can_be_deleted(shelf: ProfileShelf) -> None:
    first, second = shelf.add(CLERK), shelf.add(replace(CLERK, role="Buyer"))
    shelf.publish(first.role_id, first.version)
    assert shelf.delete(second.role_id)
    with pytest.raises(NotAllowed, match="is published"):
        shelf.delete(first.role_id)
    assert [one.role_id for one in shelf.all()] == ["shop_clerk"]


def test_two_hundred_long_competencies_fit_and_more_is_said_not_cut(shelf: ProfileShelf) -> None:
    def profile(length: int) -> SuccessProfile:
        made = tuple(
            replace(STOCK, id=f"c{at}", description="x" * 2000, levels=("y" * length,) * 6)
            for at in range(200)
        )
        return replace(CLERK, competencies=made)

    assert len(shelf.add(profile(200)).profile.competencies) == 200
    with pytest.raises(InvalidInput, match="2000000 at most"):
        shelf.add(profile(2000))
