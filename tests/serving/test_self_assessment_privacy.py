"""No view of one person: nothing that a facilitator can call, open or export changes with what one person answered.

The proof is by change: six people assess themselves, everything that others can get is written down, one of them says the
opposite everywhere, and nothing of it may differ. What reads stored answers at all is listed by name below.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ipywidgets import HTML

from learnerfirst.content import load_questionnaire, texts
from learnerfirst.errors import LearnerFirstError, NotAllowed
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.self_assessment.model import SelfAssessmentModel
from learnerfirst.pages.self_assessment.page import SelfAssessmentPage
from learnerfirst.privacy import Table
from learnerfirst.serving.participants.application import _routes as people_routes
from learnerfirst.serving.routes import routes
from learnerfirst.store import Store, open_store, tables
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.self_assessments import Assessment, SelfAssessments
from learnerfirst.workshops.workshop_file import WorkshopFile
from tests.running import Workbook, running_workbook
from tests.self_profiles import answers, key, launched, profile

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "learnerfirst"
PEOPLE = 6
READERS = {
    "private_answers",
    "keyed_submissions",
    "submissions",
    "keyed_learners",
    "learners",
    "work_answers",
}
OWN = {"mine", "my_data", "submission"}
MAY_READ = {
    "workshops/pockets.py": "hands out by pocket, about oneself for a release alone; freezes releases",
    "workshops/surveys.py": "learner surveys alone: refuses every other purpose's fields",
    "workshops/coverage_results.py": "coverage of surveys, released",
    "workshops/campaign_results.py": "groups of a campaign, released",
    "workshops/revealing.py": "the reveal of the quiz; purposes without reveal are refused",
    "workshops/totals.py": "deletion and retention",
    "workshops/guesses.py": "guesses about the room",
    "workshops/sources.py": "ways of answering, counted",
    "workshops/gap_results.py": "group results of self-assessments, released",
    "workshops/leader_vote.py": "ballots, counted once from five on; sums alone leave it",
    "workshops/profile_building.py": "ratings of work",
    "workshops/community_agreement.py": "what members agree on: about the work, unnamed, from two on",
    "workshops/community_pulses.py": "two taps after meetings, found by their purpose; three meetings at once, released",
}
NO_KEY = {"documents", "document_history", "ledger", "presence"}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbook]:
    with running_workbook(tmp_path_factory.mktemp("nobody")) as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as opened:
        yield opened


@pytest.fixture
def workshops(store: Store) -> Workshops:
    return Workshops(store, load_questionnaire)


def six(workshops: Workshops) -> tuple[str, Assessment]:
    code, one = launched(workshops, profile(8))
    for number in range(PEOPLE):
        workshops.submit(code, one.activity.id, key(number), answers(8, 2))
    return code, one


def turn_round(workshops: Workshops, code: str, one: Assessment) -> None:
    """One of them says the opposite, everywhere."""
    assert workshops.submit(code, one.activity.id, key(0), answers(8, 5))


def calls(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }


def test_only_what_is_listed_here_reads_answers_of_many() -> None:
    found = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        if not file.is_relative_to(PACKAGE / "store") and calls(file) & READERS
    }
    assert found <= set(MAY_READ), (
        "say here why this module may read answers, and that none of it shows one person"
    )
    assert not {name for name in found if name.startswith(("pages", "serving", "cli", "exchange"))}


def test_only_participant_pages_read_ones_own_answers_and_with_the_key() -> None:
    found = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        if file.relative_to(PACKAGE).parts[0] in ("pages", "serving", "cli.py") and calls(file) & OWN
    }
    assert found == {"serving/participants/api.py", "serving/participants/mine.py"}
    for name in OWN - {"submission"}:
        assert "submission_id" in inspect.signature(getattr(Workshops, name)).parameters


def test_no_notebook_reads_stored_self_assessments() -> None:
    for file in (ROOT / "notebooks").glob("*.ipynb"):
        source = "".join("".join(cell["source"]) for cell in json.loads(file.read_text("utf-8"))["cells"])
        assert not re.search(rf"\.({'|'.join(READERS | OWN)})\(", source), file.name


def test_no_public_function_of_the_page_or_the_shelf_changes_with_one_persons_answers(
    workshops: Workshops,
) -> None:
    code, one = six(workshops)

    def everything() -> dict[str, str]:
        place = SelfAssessments(workshops, code)
        model = SelfAssessmentModel(
            workshops, Desk(workshops.store, "self"), Addresses("http://10.0.0.7:8867")
        )
        model.start(code)
        page = SelfAssessmentPage(model, texts("self_assessment_page"), texts("start"))
        found = {}
        for what in (place, model, workshops):
            for name, value in inspect.getmembers(type(what)):
                if not name.startswith("_") and name not in REFUSED and reads_only(value):
                    found[f"{type(what).__name__}.{name}"] = said_by(what, name, code, one.activity.id)
        for step in ("ask", "helpers", "roles"):
            model.go(step)
            page.refresh()
            found[f"page {step}"] = "".join(widgets(page.box))
        page.close()
        return found

    everything()  # some of it is made at the first call, and kept
    before = everything()
    turn_round(workshops, code, one)
    after = everything()
    assert workshops.count(code, one.activity.id) == PEOPLE
    assert [name for name in before if before[name] != after[name]] == []
    assert {"SelfAssessments.all", "SelfAssessments.directory", "Workshops.count", "page ask"} <= set(before)


REFUSED = {
    "private_answers",
    "keyed_learners",
    "learners",
    "observe",
    "unobserve_all",
    "on_trait_change",
    "trait_values",
    "create_sample",
}
"""Not called: what reads answers (listed above), and what is no reading at all."""


def reads_only(value: Any) -> bool:
    """A property, or a function that wants no more than a code and an activity."""
    if isinstance(value, property):
        return True
    if not inspect.isfunction(value):
        return False
    wanted = [
        each.name
        for each in inspect.signature(value).parameters.values()
        if each.default is inspect.Parameter.empty
        and each.name != "self"
        and each.kind in (each.POSITIONAL_OR_KEYWORD,)
    ]
    changing = re.match(
        "(delete|reset|close|open|reveal|set|create|make|put|change|expire|hide|leave|launch|look|go|start|erase|settle|extend|end|renew|show)",
        value.__name__,
    )
    return not changing and set(wanted) <= {"code", "activity_id"}


def said_by(what: Any, name: str, code: str, activity_id: str) -> str:
    value = getattr(type(what), name)
    try:
        if isinstance(value, property):
            return plain(getattr(what, name))
        wanted = inspect.signature(value).parameters
        given = {"code": code, "activity_id": activity_id}
        return plain(getattr(what, name)(**{key: given[key] for key in given if key in wanted}))
    except LearnerFirstError as error:
        return f"{type(error).__name__}: {error}"
    except (TypeError, AttributeError) as error:
        return type(error).__name__


def plain(value: object) -> str:
    """In words, without where it lies in memory."""
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))


def widgets(widget: Any) -> Iterator[str]:
    if isinstance(widget, HTML):
        yield widget.value
    for name in ("description", "options", "value"):
        if name != "value" or not isinstance(widget, HTML):
            yield str(getattr(widget, name, ""))
    for child in getattr(widget, "children", ()):
        yield from widgets(child)


def test_the_quizs_ways_to_show_refuse_a_self_assessment(workshops: Workshops) -> None:
    code, one = six(workshops)
    workshops.close_activity(code, one.activity.id)
    for shows in (workshops.reveal, workshops.work_answers):
        with pytest.raises(NotAllowed):
            shows(code, one.activity.id)


FACILITATOR = [
    str(pattern)
    for pattern, *_ in routes(
        SimpleNamespace(base_url="/", static_paths=[], workbook=SimpleNamespace(notebook=""), open_store=None)
    )[:-1]
]


def filled(pattern: str, code: str) -> str:
    """A route's pattern with the code wherever it takes something."""
    path = re.sub(r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)\??", code, pattern)
    return path.replace("\\", "").replace("/?", "/").strip("^$")


def test_no_route_of_either_server_changes_with_one_persons_answers(workbook: Workbook) -> None:
    with open_store(workbook.store_url) as store:
        workshops = Workshops(store)
        code, one = six(workshops)
        SelfAssessments(workshops, code).open_offers()
        paths = [
            filled(pattern, code)
            for pattern in FACILITATOR
            if not re.search("page/|ernel|static|assets|ext", pattern)
        ]
        beside = [filled(pattern, code) for pattern, *_ in people_routes("")]
        beside += [f"/join/{code}/at/{one.activity.id}{end}" for end in ("", "/state")]

        def everything() -> dict[str, str]:
            found = {f"desk {path}": steady(workbook.get(path)) for path in paths}
            return found | {f"people {path}": steady(workbook.participant(path)) for path in beside}

        before = everything()
        turn_round(workshops, code, one)
        after = everything()
    assert before == after
    assert any("projector" in path and text.startswith("200") for path, text in before.items())
    assert any("helpers" in path and text.startswith("200") for path, text in before.items())
    assert not any("level_c0" in text and '"answers"' in text for text in before.values())


def steady(answer: Any) -> str:
    """Status and text, without what is new with each request."""
    text = re.sub(
        r'(xsrf"[^>]*value=")[^"]*|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,}|[0-9a-f]{16,}', r"\1", answer.text
    )
    return f"{answer.status_code} {text}"


def test_the_file_of_a_workshop_does_not_change_with_one_persons_answers(
    workshops: Workshops, tmp_path: Path
) -> None:
    code, one = six(workshops)

    def exported() -> bytes:
        WorkshopFile(workshops, code).write(tmp_path / "one")
        return (tmp_path / "one").read_bytes()

    before = exported()
    turn_round(workshops, code, one)
    assert exported() == before
    assert one.activity.id.encode() in before


def test_only_the_file_that_leaves_self_assessments_out_and_backups_are_written_by_the_workbook() -> None:
    """Whoever else writes a workshop to a file says here why no self-assessment is in it."""
    found = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        if not file.is_relative_to(PACKAGE / "store") and calls(file) & {"export_workshop", "backup"}
    }
    assert found == {"workshops/workshop_file.py", "serving/commands.py"}
    assert "export_workshop" not in calls(PACKAGE / "serving/commands.py")


def test_every_table_that_holds_a_persons_key_lets_go_of_it(
    workshops: Workshops, store: Store, tmp_path: Path
) -> None:
    code, one = six(workshops)
    offers = SelfAssessments(workshops, code).open_offers().id
    mine, helping = key(0), key(77)
    workshops.came_by(code, one.activity.id, mine, "laptop")
    workshops.submit(code, offers, helping, {"name": "Kim", "contact": "desk 4", "help_1": ["c0"]})
    named = {table.name for table in tables.METADATA.sorted_tables}
    assert named == {"submissions", "named", *NO_KEY}, "a new table: say whether it holds a person's key"
    held = rows_of(tmp_path / "lf.db")
    workshops.delete_mine(code, one.activity.id, mine)
    workshops.delete_mine(code, offers, helping)
    left = rows_of(tmp_path / "lf.db")
    gone = {table: len(held[table] - left[table]) for table in named}
    assert gone["submissions"] >= 1
    assert gone["named"] == 1
    assert all(gone[table] == 0 for table in NO_KEY)
    assert not any("Kim" in row for rows in left.values() for row in rows)
    assert workshops.mine(code, one.activity.id, mine) is None
    assert not any(secret in row for rows in held.values() for row in rows for secret in (mine, helping))


def rows_of(file: Path) -> dict[str, set[str]]:
    with closing(sqlite3.connect(file)) as opened:
        names = [table.name for table in tables.METADATA.sorted_tables]
        return {name: {repr(row) for row in opened.execute(f"SELECT * FROM {name}")} for name in names}


def test_what_is_deleted_is_in_nothing_that_is_published_later(workshops: Workshops) -> None:
    code, one = six(workshops)
    for number in range(2):
        workshops.delete_mine(code, one.activity.id, key(number))
    workshops.close_activity(code, one.activity.id)
    kept = workshops.private_answers(code, one.activity.id)
    assert len(kept) == PEOPLE - 2
    with pytest.raises(NotAllowed):
        workshops.release_table(code, one.activity.id, "levels", table_of(kept))


def table_of(kept: dict[str, dict[str, Any]]) -> Table:
    return Table({name: {"role": "agent"} for name in kept}, wanted={(): 4.0})
