"""A text that is saved when it is left: nothing that somebody types is written over, nothing that failed to be saved is forgotten."""

from __future__ import annotations

from typing import Any

import pytest

from learnerfirst.content import texts
from learnerfirst.errors import InvalidInput, StaleDocument, StoreUnavailable
from learnerfirst.pages.community.saved_text import SavedText
from learnerfirst.pages.guard import Notice, guard

WORDS = texts("community_page")


class Kept:
    """A text in a store that two people use, and that fails where it is told to."""

    def __init__(self) -> None:
        self.text = "as it was"
        self.fails: Exception | None = None

    def save(self, before: str, after: str) -> None:
        if self.fails is not None:
            raise self.fails
        if self.text not in (before, after):
            raise StaleDocument("somebody else wrote")
        self.text = after


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def text(kept: Kept) -> SavedText:
    wrap = guard(Notice(), WORDS)
    made = SavedText("Purpose", lambda: kept.text, kept.save, WORDS, wrap, long=True)
    made.start()
    return made


def hidden(widget: Any) -> bool:
    return widget.layout.display == "none"


def test_what_others_save_is_not_written_over_what_is_being_typed(kept: Kept, text: SavedText) -> None:
    text.typing.typing = True  # the first key; the browser sends the text when the field is left
    kept.text = "theirs"
    text.refresh()
    assert text.field.value == "as it was"
    text.field.value = "mine"
    text.typing.typing = False
    assert (kept.text, text.field.value) == ("theirs", "mine")
    assert "theirs" in text.said.value
    assert not hidden(text.choice)
    text.mine.click()
    assert kept.text == "mine"


def test_a_field_that_was_left_as_it_was_follows_what_others_save(kept: Kept, text: SavedText) -> None:
    text.typing.typing = True
    kept.text = "theirs"
    text.typing.typing = False
    text.refresh()
    assert text.field.value == "theirs"
    assert hidden(text.choice)


def test_what_the_store_could_not_take_says_so_and_is_saved_as_soon_as_it_can(
    kept: Kept, text: SavedText
) -> None:
    kept.fails = StoreUnavailable("no store")
    text.field.value = "mine"
    assert WORDS["unsaved_yet"] in text.unsaved.value
    with pytest.raises(StoreUnavailable):
        text.refresh()
    assert text.field.value == "mine"
    kept.fails = None
    text.refresh()
    assert kept.text == "mine"
    assert text.unsaved.value == ""


def test_what_came_from_somebody_else_while_the_store_was_away_is_shown_beside_mine(
    kept: Kept, text: SavedText
) -> None:
    kept.fails = StoreUnavailable("no store")
    text.field.value = "mine"
    kept.fails, kept.text = None, "theirs"
    text.refresh()
    assert (kept.text, text.field.value) == ("theirs", "mine")
    assert not hidden(text.choice)


def test_a_text_that_is_refused_says_that_it_is_not_saved_until_it_is(kept: Kept, text: SavedText) -> None:
    kept.fails = InvalidInput("too long")
    text.field.value = "far too long"
    assert WORDS["unsaved"] in text.unsaved.value
    text.refresh()
    assert text.field.value == "far too long"
    kept.fails = None
    text.field.value = "short"
    assert (kept.text, text.unsaved.value) == ("short", "")
    kept.fails = InvalidInput("too long")
    text.field.value = "far too long"
    text.field.value = "short"
    assert text.unsaved.value == ""
