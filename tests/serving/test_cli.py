"""The command: help that reads well, our errors as messages, and each command doing its work for real."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from learnerfirst.cli import main
from learnerfirst.errors import InvalidInput
from learnerfirst.serving.settings import Settings
from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops
from tests.running import COMMAND, free_ports, get, wait_for_port
from tests.self_profiles import answers, key, launched, profile
from tests.serving.servers import eventually, notebook

COMMANDS = ("serve", "publish", "lab", "check", "backup", "export", "restore", "rehearse")


def test_help_names_every_command_with_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    for command in COMMANDS:
        assert re.search(rf"^\s+{command}\s+\w+", said, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_every_command_is_explained(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    said = capsys.readouterr().out
    options = re.findall(
        r"^  (-{0,2}[A-Za-z][\w-]*(?: [A-Z]+)?)(.*)\n?(.*)", said.split("\n\n", 2)[-1], re.MULTILINE
    )
    assert options
    for name, beside, below in options:
        assert re.search(r"[a-z]{3}", beside + below), f"{name} is not explained"


def test_our_own_errors_are_messages_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--port", "70000"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("learnerfirst: ")
    assert "70000" in said
    assert "1 to 65535" in said


def test_a_command_that_does_not_exist_is_refused_with_the_choices(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["server"])
    assert left.value.code == 2
    assert "serve" in capsys.readouterr().err


def test_importing_the_command_loads_no_server() -> None:
    code = "import sys, learnerfirst.cli; print([m for m in ('tornado', 'voila', 'pandas', 'sqlalchemy') if m in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"


def test_check_passes_our_content_and_reports_every_fault_of_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 0
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "own.yaml").write_text("title: [1, 2]\ntitle: twice\n")
    capsys.readouterr()
    assert main(["check", str(tmp_path)]) == 1
    assert "own.yaml" in capsys.readouterr().out
    assert main(["check", str(tmp_path / "missing")]) == 1
    assert "missing" in capsys.readouterr().err


def test_backup_and_restore_carry_everything_to_another_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "DATA_DIR"):
        monkeypatch.setenv(f"LEARNERFIRST_{name}", "")
    here, there = (f"sqlite:///{(tmp_path / name).as_posix()}" for name in ("here.db", "there.db"))
    with open_store(here, migrate=True) as store:
        store.submit("ABCD/quiz", "one", {"answers": {}})
    file = str(tmp_path / "all.backup")
    assert main(["backup", file, "--database-url", here]) == 0
    assert main(["restore", file, "--database-url", there]) == 0
    with open_store(there) as store:
        assert store.count("ABCD/quiz") == 1
    assert main(["restore", file, "--database-url", there]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_export_and_restore_carry_one_workshop_and_say_what_is_not_in_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "DATA_DIR"):
        monkeypatch.setenv(f"LEARNERFIRST_{name}", "")
    here, there = (f"sqlite:///{(tmp_path / name).as_posix()}" for name in ("here.db", "there.db"))
    with open_store(here, migrate=True) as store:
        workshops = Workshops(store)
        code, one = launched(workshops, profile(4))
        for number in range(3):
            workshops.submit(code, one.activity.id, key(number), answers(4))
    file = str(tmp_path / "one.workshop")
    assert main(["export", code.lower(), file, "--database-url", here]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Written: {file}\n3 self-assessments stay out of this file.")
    assert "Service agent was not shown yet." in said
    assert main(["restore", file, "--database-url", there]) == 0
    assert f"Restored workshop {code}" in capsys.readouterr().out
    with open_store(there) as store:
        assert Workshops(store).get(code).title == "Service desk"
    assert main(["restore", file, "--database-url", there]) == 1
    assert f"already has a workshop {code}" in capsys.readouterr().err
    assert main(["export", "NNNNN", file, "--database-url", here]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_settings_come_from_flags_then_environment_then_defaults() -> None:
    environ = {"LEARNERFIRST_PORT": "9001", "LEARNERFIRST_BROWSER": "no", "LEARNERFIRST_POLL": "0.5"}
    settings = Settings.read(environ, port=9002)
    assert (settings.port, settings.browser, settings.poll, settings.participants_port) == (
        9002,
        False,
        0.5,
        8867,
    )
    assert Settings.read(environ, port=None).port == 9001


def test_settings_name_every_fault_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        Settings.read({}, port=0, participants_port=99999, kernels=-1, frame_ancestors="a; script-src *")
    assert [fault.where for fault in refused.value.faults] == [
        "port",
        "participants_port",
        "kernels",
        "frame_ancestors",
    ]
    with pytest.raises(InvalidInput) as refused:
        Settings.read({"LEARNERFIRST_PORT": "many", "LEARNERFIRST_BROWSER": "maybe"})
    assert [fault.where for fault in refused.value.faults] == ["LEARNERFIRST_PORT", "LEARNERFIRST_BROWSER"]


def test_each_start_draws_a_token_that_cannot_be_guessed() -> None:
    first, second = Settings.read({}), Settings.read({})
    assert first.token != second.token
    assert len(first.token) >= 32


def test_publish_serves_one_notebook_to_everybody_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "mine.ipynb").write_text(notebook("print('for everybody')", title="Mine"))
    (tmp_path / "other.ipynb").write_text(notebook("print('not published')"))
    port, participants = free_ports(2)
    log = tmp_path / "log"
    command = [
        *COMMAND,
        "publish",
        "mine.ipynb",
        "--port",
        str(port),
        "--participants-port",
        str(participants),
    ]
    command += [
        "--no-browser",
        "--data",
        str(tmp_path / "data"),
        "--frame-ancestors",
        "https://intranet.example.org",
    ]
    with log.open("wb") as out, subprocess.Popen(command, cwd=tmp_path, stdout=out, stderr=out) as process:
        try:
            wait_for_port(port, process, log)
            here = f"http://127.0.0.1:{port}"
            assert get(here + "/").headers["location"] == "/page/mine"
            page = get(here + "/page/mine")
            assert "for everybody" in page.text
            assert "frame-ancestors https://intranet.example.org" in page.headers["content-security-policy"]
            for path in ("/page/other", "/page/00_start", "/projector/ABCD", "/api/kernels", "/mine.ipynb"):
                assert get(here + path).status_code == 404
            assert get(f"http://127.0.0.1:{participants}/join/").status_code in (200, 303, 404)
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    assert "token" not in log.read_text()


def test_publish_of_an_unknown_notebook_names_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", "nothing_like_it"]) == 1
    said = capsys.readouterr().err
    assert "nothing_like_it" in said
    assert "00_start" in said


def test_lab_opens_jupyterlab_on_copies_and_keeps_what_was_changed(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "00_start.ipynb").write_text("changed by me")
    log = tmp_path / "log"
    command = [*COMMAND, "lab", str(folder), "--no-browser"]
    (tmp_path / "jupyter_server_config.json").write_text('{"ServerApp": {"allow_root": true}}')
    own = {**os.environ, "JUPYTER_CONFIG_DIR": str(tmp_path)}
    with (
        log.open("wb") as out,
        subprocess.Popen(command, cwd=tmp_path, env=own, stdout=out, stderr=out) as process,
    ):
        try:
            printed = eventually(
                lambda: re.search(r"http://[^\s]+:(\d+)/lab\?token=\w+", log.read_text()), within=60
            )
            wait_for_port(int(printed[1]), process, log)  # the link is printed a moment before it answers
            answer = eventually(lambda: (got := get(printed.group())).status_code == 200 and got, within=10)
            assert "JupyterLab" in answer.text
        finally:
            process.send_signal(signal.SIGTERM)
    assert (folder / "00_start.ipynb").read_text() == "changed by me"
    assert json.loads((folder / "02_learner_power.ipynb").read_text())["nbformat"] == 4
