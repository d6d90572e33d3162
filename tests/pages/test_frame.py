"""The frame of every page goes on, whatever happens to one look into the store."""

from __future__ import annotations

import asyncio
import logging

import pytest

from learnerfirst.pages.frame import Follower


def test_a_look_that_fails_is_told_once_and_is_not_the_last_one(caplog: pytest.LogCaptureFixture) -> None:
    looks: list[int] = []

    async def look() -> None:
        looks.append(len(looks))
        if len(looks) < 3:
            raise ZeroDivisionError("the secret reason")
        if len(looks) == 4:
            follower.stop()

    async def live() -> None:
        follower.start()
        assert follower.task is not None
        with pytest.raises(asyncio.CancelledError):
            await follower.task

    follower = Follower(look, 0)
    with caplog.at_level(logging.ERROR, logger="learnerfirst.pages"):
        asyncio.run(live())
    assert looks == [0, 1, 2, 3]
    assert len(caplog.records) == 1
