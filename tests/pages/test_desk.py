"""Where a page was left survives in the store."""

from __future__ import annotations

from threading import Thread

from learnerfirst.pages.desk import Desk, asked_for
from learnerfirst.store import Store


def test_a_new_desk_remembers_nothing(store: Store) -> None:
    assert Desk(store, "learner_power").last() is None
    assert Desk(store, "learner_power").step("BCDFG") is None


def test_the_last_workshop_and_the_step_of_each_are_remembered(store: Store) -> None:
    Desk(store, "learner_power").leave_at("BCDFG", "plan")
    Desk(store, "learner_power").leave_at("HJKLM", "invite")
    desk = Desk(store, "learner_power")
    assert (desk.last(), desk.step("BCDFG"), desk.step("HJKLM")) == ("HJKLM", "plan", "invite")
    assert Desk(store, "another_page").last() is None


def test_forgetting_leaves_no_workshop_open(store: Store) -> None:
    desk = Desk(store, "learner_power")
    desk.leave_at("BCDFG", "plan")
    desk.forget()
    assert desk.last() is None


def test_tabs_that_leave_at_once_do_not_stop_each_other(store: Store) -> None:
    def leave(code: str) -> None:
        for step in ("invite", "answers", "reveal"):
            Desk(store, "learner_power").leave_at(code, step)

    tabs = [Thread(target=leave, args=(code,)) for code in ("BCDFG", "HJKLM", "NPQRS")]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert Desk(store, "learner_power").last() in ("BCDFG", "HJKLM", "NPQRS")


def test_the_address_can_ask_for_a_workshop() -> None:
    assert asked_for("code", {"QUERY_STRING": "code=BCDFG&theme=dark"}) == "BCDFG"
    assert asked_for("code", {"QUERY_STRING": "theme=dark"}) is None
    assert asked_for("code", {}) is None
