"""Content files: what is refused, in which words, and where files are found."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnerfirst import content
from learnerfirst.content.folders import data_folder
from learnerfirst.content.samples import read_answers
from learnerfirst.content.strict_yaml import MAX_BYTES, load_yaml, read_yaml
from learnerfirst.errors import ContentError
from learnerfirst.questionnaire import CHOICES, KINDS

TEA = """\
id: "tea"
title: "Tea"
questions:
  - id: "q1"
    kind: "single"
    stem: "Tea?"
    options:
      - id: "y"
        text: "Yes"
      - id: "n"
        text: "No"
"""


def faults_of(call, *arguments):
    with pytest.raises(ContentError) as caught:
        call(*arguments)
    return caught.value.faults


def written(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return file


@pytest.fixture
def own(tmp_path, monkeypatch) -> Path:
    """A folder of the user's own that stands in front of ours."""
    monkeypatch.setenv("LEARNERFIRST_CONTENT_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("text", "where", "found", "allowed"),
    [
        ("a: 1\nb:\n  c: 1\n  c: 2\n", "x.yaml: b.c (line 4)", "the same key a second time", "each key once"),
        ("a: &x 1\n", "x.yaml: a (line 1)", "the anchor &x", "no anchors"),
        ("a: [1, *x]\n", "x.yaml: a[1] (line 1)", "the alias *x", "write the value out"),
        ("a: !!str 1\n", "x.yaml: a (line 1)", "the tag", "no tags"),
        ("a: !!python/object/apply:os.system [x]\n", "x.yaml: a (line 1)", "the tag", "no tags"),
        ("a:\n  - 'b'\n  - no\n", "x.yaml: a[1] (line 3)", "no without quotes", "put a text in quotes"),
        ("a: Yes\n", "x.yaml: a (line 1)", "Yes without quotes", "put a text in quotes"),
        ("no: 1\n", "x.yaml: (key) (line 1)", "no without quotes", "put a text in quotes"),
        ("a: 12:30\n", "x.yaml: a (line 1)", "12:30 without quotes", "put a text in quotes"),
        ("a: 010\n", "x.yaml: a (line 1)", "010 without quotes", "put a text in quotes"),
        ("a: 2027-01-31\n", "x.yaml: a (line 1)", "2027-01-31 without quotes", "put a text in quotes"),
        ("a: 0x1F\n", "x.yaml: a (line 1)", "0x1F without quotes", "put a text in quotes"),
        ("a: 1_000\n", "x.yaml: a (line 1)", "1_000 without quotes", "put a text in quotes"),
        ("a: .inf\n", "x.yaml: a (line 1)", ".inf without quotes", "put a text in quotes"),
        ("a: ~\n", "x.yaml: a (line 1)", "~ without quotes", "put a text in quotes"),
        ("a:\n", "x.yaml: a (line 1)", "nothing after the colon", "put a text in quotes"),
        ("1: 2\n", "x.yaml: the file (line 1)", "the key 1", "keys are texts"),
        ("a: 1\n---\nb: 1\n", "x.yaml: the file (line 2)", "a second document", "one document a file"),
        ("a: [1\nb: 2", "x.yaml: the file (line 2)", "did not find", "valid YAML"),
        ("a: '\x07'\n", "x.yaml: the file (line 1)", "unacceptable character", "valid YAML"),
        ("a: " + "[" * 500 + "]" * 500, "x.yaml: the file (line 1)", "more than 30 levels", "valid YAML"),
        ("- a\n", "x.yaml: the file", "a list", "a mapping (key: value) at the top"),
        ("", "x.yaml: the file", "nothing", "a mapping (key: value) at the top"),
        (b"a: '\xff'\n", "x.yaml: the file", "not UTF-8", "UTF-8"),
        (
            b"a: '" + b"x" * MAX_BYTES + b"'",
            "x.yaml: the file",
            f"{MAX_BYTES + 5} bytes",
            f"at most {MAX_BYTES}",
        ),
    ],
)
def test_what_can_be_misread_is_refused_with_file_key_value_and_what_is_allowed(
    tmp_path, text, where, found, allowed
):
    fault = faults_of(load_yaml, written(tmp_path, "x.yaml", text))[0]
    assert fault.where == where
    assert found in fault.found
    assert allowed in fault.allowed


def test_a_bomb_of_aliases_is_refused_before_it_grows(tmp_path):
    lines = ["a0: &a0 ['x']"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    started = time.process_time()
    assert len(faults_of(load_yaml, written(tmp_path, "x.yaml", "\n".join(lines)))) > 100
    assert time.process_time() - started < 1


def test_plain_values_keep_their_types_and_lines(tmp_path):
    file = written(
        tmp_path, "x.yaml", 'a: "no"\nb: [12, -1.5, true, null]\nc: plain text, 3 words\nd: "1.10"\n'
    )
    loaded = read_yaml(file)
    assert loaded.data == {"a": "no", "b": [12, -1.5, True, None], "c": "plain text, 3 words", "d": "1.10"}
    assert loaded.where(("b", 2)) == "x.yaml: b[2] (line 2)"


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=60)
    | st.text(alphabet="ab:-?[]{}&*!|>'\"#%@,~ \n\t01.", max_size=60).map(lambda text: text.encode())
)
def test_any_bytes_are_read_as_plain_values_or_refused_by_our_own_exception(tmp_path_factory, content_bytes):
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(content_bytes)
    try:
        data = load_yaml(file)
    except ContentError as error:
        faults = error.faults
    else:
        faults = ()
        assert isinstance(data, dict)
        json.dumps(data, allow_nan=False)
    assert all(fault.where.startswith("any.yaml: ") for fault in faults)


def test_the_largest_allowed_file_is_read(tmp_path):
    text = b"a: '" + b"x" * (MAX_BYTES - 5) + b"'"
    assert len(load_yaml(written(tmp_path, "x.yaml", text))["a"]) == MAX_BYTES - 5


def test_a_missing_file_says_so(tmp_path):
    assert "No such file" in faults_of(load_yaml, tmp_path / "none.yaml")[0].found


@pytest.mark.parametrize(
    ("old", "new", "where", "found", "allowed"),
    [
        ('id: "tea"', "id: 7", "id (line 1)", "7", "a text; put it in quotes"),
        ('title: "Tea"', "title: 1.10", "title (line 2)", "1.1", "a text; put it in quotes"),
        ('title: "Tea"', 'title: " "', "title (line 2)", "' '", "a text"),
        ('title: "Tea"\n', "", "the file (line 1)", "no title", "title is needed"),
        (
            'title: "Tea"',
            'caption: "Tea"\ntitle: "Tea"',
            "caption (line 2)",
            "'Tea'",
            "unknown key; allowed: id",
        ),
        ('"single"', '"radio"', "questions[0].kind (line 5)", "'radio'", f"one of: {', '.join(KINDS)}"),
        ('"No"', "12", "questions[0].options[1].text (line 11)", "12", "a text"),
        ('"n"', '"y"', "questions[0].options[1].id (line 10)", "'y'", "each option id once"),
        ('"q1"', '"Q 1"', "questions[0].id (line 4)", "'Q 1'", "small letters"),
        ('"q1"', '"topic_x"', "questions[0].id (line 4)", "'topic_x'", "kept for topics"),
        ('"single"', '"number"', "questions[0].options (line 7)", "2", "no options with kind number"),
        (
            'kind: "single"',
            'kind: "single"\n    section: "s"',
            "questions[0].section (line 6)",
            "'s'",
            "one of",
        ),
        (
            'kind: "single"',
            'kind: "single"\n    required: "yes"',
            "questions[0].required (line 6)",
            "'yes'",
            "true or false",
        ),
    ],
)
def test_loading_a_quiz_names_file_key_line_value_and_what_is_allowed(
    tmp_path, old, new, where, found, allowed
):
    file = written(tmp_path, "tea.yaml", TEA.replace(old, new))
    fault = faults_of(content.load_questionnaire, file)[0]
    assert fault.where == f"tea.yaml: {where}"
    assert fault.found == found
    assert allowed in fault.allowed


@pytest.mark.parametrize(
    ("question", "allowed"),
    [
        ('{id: "a", kind: "single", stem: "?"}', "two options or more"),
        ('{id: "a", kind: "scale", stem: "?"}', "whole numbers, for a scale"),
        ('{id: "a", kind: "scale", stem: "?", low: 1, high: 2.5}', "whole numbers, for a scale"),
        ('{id: "a", kind: "scale", stem: "?", low: 5, high: 5}', "low below high"),
        ('{id: "a", kind: "scale", stem: "?", low: 0, high: 11}', "at most 11 points"),
        ('{id: "a", kind: "number", stem: "?", low: 5, high: 4}', "low below high"),
        ('{id: "a", kind: "number", stem: "?", low: "5"}', "a number, without quotes"),
        ('{id: "a", kind: "scale", stem: "?", low: 1, high: 5, anchors: ["x"]}', "two texts"),
        ('{id: "a", kind: "long_text", stem: "?", max_length: 0}', "from 1 to 10000"),
        ('{id: "a", kind: "long_text", stem: "?", perspectives: ["later"]}', "one of: today, wanted"),
        ('{id: "a", kind: "long_text", stem: "?", forms: ["quick"]}', "one of"),
        ('"a"', "a mapping"),
    ],
)
def test_fields_that_do_not_go_with_a_kind_are_refused(tmp_path, question, allowed):
    file = written(tmp_path, "t.yaml", f'id: "t"\ntitle: "T"\nquestions:\n  - {question}\n')
    assert any(allowed in fault.allowed for fault in faults_of(content.load_questionnaire, file))


def test_all_faults_of_a_file_are_reported_at_once(tmp_path):
    broken = TEA.replace('"tea"', "1").replace('"Tea?"', "2").replace('"No"', "[3]")
    assert len(faults_of(content.load_questionnaire, written(tmp_path, "tea.yaml", broken))) == 3


def test_every_kind_of_question_can_be_written_and_loaded(own):
    lines = ['id: "kinds"\ntitle: "Kinds"\nquestions:']
    options = 'options: [{id: "a", text: "A"}, {id: "b", text: "B"}]'
    extra = dict.fromkeys(KINDS, "") | dict.fromkeys(CHOICES, f", {options}")
    extra |= {"scale": ', low: 1, high: 5, anchors: ["no", "yes"]', "number": ", low: 0"}
    lines += [f'  - {{id: "{kind}", kind: "{kind}", stem: "?"{extra[kind]}}}' for kind in KINDS]
    written(own, "questionnaires/kinds.yaml", "\n".join(lines))
    assert [question.kind for question in content.load_questionnaire("kinds").questions] == list(KINDS)
    assert content.check(own).ok, content.check(own)


def test_a_quiz_is_loaded_once_and_again_when_its_file_changes(tmp_path):
    file = written(tmp_path, "tea.yaml", TEA)
    first = content.load_questionnaire(file)
    assert content.load_questionnaire(str(file)) is first
    written(tmp_path, "tea.yaml", TEA.replace('"Tea"', '"Green tea"'))
    assert content.load_questionnaire(file).title == "Green tea"


def test_loaded_content_cannot_be_changed_and_still_travels():
    words = content.texts("learner_power_result")
    for change in (words.clear, words.popitem, lambda: words.update(a="b"), lambda: words.pop("x", 1)):
        with pytest.raises(TypeError, match="cannot be changed"):
            change()
    with pytest.raises(TypeError, match="cannot be changed"):
        words["a"] = "b"
    assert pickle.loads(pickle.dumps(words)) == words == json.loads(json.dumps(words))


@pytest.mark.parametrize(
    "name", ["nope", "../learner_power", "/etc/passwd", "", "a" * 99, "x\0", "LEARNER_POWER"]
)
def test_an_unknown_name_is_refused_and_the_names_there_are_listed(name):
    fault = faults_of(content.load_questionnaire, name)[0]
    assert "there are: learner_power" in fault.allowed


def test_a_checkout_comes_before_a_stale_copy_in_the_package(tmp_path):
    package = tmp_path / "learnerfirst"
    (package / "_content" / "data").mkdir(parents=True)
    assert data_folder(package) == package / "_content" / "data"
    (tmp_path / "data" / "schemas").mkdir(parents=True)
    assert data_folder(package) == package / "_content" / "data"
    (tmp_path / "pyproject.toml").touch()
    assert data_folder(package) == tmp_path / "data"


def test_without_any_content_the_error_says_what_to_do(tmp_path):
    assert "install learnerfirst" in faults_of(data_folder, tmp_path / "learnerfirst")[0].allowed


def test_own_content_comes_before_ours_and_ours_stays_reachable(own):
    written(own, "questionnaires/tea.yaml", TEA)
    assert content.load_questionnaire("tea").title == "Tea"
    assert content.load_questionnaire("learner_power").id == "learner_power"
    assert content.questionnaire_names() == ("learner_power", "learner_survey", "tea")


def test_a_missing_folder_of_own_content_is_an_error(own, monkeypatch):
    monkeypatch.setenv("LEARNERFIRST_CONTENT_DIR", str(own / "none"))
    assert faults_of(content.load_questionnaire, "tea")[0].where == "LEARNERFIRST_CONTENT_DIR"


def test_texts_are_laid_over_each_other_key_by_key(own):
    ours = content.texts("learner_power_result")
    changed = {"talk.split": "Two camps on {dimension}."}
    written(own, "texts/learner_power_result.yaml", '"talk.split": "Two camps on {dimension}."\n')
    assert content.texts("learner_power_result") == {**ours, **changed}
    written(own, "texts/learner_power_result.de.yaml", '"talk.spread": "{dimension}: verstreut."\n')
    german = {**ours, **changed, "talk.spread": "{dimension}: verstreut."}
    assert content.texts("learner_power_result", "de") == german
    assert content.texts("learner_power_result", "fr") == {**ours, **changed}
    assert "learner_power_result" in faults_of(content.texts, "nothing_here")[0].allowed


def test_texts_that_are_not_texts_are_refused(own):
    written(own, "texts/mine.yaml", 'a:\n  b: 3\nc: ["x", 4]\n')
    assert [fault.where for fault in faults_of(content.texts, "mine")] == [
        "mine.yaml: a.b (line 2)",
        "mine.yaml: c[1] (line 3)",
    ]


def test_what_we_ship_passes_the_full_check():
    report = content.check()
    assert report.ok, str(report)
    assert {"questionnaires/learner_power.yaml", "social_solutions.yaml", "samples/organisation.yaml"} <= {
        file.relative_to(report.folder).as_posix() for file in report.files
    }
    assert f"{len(report.files)} files checked, no faults" in str(report)


def shipped(name: str) -> str:
    return (data_folder() / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "where", "allowed"),
    [
        (
            "social_solutions.yaml",
            'effort: "low"',
            'effort: "tiny"',
            "solutions[0].effort",
            "one of: low, medium",
        ),
        (
            "social_solutions.yaml",
            '["embedded"]',
            '["elsewhere"]',
            "solutions[0].fits_stages[0]",
            "one of: embedded",
        ),
        (
            "social_solutions.yaml",
            '"onboarding"]',
            '"boarding"]',
            "solutions[0].fits_topics[2]",
            "one of: required",
        ),
        (
            "social_solutions.yaml",
            '"in_person", "call"]',
            '"fax"]',
            "solutions[0].access[0]",
            "one of: in_person",
        ),
        ("learner_power_plan.yaml", "weeks: 12", 'weeks: "12"', "legs[0].steps[0].weeks", "a whole number"),
        ("learner_power_plan.yaml", "weeks: 12", "weeks: 105", "legs[0].steps[0].weeks", "at most 104"),
        (
            "learner_power_plan.yaml",
            'source: "millington"',
            'source: "me"',
            "legs[1].steps[3].source",
            "millington",
        ),
        ("learner_power_plan.yaml", '  source: "millington"\n', "  \n", "legs[1].steps[3]", "needed: source"),
        ("learner_power_plan.yaml", 'to: "blended"', 'to: "facilitated"', "legs[0]", "one stage up or down"),
        (
            "learner_power_plan.yaml",
            'dimension: "trust"',
            'dimension: "time"',
            "advice",
            "one entry for trust",
        ),
        ("learner_power_plan.yaml", "advice:", "advise:", "advise", "allowed keys: id"),
        (
            "questionnaires/learner_power.yaml",
            "cannot_say: true",
            'cannot_say: "x"',
            "cannot_say",
            "true or false",
        ),
        (
            "questionnaires/learner_power.yaml",
            'language: "en"',
            'language: "English"',
            "language",
            "such as en",
        ),
        ("questionnaires/learner_power.yaml", '- id: "blended"', '- id: "mixed"', "stages", "in this order"),
        (
            "questionnaires/learner_power.yaml",
            "think_aloud: 6",
            "think_aloud: 0",
            "field_tests.needs.think_aloud",
            "1",
        ),
    ],
)
def test_the_check_finds_what_is_wrong_in_a_folder_of_ones_own(tmp_path, name, old, new, where, allowed):
    text = shipped(name)
    assert old in text
    written(tmp_path, name, text.replace(old, new, 1))
    faults = content.check(tmp_path).faults
    assert faults, "the fault was not found"
    assert any(f": {where}" in fault.where and allowed in fault.allowed for fault in faults), [
        *map(str, faults)
    ]
    assert all(Path(name).name in fault.where or "learner_power: stages" in fault.where for fault in faults)


def test_the_check_reports_every_file_at_once_and_names_what_it_read(tmp_path):
    written(tmp_path, "questionnaires/tea.yaml", TEA.replace('"Tea"', "1"))
    written(tmp_path, "questionnaires/good.yaml", TEA)
    written(tmp_path, "texts/a.yaml", "a: 1\n")
    written(tmp_path, "notes.txt", "x")
    written(tmp_path, "odd.yaml", "a: 1\n")
    written(tmp_path, "README.md", "x")
    report = content.check(tmp_path)
    assert [fault.where.split(":")[0] for fault in report.faults] == [
        "notes.txt",
        "odd.yaml",
        "questionnaires/tea.yaml",
        "texts/a.yaml",
    ]
    assert "5 files checked, 4 faults" in str(report)


def test_an_empty_or_missing_folder_does_not_pass_the_check(tmp_path):
    assert not content.check(tmp_path).ok
    assert faults_of(content.check, tmp_path / "none")[0].where == "folder"


def test_a_translation_keeps_ids_and_placeholders(tmp_path):
    german = shipped("questionnaires/learner_power.yaml").replace('language: "en"', 'language: "de"')
    good = german.replace(
        "Who chose what people {within_referent} learned?", "Wer wählte {within_referent} aus?"
    )
    written(tmp_path, "questionnaires/learner_power.de.yaml", good)
    assert content.check(tmp_path).ok, content.check(tmp_path)
    bad = good.replace('section: "aims"', 'section: "room"', 1).replace("{within_referent} aus", "{wo} aus")
    written(tmp_path, "questionnaires/learner_power.de.yaml", bad)
    written(tmp_path, "texts/learner_power_result.de.yaml", '"talk.splitt": "x"\n')
    assert [
        (fault.where.split(": ")[1].split(" ")[0], fault.found) for fault in content.check(tmp_path).faults
    ] == [
        ("questions[0].section", "'room'"),
        ("questions[0].stem", "{wo}"),
        ("talk.splitt", "a key of its own"),
    ]


def test_a_translation_is_loaded_where_there_is_one(own):
    german = shipped("questionnaires/learner_power.yaml").replace('language: "en"', 'language: "de"')
    written(own, "questionnaires/learner_power.de.yaml", german)
    assert content.load_questionnaire("learner_power", "de").language == "de"
    assert content.load_questionnaire("learner_power.de").language == "de"
    assert content.load_questionnaire("learner_power", "fr").language == "en"
    assert content.learner_power_content("de").questionnaire.language == "de"


def test_the_status_changes_when_enough_people_took_part_in_both_field_tests(tmp_path):
    record = '    - {{kind: "{}", date: "2027-01-31", people: {}, by: "A. Person", found: "Two stems reworded."}}\n'
    for people, status in ((5, "Not yet validated"), (6, "Field tested")):
        records = "records:\n" + record.format("think_aloud", people) + record.format("blind_ranking", 8)
        text = shipped("questionnaires/learner_power.yaml").replace("records: []\n", records)
        file = written(tmp_path, f"questionnaires/p{people}.yaml", text)
        assert content.load_questionnaire(file).status == status
    assert content.check(tmp_path).ok, content.check(tmp_path)


def test_the_sample_organisation_has_twenty_four_colleagues_with_valid_answers():
    sheets = content.sample_answers()
    quick = content.load_questionnaire("learner_power").in_form("quick")
    assert len(sheets) == 24
    assert [quick.validate(sheet) for sheet in sheets] == sheets
    assert content.sample_organisation()["referent"] in quick.extras["referents"]
    assert content.sample_answers() is not content.sample_answers()


def test_the_sample_gives_a_room_something_to_talk_about():
    from learnerfirst.learner_power import summarise

    group = summarise(content.sample_answers(), content.learner_power_content(), stands_for="larger")
    assert group.today.stage == "blended"
    assert group.today.between == ("blended", "facilitated")
    assert group.wanted is not None
    assert group.wanted.stage == "facilitated"
    assert [key for key, dimension in group.dimensions.items() if dimension.split] == ["leaders"]
    assert group.gate_alarms == ("leaders",)


def test_a_damaged_table_of_answers_names_line_and_column(tmp_path):
    quick = content.load_questionnaire("learner_power").in_form("quick")
    lines = shipped("samples/learner_power_answers.csv").splitlines()
    lines[1] = lines[1].replace(",b,", ",x,", 1)
    lines[2] += ",e"
    faults = faults_of(read_answers, written(tmp_path, "a.csv", "\n".join(lines)), quick)
    assert faults[0].where.startswith("a.csv (line 2): ")
    assert faults[0].found == "'x'"
    assert faults[1].where == "a.csv (line 3)"
    assert "24 cells" in faults[1].found
    header = faults_of(read_answers, written(tmp_path, "b.csv", "person,x\n"), quick)
    assert header[0].where == "b.csv (line 1)"


LIGHT = """
import sys, time
start = time.process_time()
from learnerfirst import content
imported = time.process_time()
content.load_questionnaire("learner_power").validate({"trust_1": {"today": "e"}})
content.learner_power_content(); content.sample_answers()
print(time.process_time() - imported)
heavy = "pandas altair numpy scipy sklearn sqlalchemy jsonschema vl_convert IPython ipywidgets narwhals".split()
print([name for name in heavy if name in sys.modules])
content.check()
print("jsonschema" in sys.modules)
"""


def test_loading_is_quick_and_imports_nothing_heavy():
    environment = {key: value for key, value in os.environ.items() if key != "LEARNERFIRST_CONTENT_DIR"}
    done = subprocess.run(
        [sys.executable, "-c", LIGHT],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent,
        env=environment,
    )
    seconds, heavy, checked = done.stdout.split("\n")[:3]
    assert float(seconds) < 0.1
    assert heavy == "[]"
    assert checked == "True"


def test_the_check_runs_on_a_copy_of_our_whole_folder(tmp_path):
    shutil.copytree(data_folder(), tmp_path / "data")
    assert content.check(tmp_path / "data").ok
    schema = tmp_path / "data" / "schemas" / "texts.json"
    schema.write_text('{"type": "nonsense"}', encoding="utf-8")
    assert [fault.where.split(":")[0] for fault in content.check(tmp_path / "data").faults] == [
        "schemas/texts.json"
    ]
