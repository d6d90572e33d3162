"""One command, two processes: they start together, end together, and leave nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from learnerfirst.errors import ServingError
from learnerfirst.serving.settings import Settings
from learnerfirst.serving.supervisor import child_arguments, child_environment, probe, shared_environment
from tests.running import COMMAND, TOKEN, free_ports
from tests.serving.servers import eventually, get, notebook, processes, runs, serving

PAGES = {"00_start": notebook("print('start')")}
SIGNALS = [name for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name)]


@pytest.fixture
def taken() -> Iterator[int]:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        yield listener.getsockname()[1]


@pytest.mark.parametrize("which", ["--port", "--participants-port"])
def test_a_taken_port_is_said_at_once_with_what_to_do(tmp_path: Path, taken: int, which: str) -> None:
    free = free_ports(1)[0]
    other = {"--port": "--participants-port", "--participants-port": "--port"}[which]
    command = [
        *COMMAND,
        "serve",
        which,
        str(taken),
        other,
        str(free),
        "--data",
        str(tmp_path),
        "--no-browser",
    ]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert f"port {taken} on 127.0.0.1 cannot be used" in ended.stderr
    assert f"{which} {taken + 10}" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not list(tmp_path.glob("*.db"))


def test_probing_a_free_port_leaves_it_free() -> None:
    port = free_ports(1)[0]
    probe("127.0.0.1", port, "--port")
    probe("127.0.0.1", port, "--port")


def test_an_address_that_is_not_ours_is_refused() -> None:
    with pytest.raises(ServingError, match=r"port \d+ on 203\.0\.113\.7 cannot be used"):
        probe("203.0.113.7", free_ports(1)[0], "--port")


@pytest.mark.parametrize("name", SIGNALS)
def test_a_signal_is_a_clean_stop(tmp_path: Path, name: str) -> None:
    with serving(tmp_path, PAGES) as workbook:
        assert workbook.get("/page/00_start").status_code == 200
        family = processes(workbook.process.pid)
        assert len(family) >= 2, "the participant process and a kernel"
        os.kill(workbook.process.pid, getattr(signal, name))
        assert workbook.process.wait(15) == 0
        eventually(lambda: not any(map(runs, family)), within=3)
        printed = workbook.log.read_text()
        assert "Stopped. Everything that was saved is in the store." in printed
        assert "Traceback" not in printed
        assert not list(Path("/tmp").glob(f"lf-*/kernel-*{workbook.port}*"))


def test_when_the_participant_process_dies_the_workbook_ends_and_says_so(tmp_path: Path) -> None:
    with serving(tmp_path, PAGES) as workbook:
        child = next(pid for pid in processes(workbook.process.pid) if b"participants" in _command(pid))
        os.kill(child, signal.SIGKILL)
        assert workbook.process.wait(15) == 1
        assert "the participant pages stopped unexpectedly" in workbook.log.read_text()


def _command(pid: int) -> bytes:
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""


def test_both_links_that_were_printed_open(tmp_path: Path) -> None:
    with serving(tmp_path, PAGES) as workbook:
        eventually(lambda: "Stop with Ctrl+C." in workbook.log.read_text(), within=20)
        printed = workbook.log.read_text()
        assert f"{workbook.facilitator_url}/?token={TOKEN}" in printed
        assert workbook.participant_url in printed
        assert "--host 0.0.0.0" in printed
        assert get(f"{workbook.facilitator_url}/?token={TOKEN}").status_code == 303
        assert str(tmp_path / "learnerfirst.db") in printed


def test_no_process_but_the_server_is_told_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARNERFIRST_TOKEN", "the-token")
    settings = Settings.read()
    assert settings.token == "the-token"
    told = [
        *child_environment(settings).values(),
        *child_arguments(settings),
        *shared_environment(settings).values(),
    ]
    assert not [text for text in told if "the-token" in text]


def test_a_child_that_cannot_start_ends_the_command_with_a_message(tmp_path: Path) -> None:
    ports = [str(port) for port in free_ports(2)]
    command = [*COMMAND, "serve", "--port", ports[0], "--participants-port", ports[1], "--no-browser"]
    command += ["--data", str(tmp_path), "--public-url", "ftp://nowhere"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert "the participant pages could not start" in ended.stderr
    assert "Traceback" not in ended.stderr


if sys.platform == "win32":
    SIGNALS = ["SIGTERM"]
