"""What each command of `learnerfirst` does; 0 is success. Words come from `data/texts/cli.yaml`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from learnerfirst.errors import InvalidInput, ServingError
from learnerfirst.serving.settings import PREFIX, Settings, notebooks_folder

Words = Mapping[str, Any]


def _use(**options: object) -> Settings:
    """Settings from flags and environment; what the store and content read goes into the environment."""
    settings = Settings.read(None, **options)
    for name in ("database_url", "data_dir", "content_dir"):
        if getattr(settings, name):
            os.environ[PREFIX + name.upper()] = getattr(settings, name)
    return settings


def serve(words: Words, **options: object) -> int:
    """The workbook, until it is stopped."""
    return _run(words, _use(**options))


def publish(words: Words, notebook: str, **options: object) -> int:
    """One notebook for everybody, until it is stopped."""
    path = Path(notebook)
    if not path.is_file():
        path = notebooks_folder(Settings.read()) / f"{Path(notebook).stem}.ipynb"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in path.parent.glob("*.ipynb"))) or "none"
        raise ServingError(f"there is no notebook {notebook!r}. Give a file, or one of ours: {known}")
    settings = _use(notebook=str(path.resolve()), token="", **options)
    return _run(words, settings.changed(facilitator_host=settings.host))


def _run(words: Words, settings: Settings) -> int:
    from learnerfirst.serving import supervisor

    said = words["serve"]

    def ready() -> None:
        print("\n" + "\n".join(_greeting(said, settings)) + "\n", flush=True)
        if settings.browser:
            webbrowser.open(settings.link)

    supervisor.serve(settings, ready)
    print(said["stopped"], flush=True)
    return 0


def _greeting(said: Words, settings: Settings) -> list[str]:
    from learnerfirst.serving.supervisor import has_participants, join_url
    from learnerfirst.store.opening import default_url

    lines = [said["published" if settings.notebook else "facilitator"].format(link=settings.link)]
    if not settings.notebook:
        lines.append(said["keep"])
    if has_participants(settings):
        lines.append(said["participants"].format(link=join_url(settings)))
        if not settings.public_url:
            lines.append(said["only_here" if settings.only_this_computer else "open"])
    place = settings.database_url or default_url()
    lines.append(said["store"].format(place=_without_password(place)))
    lines.append(said["stop"])
    return lines


def _without_password(url: str) -> str:
    from sqlalchemy import make_url

    shown = make_url(url)
    return shown.database or "" if shown.drivername.startswith("sqlite") else shown.render_as_string()


def lab(words: Words, folder: str, browser: bool | None = None) -> int:
    """JupyterLab on copies of the notebooks; files that are there already are kept."""
    target = Path(folder).expanduser().resolve()
    target.mkdir(parents=True, exist_ok=True)
    for source in sorted(notebooks_folder(Settings.read()).glob("*.ipynb")):
        if not (target / source.name).exists():
            shutil.copyfile(source, target / source.name)
    print(words["lab"].format(folder=target), flush=True)
    from learnerfirst.serving.kernel_environment import package_path

    command = [sys.executable, "-m", "jupyter", "lab", str(target)]
    if browser is False:
        command.append("--no-browser")
    environment = {**os.environ, **package_path()}
    if sys.platform != "win32":
        os.execve(command[0], command, environment)  # JupyterLab takes our place, so that signals reach it
    return subprocess.run(command, env=environment, check=False).returncode


def check(words: Words, folder: str | None) -> int:  # noqa: ARG001
    """Check content; 1 when something is wrong."""
    from learnerfirst.content import check as check_content

    report = check_content(folder)
    print(report)
    return 0 if report.ok else 1


def backup(words: Words, file: str, **options: object) -> int:
    """Everything that is stored, into one file."""
    from learnerfirst.store import open_store

    settings = _use(**options)
    with open_store(settings.database_url or None) as store:
        store.backup(file)
    print(words["backup"].format(file=file))
    return 0


def export(words: Words, code: str, file: str, **options: object) -> int:
    """One workshop, into one file; says which answers are not in it."""
    from learnerfirst.store import open_store
    from learnerfirst.workshops import Workshops
    from learnerfirst.workshops.workshop_file import WorkshopFile

    settings = _use(**options)
    with open_store(settings.database_url or None) as store:
        missing = WorkshopFile(Workshops(store), code).write(file)
    print("\n".join([words["backup"].format(file=file), *missing]))
    return 0


def restore(words: Words, file: str, **options: object) -> int:
    """A backup, into an empty store; or one workshop, into a store that lacks it."""
    from learnerfirst.store import is_workshop_file, open_store
    from learnerfirst.store import restore as restore_store

    settings = _use(**options)
    url = settings.database_url or None
    if is_workshop_file(file):
        with open_store(url, migrate=True) as store:
            print(words["restore_workshop"].format(code=store.import_workshop(file), file=file))
        return 0
    print(words["restore"].format(rows=restore_store(file, url), file=file))
    return 0


def rehearse(words: Words, code: str, people: int, url: str | None) -> int:  # noqa: ARG001
    """Simulated people in a workshop of the running workbook."""
    from learnerfirst.serving import rehearsal

    if people < 1:
        raise InvalidInput(f"{people} people cannot rehearse; at least 1 is needed")
    url = url or Settings.read().participant_url
    result = rehearsal.rehearse(url, code, people=people, kind="rehearsal")
    print(result)
    return 1 if result.errors else 0
