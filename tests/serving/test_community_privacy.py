"""Nobody learns what one member voted, tapped or would change: not before something is shown, and not from what is shown.

The proof is by change, as for self-assessments: everything that functions, pages, projector, routes, files and other
people's phones give is written down, one person says the opposite, and nothing of it may differ. Once a count or three
meetings are shown, two people who said different things change places, and nothing may differ either: only sums leave.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from learnerfirst.errors import LearnerFirstError, NotAllowed
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.projector import Projector
from learnerfirst.serving.communities import FILES
from learnerfirst.serving.participants.results import result_of
from learnerfirst.store import Store, open_store
from learnerfirst.store.engine import writing
from learnerfirst.store.submissions import key_of as hash_of
from learnerfirst.store.submissions import to_text
from learnerfirst.store.tables import SUBMISSIONS
from learnerfirst.workshops import Activity
from learnerfirst.workshops.leader_ballot import NOBODY
from learnerfirst.workshops.leader_vote import VOTE, LeaderVotes
from learnerfirst.workshops.register import key_of
from learnerfirst.workshops.workshop_file import WorkshopFile
from tests.community_life import ONE, Life, at_every_step, open_page
from tests.running import Workbook, running_workbook
from tests.serving.test_self_assessment_privacy import READERS, plain, steady

CHANGING = re.compile(
    "(delete|reset|close|open|reopen|reveal|set|create|make|put|change|expire|hide|erase|settle|extend|end|renew|show$|begin|save|"
    "plan_ahead|adopt|remove|add|forget|release_table|tend|stamp|keep|leave|import|strike|take|tell|observe)"
)
GIVEN = (
    "code",
    "activity_id",
    "community_id",
    "plan",
    "meetings",
    "activity",
    "one",
    "meeting_id",
    "kind",
    "method",
)


@dataclass(frozen=True)
class Case:
    """A community in a state in which nothing about anybody may be told; who said what, by activity and what for."""

    life: Life
    said: tuple[tuple[Activity, str], ...]


# -- in which states nothing is told


def ready(store: Store) -> Life:
    life = Life(store)
    life.introduce()
    life.plan_with_them()
    life.stand("Bo", "Cy", ONE)
    return life


def an_open_vote(store: Store) -> Case:
    life = ready(store)
    return Case(life, ((life.vote(["Bo"], *[["Cy"]] * 5, close=False), VOTE),))


def a_vote_of_four(store: Store) -> Case:
    life = ready(store)
    return Case(life, ((life.vote(["Bo"], *[["Cy"]] * 3), VOTE),))


def a_closed_vote_that_was_not_counted(store: Store) -> Case:
    life = ready(store)
    return Case(life, ((life.vote(["Bo"], *[["Cy"]] * 5), VOTE),))


def open_taps(store: Store) -> Case:
    life = ready(store)
    held = life.meet(7)
    return Case(life, ((life.tap(held, close=False), f"taps {held.id}"),))


def three_meetings_of_four_taps(store: Store) -> Case:
    return meetings(store, 4)


def three_meetings_that_may_be_shown(store: Store) -> Case:
    return meetings(store, 6)


def meetings(store: Store, people: int) -> Case:
    life = ready(store)
    held = [life.meet(7 * number) for number in (3, 2, 1)]
    return Case(life, tuple((life.tap(one, people=people), f"taps {one.id}") for one in held))


def an_open_round_on_the_agreement(store: Store) -> Case:
    life = ready(store)
    return Case(life, ((life.agree(close=False), "agreement"),))


def one_alone_on_the_agreement(store: Store) -> Case:
    life = ready(store)
    return Case(life, ((life.agree(1), "agreement"),))


SILENT = (
    an_open_vote,
    a_vote_of_four,
    a_closed_vote_that_was_not_counted,
    open_taps,
    three_meetings_of_four_taps,
    three_meetings_that_may_be_shown,
    an_open_round_on_the_agreement,
    one_alone_on_the_agreement,
)


def opposite(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody would have said who thinks the other way round of everything."""
    turned = {"yes": "no", "no": "yes", "fine": "change", "change": "fine"}
    said: dict[str, Any] = {}
    for name, answer in answers.items():
        said[name] = [NOBODY] if name == "approval" else turned.get(str(answer), "I would end it all")
    return said


def turn_round(case: Case) -> None:
    """The one member says the opposite, whatever the state: in the store itself, as if it had always been so."""
    for activity, what in case.said:
        replace_answers(case.life, activity, case.life.keys[what], opposite)


def replace_answers(
    life: Life, activity: Activity, key: str, how: Callable[[Mapping[str, Any]], Mapping[str, Any]]
) -> None:
    store, scope = life.workshops.store, key_of(life.code, activity.id)
    body = store.submission(scope, key)
    assert body is not None
    assert how(body["answers"]) != body["answers"]
    assert store.replace_submission(scope, key, {**body, "answers": how(body["answers"])})


# -- everything that is given without anybody's key


def everything(case: Case, folder: Path) -> dict[str, str]:
    life = case.life
    found = dict(functions(case))
    with open_page(life, folder) as page:
        at_every_step(page, str)  # what a step shows is drawn when it is gone to
        found |= {f"page {step}": said for step, said in at_every_step(page, widgets).items()}
    found |= {f"projector {name}": html for name, html in projected(life).items()}
    sentences = WorkshopFile(life.workshops, life.code).write(folder / "file")
    found["file"] = (folder / "file").read_text("utf-8")
    found["told with the file"] = str(sentences)
    workshop = life.workshops.get(life.code)
    for activity, _what in case.said:
        given = {"approval": [NOBODY]} if activity.purpose == VOTE else {"safe": "yes", "s1": "fine"}
        shown = result_of(life.workshops, workshop, activity.id, given, prefix="", key="another-persons-key")
        found[f"another's phone {activity.id}"] = shown.html()
    return found


def projected(life: Life) -> dict[str, str]:
    """Every view of the projector, with the line below it."""
    drawn = Projector(life.workshops, Addresses("http://10.0.0.7:8867"))
    views = [drawn.view(life.code, "light", name) for name in drawn.view(life.code).views]
    return {one.name: f"{one.html}{one.foot}{one.natural}" for one in views}


def functions(case: Case) -> Iterator[tuple[str, str]]:
    """Every public function and property that wants no more than what a facilitator has."""
    life, (activity, _what) = case.life, case.said[-1]
    plan, held = life.plan, life.meetings
    given = dict(
        zip(
            GIVEN,
            (life.code, activity.id, life.id, plan, held, activity, held[-1] if held else None, "m1",
             "introduction:fixers", None),
            strict=True,
        )
    )  # fmt: skip
    places = (life.workshops, life.shelf, life.votes, life.pulses, life.agreement, life.place)
    for place in places:
        for name, value in inspect.getmembers(type(place)):
            if name.startswith("_") or name in READERS or CHANGING.match(name):
                continue
            if isinstance(place, LeaderVotes) and name == "count":
                continue  # it counts; refused where it must be, below
            if isinstance(value, property):
                yield f"{type(place).__name__}.{name}", said_by(lambda p=place, n=name: getattr(p, n))
            elif inspect.isfunction(value):
                wanted = needed(value)
                if set(wanted) <= set(GIVEN):
                    told = {each: given[each] for each in wanted}
                    made = said_by(lambda p=place, n=name, t=told: getattr(p, n)(**t))
                    yield f"{type(place).__name__}.{name}", made


def needed(function: Any) -> list[str]:
    parameters = list(inspect.signature(function).parameters.values())[1:]
    return [
        one.name for one in parameters if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD
    ]


def said_by(how: Callable[[], object]) -> str:
    try:
        return plain(how())
    except LearnerFirstError as error:
        return f"{type(error).__name__}: {error}"
    except (TypeError, AttributeError, ValueError, KeyError) as error:
        return type(error).__name__


def widgets(widget: Any) -> str:
    """All that a page holds, shown or not."""
    names = ("description", "options", "value", "disabled", "placeholder")
    own = [str(getattr(widget, name, "")) for name in names]
    own.append(str(getattr(widget.layout, "display", "")) if hasattr(widget, "layout") else "")
    return "\n".join([*own, *(widgets(child) for child in getattr(widget, "children", ()))])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as opened:
        yield opened


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    return [name for name in {**before, **after} if before.get(name) != after.get(name)]


@pytest.mark.parametrize("silent", SILENT)
def test_nothing_changes_with_what_one_person_said(
    store: Store, tmp_path: Path, silent: Callable[[Store], Case]
) -> None:
    case = silent(store)
    workshop = case.life.workshops.get(case.life.code)
    before = everything(case, tmp_path)
    turn_round(case)
    assert differing(before, everything(case, tmp_path)) == []
    assert case.life.workshops.get(case.life.code) == workshop, "something that was called is no reading"
    known = {"LeaderVotes.newest", "LeaderVotes.shown", "CommunityPulses.windows", "CommunityAgreement.heard"}
    assert known | {
        "Workshops.count",
        "CommunityShelf.members",
        "page leader",
        "page meetings",
        "file",
    } <= set(before)


def test_the_list_of_states_holds_what_must_not_be_told_and_the_pages_are_in_them(store: Store) -> None:
    """That the comparison can see something at all: what the states say when they are over differs."""
    case = three_meetings_that_may_be_shown(store)
    before = dict(functions(case))
    assert "'ready'" in before["CommunityPulses.windows"]
    case.life.pulses.show(case.life.plan, case.life.meetings)
    assert "CommunityPulses.windows" in differing(before, dict(functions(case)))


@pytest.mark.parametrize("silent", [an_open_vote, a_vote_of_four])
def test_what_may_not_be_counted_is_refused_in_the_same_words(
    store: Store, silent: Callable[[Store], Case]
) -> None:
    case = silent(store)
    vote = case.said[0][0].id
    with pytest.raises(NotAllowed) as before:
        case.life.votes.count(vote)
    turn_round(case)
    with pytest.raises(NotAllowed) as after:
        case.life.votes.count(vote)
    assert str(before.value) == str(after.value)


@pytest.mark.parametrize("purpose", ["the quiz", "work", "a table"])
def test_no_other_way_to_show_something_shows_ballots_or_taps(store: Store, purpose: str) -> None:
    for case in (a_vote_of_four(store), three_meetings_of_four_taps(store)):
        ways = {
            "the quiz": case.life.workshops.reveal,
            "work": case.life.workshops.work_answers,
            "a table": case.life.agreement.workshops.released_table,
        }
        for activity, _what in case.said:
            if purpose == "a table":
                assert ways[purpose](case.life.code, activity.id, "count") is None
                continue
            with pytest.raises(NotAllowed):
                ways[purpose](case.life.code, activity.id)


# -- once something is shown


def change_places(life: Life, activity: Activity, what: str) -> None:
    """The one member, and somebody who said something else, change places."""
    store, scope = life.workshops.store, key_of(life.code, activity.id)
    mine, kept = hash_of(scope, life.keys[what]), store.keyed_submissions(scope)
    other = next(name for name, body in kept.items() if body["answers"] != kept[mine]["answers"])
    with writing(store.engine) as connection:
        for name, now in ((mine, other), (other, mine)):
            here = (SUBMISSIONS.c.activity == scope, SUBMISSIONS.c.id == name)
            connection.execute(update(SUBMISSIONS).where(*here).values(body=to_text(kept[now])))
    assert store.submission(scope, life.keys[what]) == kept[other]


def test_of_a_counted_vote_only_sums_are_told(store: Store, tmp_path: Path) -> None:
    case = a_closed_vote_that_was_not_counted(store)
    vote = case.said[0][0]
    case.life.votes.count(vote.id)
    before = everything(case, tmp_path)
    change_places(case.life, vote, VOTE)
    store.delete_document("release", f"{case.life.code}/{vote.id}/count")
    assert case.life.votes.counted(vote.id) is None
    case.life.votes.count(vote.id)
    assert differing(before, everything(case, tmp_path)) == []
    turn_round(case)
    assert differing(before, everything(case, tmp_path)) == []  # frozen: nothing that comes later is told


def test_of_three_meetings_that_were_shown_only_coarse_shares_are_told(store: Store, tmp_path: Path) -> None:
    case = three_meetings_that_may_be_shown(store)
    life = case.life
    life.pulses.show(life.plan, life.meetings)
    before = everything(case, tmp_path)
    for activity, what in case.said:
        change_places(life, activity, what)
    life.pulses.delete_all(life.id)
    life.pulses.show(life.plan, life.meetings)
    assert [name for name in differing(before, everything(case, tmp_path)) if name != "file"] == []
    turn_round(case)
    assert [name for name in differing(before, everything(case, tmp_path)) if name != "file"] == []


# -- over HTTP


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbook]:
    with running_workbook(tmp_path_factory.mktemp("secret")) as running:
        yield running


def test_no_route_of_either_server_changes_with_what_one_person_said(workbook: Workbook) -> None:
    with open_store(workbook.store_url) as store:
        cases = [silent(store) for silent in SILENT]

        def everywhere() -> dict[str, str]:
            found: dict[str, str] = {}
            for case in cases:
                code, life = case.life.code, case.life
                for name in FILES:
                    path = f"/communities/{code}/{life.id}/{name}"
                    found[path] = steady(workbook.get(path))
                for path in (f"/projector/{code}", f"/projector/{code}/state"):
                    found[path] = steady(workbook.get(path))
                for path in ("", "/state", f"/community/{life.id}", f"/community/{life.id}/meetings.ics"):
                    found[f"phone {code}{path}"] = steady(workbook.participant(f"/join/{code}{path}"))
            return found

        before = everywhere()
        for case in cases:
            turn_round(case)
        assert differing(before, everywhere()) == []
    answered = {path for path, text in before.items() if text.startswith("200")}
    for part in (
        "plan.html",
        "health.csv",
        "minutes.html",
        "meetings.ics",
        "/projector/",
        "/community/fixers",
    ):
        assert any(part in path for path in answered), part
