"""The questionnaire as a widget, the self-serve page, the own result, and handing answers over: no browser needed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest

from learnerfirst import content
from learnerfirst.pages.handover import SELF_SERVE, Reception
from learnerfirst.pages.own_result import own_result
from learnerfirst.pages.questionnaire_widget import QuestionnaireWidget, scoped_css
from learnerfirst.pages.self_serve import SelfServeModel, SelfServePage
from tests.running import free_ports
from tests.serving.participants_site import Site, running_participants

KEY = "7K2M9QXD0011ABCD"
FILLS = {"referent": "team", "month_year": "November 2027"}
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_participants(tmp_path_factory.mktemp("handed")) as running:
        yield running


def sheet(today: str = "b", wanted: str = "f") -> dict[str, dict[str, str]]:
    quick = content.load_questionnaire("learner_power").in_form("quick")
    return {question.id: {"today": today, "wanted": wanted} for question in quick.questions}


def result(answers: dict[str, dict[str, str]], **more: object) -> object:
    quick = content.load_questionnaire("learner_power").in_form("quick")
    return own_result(answers, quick, fills=FILLS, **more)


def model_for(url: str) -> SelfServeModel:
    quiz = content.load_questionnaire("learner_power")
    return SelfServeModel(quiz, Reception(f"quiz/{SELF_SERVE}", url, wait=2), today=lambda: DAY)


# ---- the own result


def test_the_headline_is_the_finding_and_the_picture_has_words() -> None:
    found = result(sheet())
    assert found.headline == "Today: Blended. Wanted: Facilitated."
    assert "<title" in found.picture
    assert [one.name for one in found.meanings] == ["Blended", "Facilitated"]
    assert found.rows[0] == ("today", "Blended (1.0, range 1.0 to 1.0 on a scale from 0 to 3)")


def test_staying_is_said_as_such() -> None:
    found = result(sheet("b", "b"))
    assert found.headline == "Today: Blended. Wanted: the same."
    assert len(found.meanings) == 1


def test_a_failed_gate_is_named_with_the_average() -> None:
    answers = sheet("f", "f")
    answers["trust_1"] = answers["trust_2"] = {"today": "e", "wanted": "f"}
    found = result(answers)
    assert found.headline.startswith("Today: Blended.")
    assert any("Facilitated" in note and "Trust" in note for note in found.notes)


def test_every_choice_is_listed_with_what_it_gives_and_costs() -> None:
    found = result(sheet())
    assert len(found.choices) == 11
    first = found.choices[0]
    assert first.question == "Who chose what people in my team learned?"
    assert (first.gives, first.costs) == ("more variety", "fuller diaries")
    assert first.wanted == "A coordinator sets topics from wishes"


def test_too_few_answers_give_no_position_and_name_what_is_missing() -> None:
    found = result({"trust_1": {"today": "e"}})
    assert found.picture == ""
    assert "Leaders' support" in found.notes[0]
    assert found.choices[0].today == "can't say"


def test_a_pulse_never_names_a_stage() -> None:
    quiz = content.load_questionnaire("learner_power")
    answers = {question.id: {"today": "b"} for question in quiz.in_form("pulse").questions}
    found = own_result(answers, quiz.in_form("pulse"), form="pulse", fills=FILLS)
    assert found.picture == ""
    assert found.meanings == ()


def test_a_plan_has_dates_only_when_a_start_is_given() -> None:
    assert result(sheet()).plan == ()
    planned = result(sheet(), start=DAY)
    assert planned.plan[0].start == DAY
    assert "22 November 2026" in planned.html()


def test_a_piece_of_a_page_has_no_style_attribute_and_no_script_and_a_file_needs_nothing_else() -> None:
    found = result(sheet(), start=DAY)
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", found.html())
    text = found.document()
    assert text.startswith("<!doctype html>")
    assert not re.search(r'(?:src|href)="', text)
    assert "<details open>" in text
    assert json.dumps(found.as_dict())


# ---- the widget


def test_the_widget_gets_the_same_json_as_phones_and_no_answer_key() -> None:
    quiz = content.load_questionnaire("learner_power").in_form(None)
    widget = QuestionnaireWidget(quiz, fills=FILLS)
    assert widget.sheet == json.loads(json.dumps(quiz.for_front_end(FILLS)))
    state = json.dumps({name: widget.get_state()[name] for name in ("sheet", "texts", "consent", "settings")})
    assert "embedded" not in state
    assert "position" not in widget.sheet
    widget.close()


def test_a_submission_is_passed_on_each_time_it_is_sent_and_settled_by_its_id() -> None:
    seen: list[str] = []
    widget = QuestionnaireWidget(
        content.load_questionnaire("learner_power").in_form("pulse"),
        fills=FILLS,
        submitted=lambda submission: seen.append(submission["attempt"]),
    )
    widget.submission = {"id": KEY, "answers": {}, "attempt": "1"}
    widget.settle("offline", "No line")
    widget.submission = {"id": KEY, "answers": {}, "attempt": "2"}
    widget.settle("saved", html="<p>done</p>")
    assert seen == ["1", "2"]
    assert widget.outcome["id"] == KEY
    assert (widget.outcome["phase"], widget.outcome["attempt"]) == ("saved", "2")
    widget.close()


def test_the_widgets_styles_stay_inside_it() -> None:
    css = scoped_css()
    assert ":root" not in css
    assert not re.search(r"(?m)^(html|body)\b", css)
    assert "--accent: #0d5f63" in css


# ---- the self-serve page


def test_with_consent_answers_are_stored_by_the_participant_process(site: Site) -> None:
    model = model_for(site.url)
    model.take({"id": KEY, "answers": sheet(), "keep": True, "seconds": 300})
    assert model.settled is not None
    assert model.settled.phase == "saved"
    assert "A plan with dates" in model.settled.html
    assert site.workshops.mine(f"quiz/{SELF_SERVE}", "learner_power", KEY) == sheet()


def test_without_consent_the_result_is_shown_and_nothing_leaves_the_kernel(site: Site) -> None:
    before = site.workshops.count(f"quiz/{SELF_SERVE}", "learner_power")
    model = model_for(site.url)
    model.take({"id": "0" * 16, "answers": sheet(), "keep": False})
    assert model.settled is not None
    assert (model.settled.phase, model.settled.message) == ("shown", "")
    assert site.workshops.count(f"quiz/{SELF_SERVE}", "learner_power") == before


def test_when_the_participant_process_is_away_the_result_is_shown_and_the_answers_wait() -> None:
    page = SelfServePage(model_for(f"http://127.0.0.1:{free_ports(1)[0]}"))
    page.widget.submission = {"id": KEY, "answers": sheet(), "keep": True, "attempt": "1"}
    assert page.widget.outcome["phase"] == "offline"
    assert "Today: Blended" in page.widget.outcome["html"]
    assert "kept in this browser" in page.widget.outcome["message"]
    page.close()


def test_a_reply_that_was_lost_on_the_way_comes_again(site: Site) -> None:
    page = SelfServePage(model_for(site.url))
    for attempt in ("1", "2"):
        page.widget.submission = {"id": "9" * 16, "answers": sheet(), "keep": True, "attempt": attempt}
        assert (page.widget.outcome["phase"], page.widget.outcome["attempt"]) == ("saved", attempt)
    page.close()


def test_answers_that_do_not_fit_are_refused_in_words() -> None:
    model = model_for("")
    model.take({"id": KEY, "answers": {"trust_1": {"today": "zzz"}}, "keep": True})
    assert model.settled is not None
    assert model.settled.phase == "refused"
    assert "reload" in model.settled.message


def test_an_exception_in_taking_answers_is_shown_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    page = SelfServePage(model_for(""))
    page.widget.submission = {
        "answers": sheet(),
        "keep": True,
        "id": KEY,
        "seconds": "not a number",
        "attempt": "1",
    }
    assert "went wrong" in page.notice.text
    assert page.widget.outcome["phase"] == "refused"
    assert "went wrong" in page.widget.outcome["message"]
    page.close()


# ---- handing over


@pytest.mark.parametrize(
    ("path", "answers", "phase"),
    [
        (f"quiz/{SELF_SERVE}", {"trust_1": {"today": "b"}}, "saved"),
        (f"quiz/{SELF_SERVE}", {"trust_1": {"today": "zzz"}}, "refused"),
        ("quiz/no-such-quiz", {}, "refused"),
    ],
)
def test_handing_over_says_what_came_of_it(
    site: Site, path: str, answers: dict[str, object], phase: str
) -> None:
    assert Reception(path, site.url).hand_over("1234567890ABCDEF", answers).phase == phase


def test_without_an_address_or_an_answer_it_is_offline() -> None:
    assert Reception("quiz/x", "").hand_over(KEY, {}).phase == "offline"
    assert (
        Reception("quiz/x", f"http://127.0.0.1:{free_ports(1)[0]}", wait=1).hand_over(KEY, {}).phase
        == "offline"
    )
