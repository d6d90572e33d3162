"""The catalogue of a workshop in the store: versions, two who change it at once, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from learnerfirst.content import sample_profiles, sample_resources
from learnerfirst.errors import InvalidInput, NotAllowed, StaleDocument
from learnerfirst.plans import Resource, Span, resources_from
from learnerfirst.plans.catalogue import as_dict, propose_tags, resource_from, tagged, ways_of
from learnerfirst.store import Store, open_store
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.resource_shelf import MOST, ResourceShelf

FILM = Resource("Film", (), "video", ("phone",), 8.0, "English", link="https://example.org")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as opened:
        yield opened


@pytest.fixture
def shelf(store: Store) -> ResourceShelf:
    return ResourceShelf(store, Workshops(store).create("Training").code)


def test_an_empty_shelf_has_version_0(shelf: ResourceShelf) -> None:
    assert (shelf.get().resources, shelf.get().version, shelf.history()) == ((), 0, ())


def test_the_sample_comes_back_as_it_was_put(shelf: ResourceShelf) -> None:
    sample = resources_from(sample_resources())
    kept = shelf.save(sample, 0)
    assert (kept.resources, kept.version, len(kept.untagged)) == (sample, 1, 5)
    assert resources_from(shelf.get().rows) == sample


def test_workshops_do_not_see_each_others_catalogue(shelf: ResourceShelf, store: Store) -> None:
    shelf.save([FILM], 0)
    other = ResourceShelf(store, Workshops(store).create("Another").code)
    assert other.get().resources == ()


def test_who_saves_an_older_version_is_told_what_is_there_now(shelf: ResourceShelf) -> None:
    shelf.save([FILM], 0)
    with pytest.raises(StaleDocument) as error:
        shelf.save([], 0)
    assert error.value.current is not None
    assert shelf.get().resources == (FILM,)


def test_two_who_tag_at_once_lose_nothing(shelf: ResourceShelf, store: Store) -> None:
    shelf.save([FILM], 0)
    other = ResourceShelf(store, shelf.code)
    interfered: list[object] = []

    def slowly(kept: tuple[Resource, ...]) -> tuple[Resource, ...]:
        if not interfered:
            interfered.append(other.tag("Film", Span("asking", 0.0, 2.0)))
        return tagged(kept, "Film", Span("silence", 1.0, 3.0))

    kept = shelf.change(slowly)
    assert kept.version == 3
    assert kept.resources[0].serves == (Span("asking", 0.0, 2.0), Span("silence", 1.0, 3.0))


def test_tagging_again_replaces_the_levels_and_untagging_takes_them_off(shelf: ResourceShelf) -> None:
    shelf.add([FILM])
    shelf.tag("Film", Span("asking", 0.0, 2.0))
    assert shelf.tag("Film", Span("asking", 1.0, 4.0)).resources[0].serves == (Span("asking", 1.0, 4.0),)
    assert shelf.untag("Film", "asking").untagged == (FILM,)


def test_nothing_new_is_no_new_version(shelf: ResourceShelf) -> None:
    shelf.add([FILM])
    assert shelf.add([FILM]).version == 1
    assert shelf.remove(["Gone"]).version == 1
    assert shelf.remove(["Film"]).resources == ()


def test_an_import_adds_what_it_says_about_known_resources(shelf: ResourceShelf) -> None:
    shelf.add([Resource("Film", (Span("asking", 0.0, 2.0),))])
    kept = shelf.add(
        [Resource("Film", (Span("asking", 0.0, 3.0), Span("silence", 0.0, 1.0)), link="https://a.org")]
    )
    assert kept.resources == (
        Resource("Film", (Span("asking", 0.0, 3.0), Span("silence", 0.0, 1.0)), link="https://a.org"),
    )


def test_an_earlier_version_can_be_brought_back(shelf: ResourceShelf) -> None:
    shelf.save([FILM], 0)
    shelf.save([], 1)
    assert shelf.bring_back(1, 2).resources == (FILM,)
    assert [len(kept.resources) for kept in shelf.history()] == [1, 0, 1]
    with pytest.raises(NotAllowed, match="no version 9"):
        shelf.bring_back(9, 3)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (Resource(""), "a name"),
        (Resource("x" * 201), "200 at most"),
        (Resource("A", (Span("asking", 3.0, 1.0),)), "levels that go up"),
        (Resource("A", minutes=-1.0), "0 to 100,000"),
        (Resource("A", link="javascript:alert(1)"), "begins with https://"),
        (Resource("A", requires=tuple(map(str, range(31)))), "30 at most"),
    ],
)
def test_what_is_wrong_is_not_saved(shelf: ResourceShelf, bad: Resource, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        shelf.save([FILM, bad], 0)
    assert shelf.get().version == 0


def test_too_many_are_refused_and_as_many_as_allowed_are_kept(shelf: ResourceShelf) -> None:
    many = [Resource(f"R{number}") for number in range(MOST + 1)]
    with pytest.raises(InvalidInput, match="5000 at most"):
        shelf.save(many, 0)
    assert len(shelf.save(many[:MOST], 0).resources) == MOST


def test_the_catalogue_goes_with_its_workshop(shelf: ResourceShelf, store: Store) -> None:
    shelf.save([FILM], 0)
    Workshops(store).delete(shelf.code)
    assert store.document("resources", shelf.code) is None


def test_plain_values_are_checked_whole() -> None:
    assert resource_from(as_dict(FILM)) == FILM
    with pytest.raises(InvalidInput) as error:
        resource_from({"name": "", "minutes": "long", "serves": [["a", 1]], "colour": "red"})
    assert len(error.value.faults) == 4


def test_names_of_untagged_resources_propose_a_competency() -> None:
    found = {
        one.word: one.meaning
        for one in propose_tags(
            [Resource("Handing over the shift, in short"), Resource("Zebra")], ways_of(sample_profiles())
        )
    }
    assert found == {"Handing over the shift, in short": "shift_handover", "Zebra": ""}
