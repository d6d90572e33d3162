"""An error in a callback is always seen, never as a traceback, and never ends the page."""

from __future__ import annotations

import logging

import pytest

from learnerfirst.errors import Fault, InvalidInput, NotAllowed
from learnerfirst.pages.guard import Notice, guard

TEXTS = {"unexpected": "Something went wrong."}


def test_an_own_error_says_itself_what_to_do() -> None:
    notice = Notice()

    @guard(notice, TEXTS)
    def refused() -> None:
        raise NotAllowed("Wait for <five> answers.")

    assert refused() is None
    assert "Wait for &lt;five&gt; answers." in notice.text
    assert 'role="alert"' in notice.text


def test_any_other_error_is_calm_on_the_page_and_whole_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    notice = Notice()

    @guard(notice, TEXTS)
    def broken() -> None:
        raise ZeroDivisionError("the secret reason")

    with caplog.at_level(logging.ERROR, logger="learnerfirst.pages"):
        assert broken() is None
    assert "Something went wrong." in notice.text
    assert "secret" not in notice.text
    assert "Traceback" not in notice.text
    assert "the secret reason" in caplog.text


def test_a_callback_that_works_says_nothing() -> None:
    notice = Notice()
    assert guard(notice, TEXTS)(lambda number: number + 1)(1) == 2
    assert notice.text == ""


def test_a_notice_can_be_taken_back() -> None:
    notice = Notice()
    notice.show("Saved.")
    assert 'role="status"' in notice.text
    notice.clear()
    assert notice.text == ""


def test_of_very_many_faults_the_first_are_told(caplog: pytest.LogCaptureFixture) -> None:
    notice = Notice()

    @guard(notice, TEXTS)
    def refused() -> None:
        raise InvalidInput("the file cannot be used", [Fault(f"row {n}", "x", "y") for n in range(100_000)])

    with caplog.at_level(logging.WARNING, logger="learnerfirst.pages"):
        refused()
    for told in (notice.text, caplog.text):
        assert "row 11" in told
        assert "…" in told
        assert "row 12" not in told
        assert len(told) < 4000
