"""The page "Gaps and plans", driven by its real widgets on a real store."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import vl_convert

from learnerfirst.content import texts
from learnerfirst.errors import LearnerFirstError
from learnerfirst.exchange.inbox import Inbox
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.gaps.model import GapsModel
from learnerfirst.pages.gaps.page import STEPS, GapsPage
from learnerfirst.store import Store
from learnerfirst.success_profiles import Competency, SuccessProfile
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.profile_shelf import ProfileShelf
from learnerfirst.workshops.resource_shelf import ResourceShelf
from learnerfirst.workshops.self_assessments import SelfAssessments
from tests.gaps_shown import everything_shown, markup
from tests.payloads import PAYLOADS

WORDS = texts("gaps_page")


@pytest.fixture
def inbox(tmp_path: Any) -> Inbox:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return Inbox(folder)


@pytest.fixture
def page(store: Store, workshops: Workshops, inbox: Inbox) -> Iterator[GapsPage]:
    model = GapsModel(workshops, Desk(store, "gaps"), Addresses("http://10.0.0.7:8867"), inbox)
    built = GapsPage(model, WORDS, texts("start"))
    yield built
    built.close()


@pytest.fixture
def sample(page: GapsPage, workshops: Workshops) -> GapsPage:
    page.start(workshops.create_sample().code)
    return page


def h1(page: GapsPage) -> str:
    found = re.search("<h1>(.*?)</h1>", page.head.value)
    assert found
    return found[1]


def asked(workshops: Workshops, profile: SuccessProfile, code: str | None = None) -> tuple[str, str]:
    code = code or workshops.create("Fernhill").code
    shelf = ProfileShelf(workshops.store, code)
    kept = shelf.add(profile)
    one = SelfAssessments(workshops, code).launch(shelf.publish(kept.role_id, kept.version))
    return code, one.activity.id


def clerk(count: int = 3, name: str = "Competency {}") -> SuccessProfile:
    made = tuple(
        Competency(f"c{n}", name.format(n), required=3, importance=1 + n % 5, goal=name.format("goal"))
        for n in range(count)
    )
    return SuccessProfile(
        name.format("Clerk"), made, built_on=date(2026, 9, 1), built_by=("high_performers",)
    )


def answer(workshops: Workshops, code: str, activity: str, values: str) -> None:
    profile = SelfAssessments(workshops, code).get(activity).profile
    for number, value in enumerate(values):
        sent = {f"level_{key}": value for key in profile.ids}
        workshops.submit(code, activity, f"{number + 1:032x}", sent)


# -- what is shown


def test_without_a_workshop_the_page_says_where_to_begin(page):
    page.start()
    assert "03_success_profile" in markup(page.box)
    assert h1(page) == WORDS["heading"]
    assert all(page.there[step].disabled for step in ("gaps", "curriculum", "next"))


def test_a_workshop_without_self_assessments_leads_to_where_they_are_launched(page, workshops):
    code = workshops.create("Fernhill").code
    page.start(code)
    assert f"04_self_assessment?code={code}" in markup(page.box)


def test_the_count_follows_the_store_and_the_reveal_waits_for_five(page, workshops):
    code, activity = asked(workshops, clerk())
    answer(workshops, code, activity, "111")
    page.start(code)
    step = page.steps["shown"]
    assert "open, 2 more needed" in step.rows.value
    assert step.reveal.layout.display == "none"
    assert "3 have assessed themselves" in h1(page)
    answer(workshops, code, activity, "11123")
    page.model.look()
    assert step.reveal.description == "Close and show Clerk".replace("Clerk", clerk().role)
    step.reveal.click()
    assert "5 people have answered" in step.warn.value
    step.keep.click()
    assert workshops.activity(code, activity).state == "open"
    step.reveal.click()
    step.sure.click()
    assert workshops.activity(code, activity).state == "closed"
    assert page.model.step == "gaps"
    assert "can&#x27;t be told apart" in h1(page) or "comes first" in h1(page)


def test_the_reveal_that_fails_says_why_and_can_be_tried_again(page, workshops, monkeypatch):
    code, activity = asked(workshops, clerk())
    answer(workshops, code, activity, "11123")
    page.start(code)
    step = page.steps["shown"]
    step.reveal.click()
    real = workshops.store.engine

    def broken(*_: Any, **__: Any) -> Any:
        raise LearnerFirstError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(workshops, "release_table", broken)
        step.sure.click()
    assert "The disk is full." in page.notice.text
    assert workshops.store.engine is real
    step.reveal.click()
    step.sure.click()
    assert page.model.shown


# -- gaps


def test_the_sample_opens_with_its_results_and_tells_its_planted_findings(sample):
    assert sample.model.step == "gaps"
    assert h1(
        sample
    ) == "Machine operator: the first 2 can&#x27;t be told apart at 36 people: " + " and ".join(
        one.competency.name for one in sample.model.gaps.tied
    )
    told = markup(sample.box)
    assert "two levels or more below" in told
    assert "Service agent (16)" in told
    assert "Shift leader (8)" in told
    assert "most or all" in told


def test_each_picture_compiles_as_the_vega_lite_that_the_page_carries_and_has_its_table(sample):
    sample.there["curriculum"].click()
    gaps, curriculum = sample.steps["gaps"], sample.steps["curriculum"]
    for chart in (gaps.heat, gaps.first, gaps.quadrants, curriculum.map):
        [output] = chart.output.outputs
        [(mime, spec)] = output["data"].items()
        assert mime == "application/vnd.vegalite.v5+json"
        assert "description" in spec
        svg = vl_convert.vegalite_to_svg(json.dumps(spec), vl_version="5.20")
        assert "<svg" in svg
    for table in (gaps.heat_table, gaps.first_table, gaps.quadrant_table, curriculum.map_table):
        assert "<table>" in table.value


def test_another_role_changes_table_and_headline(sample):
    sample.steps["gaps"].role.which.value = "Service agent"
    assert h1(sample).startswith("Service agent:")
    assert (
        "Calming" in sample.steps["gaps"].first_table.value
        or "calm" in sample.steps["gaps"].first_table.value
    )


def test_drawing_twice_sends_nothing_new(sample):
    for step in STEPS:
        sample.there[step].click()
    changes: list[Any] = []
    step = sample.steps["gaps"]
    for widget in (step.heat_table, step.first_table, step.notes, step.ranks):
        widget.observe(changes.append, names="value")
    step.heat.output.observe(changes.append, names="outputs")
    sample.model.look()
    sample.refresh()
    assert changes == []


# -- curriculum


def test_the_sample_s_curriculum_names_the_gap_that_nobody_serves_and_the_untagged(sample):
    sample.there["curriculum"].click()
    step = sample.steps["curriculum"]
    assert h1(sample).startswith("No resource leads to")
    assert "no resource at all" in step.map_table.value
    assert "Resources that lead nowhere yet: 5" in step.tags.list.value
    assert "Try first" in step.triage.value


def test_triage_names_people_of_the_directory_alone_and_building_comes_last(sample, workshops):
    from learnerfirst.pages.gaps.curriculum import triage_of

    sample.there["curriculum"].click()
    found = triage_of(sample.model)
    assert found
    assert all(one.options[-1].id == "build" for one in found)
    directory = {one.name for one in sample.model.helpers}
    named = {name for one in found for option in one.options if option.id == "peer" for name in option.names}
    assert named <= directory
    assert named


def test_a_resource_is_lined_up_and_leaves_the_list(sample):
    sample.there["curriculum"].click()
    tags = sample.steps["curriculum"].tags
    name = tags.resource.value
    tags.competency.value = "new_steel"
    tags.tag.click()
    assert "Resources that lead nowhere yet: 4" in tags.list.value
    assert any(one.name == name and one.spans("new_steel") for one in sample.model.resources)


def test_levels_that_go_down_are_refused_and_nothing_is_lost(sample):
    sample.there["curriculum"].click()
    tags = sample.steps["curriculum"].tags
    tags.low.value, tags.high.value = 4, 2
    tags.tag.click()
    assert "lf-bad" in sample.notice.text
    assert (tags.low.value, tags.high.value) == (4, 2)


def test_a_catalogue_comes_in_after_its_words_were_confirmed(page, workshops, inbox):
    code, _ = asked(workshops, clerk())
    page.start(code)
    page.there["curriculum"].click()
    assert h1(page) == WORDS["headline"]["empty"]
    (inbox.folder / "list.csv").write_text(
        "Title;Skill;Level;Minutes\nFilm;Competency 0;0-3;8\nGuide;Compet. one;Beginner;20\nTalk;;;30\n"
    )
    form = page.steps["curriculum"].incoming
    form.upload.uploaded = {"name": "list.csv"}
    assert "Confirm what its words mean" in form.said.value
    assert list(form.meanings) == ["Compet. one"]
    assert not page.model.resources
    form.meanings["Compet. one"].value = "c1"
    for field in form.levels.values():
        field.value = "0-2"
    form.take.click()
    served = {one.name: {span.competency for span in one.serves} for one in page.model.resources}
    assert served == {"Film": {"c0"}, "Guide": {"c1"}, "Talk": set()}
    assert "Not lined up to a competency yet: 1" in page.notice.text
    assert h1(page).startswith("No resource leads to")


def test_a_file_that_is_no_catalogue_is_refused_in_words(page, workshops, inbox):
    code, _ = asked(workshops, clerk())
    page.start(code)
    page.there["curriculum"].click()
    (inbox.folder / "bad.csv").write_bytes(b"\x00\x01\x02")
    page.steps["curriculum"].incoming.upload.uploaded = {"name": "bad.csv"}
    assert "lf-bad" in page.notice.text
    assert not page.model.resources


# -- what next


def decided(
    page: GapsPage, what: str = "Ask Ana to show it", owner: str = "Bo", due: str = "2026-12-01"
) -> None:
    page.there["next"].click() if page.model.step != "next" else None
    step = page.steps["next"]
    step.what.value, step.owner.value, step.due.value = what, owner, due
    step.save.click()


def test_a_decision_is_kept_told_and_removed(sample):
    decided(sample)
    assert h1(sample) == "1 decided, by 2026-12-01"
    step = sample.steps["next"]
    assert "Ask Ana to show it" in step.list.value
    assert step.what.value == ""
    step.remove.click()
    assert sample.model.decisions == ()


def test_a_decision_that_is_not_whole_keeps_what_was_typed(sample):
    decided(sample, owner="", due="soon")
    assert "who sees to it" in sample.notice.text
    assert "YYYY-MM-DD" in sample.notice.text
    assert sample.steps["next"].what.value == "Ask Ana to show it"


def test_a_store_that_fails_keeps_what_was_typed_and_says_so(sample, monkeypatch):
    def broken(*_: Any, **__: Any) -> Any:
        raise LearnerFirstError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(sample.model.workshops.store, "change_document", broken)
        sample.there["next"].click()
        decided(sample)
    assert "The disk is full." in sample.notice.text
    assert sample.steps["next"].what.value == "Ask Ana to show it"
    assert sample.model.decisions == ()


def test_what_the_first_step_may_be_is_suggested_from_the_triage(sample):
    sample.there["next"].click()
    step = sample.steps["next"]
    for one in step.triage:
        step.gap.value = one.competency
        assert step.option.value == one.first.id


# -- whatever people type


def test_no_text_becomes_markup_on_the_page_in_files_or_on_the_projector(page, workshops):
    made = tuple(
        Competency(f"c{n}", payload[:100], required=3, importance=4, goal=payload[:100])
        for n, payload in enumerate(PAYLOADS[:60])
    )
    role = PAYLOADS[0][:60]
    code, activity = asked(workshops, SuccessProfile(role, made, built_by=("manager",)))
    answer(workshops, code, activity, "01123")
    ResourceShelf(workshops.store, code).add(
        [_resource(payload[:80], *(("c0",) if n % 2 else ())) for n, payload in enumerate(PAYLOADS)]
    )
    page.start(code)
    page.steps["shown"].reveal.click()
    page.steps["shown"].sure.click()
    for payload in PAYLOADS[:8]:
        decided(page, what=payload[:200], owner=payload[:60])
    assert len(page.model.decisions) == 8
    told = "\n".join(everything_shown(workshops, code))
    assert not re.search(
        r"<(script|img|iframe|svg/?onload|b>|body on|a href=.?javascript)", told, re.IGNORECASE
    )


def _resource(name: str, *competencies: str) -> Any:
    from learnerfirst.plans.resource import Resource, Span

    return Resource(name, tuple(Span(one, 0, 3) for one in competencies))


# -- large


def test_sixty_competencies_and_five_hundred_people_work_on_the_page(page, workshops):
    code, activity = asked(workshops, clerk(60))
    answer(workshops, code, activity, "0123450123" * 50)
    page.start(code)
    page.steps["shown"].reveal.click()
    page.steps["shown"].sure.click()
    assert "500" in markup(page.box)
    for step in STEPS:
        page.there[step].click()
        assert page.notice.text == "" or "lf-bad" not in page.notice.text
