"""Where content lives: the shipped ``data/`` folder, and in front of it the user's own folder, if there is one.

A file's language stands in its name: ``learner_power.yaml`` is the first language (English in what we ship),
``learner_power.de.yaml`` the same content in German.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from learnerfirst.answers import shown
from learnerfirst.errors import ContentError, Fault

FOLDER_SETTING = "LEARNERFIRST_CONTENT_DIR"
_NAME = re.compile(r"[a-z0-9][a-z0-9_]{0,59}(\.[a-z]{2,3}(-[A-Z]{2})?)?")
_PACKAGE = Path(__file__).resolve().parent.parent


def data_folder(package: Path = _PACKAGE) -> Path:
    """The folder with the content that we ship.

    A checkout's ``data/`` comes first: an editable install may hold a stale copy inside the package. Else it is
    the copy that a wheel carries.
    """
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "data" / "schemas").is_dir():
        return checkout / "data"
    carried = package / "_content" / "data"
    if carried.is_dir():
        return carried
    raise ContentError(
        "learnerfirst has no content",
        [Fault(str(carried), "nothing", "install learnerfirst from its wheel or run it from a checkout")],
    )


def content_folders() -> tuple[Path, ...]:
    """Folders in the order in which they are searched: the user's own (``LEARNERFIRST_CONTENT_DIR``), then ours."""
    own = os.environ.get(FOLDER_SETTING, "").strip()
    if not own:
        return (data_folder(),)
    folder = Path(own).expanduser()
    if not folder.is_dir():
        raise ContentError(
            "the folder with your own content is not there",
            [Fault(FOLDER_SETTING, own, "a folder with questionnaires/, texts/ ...")],
        )
    return (folder, data_folder())


def find(name: str, inside: str = "", language: str = "") -> Path:
    """The first file of this name, in that language where there is one; ContentError lists the names there are.

    ``inside``: the folder of the kind, such as "questionnaires"; the empty text stands for the top.
    """
    found = find_all(name, inside, language)
    if found:
        return found[0]
    kind = inside.rstrip("s") or "content"
    names = ", ".join(known_names(inside)) or "none"
    raise ContentError(f"no such {kind}", [Fault(kind, shown(name), f"there are: {names}")])


def find_all(name: str, inside: str = "", language: str = "") -> tuple[Path, ...]:
    """Every file of this name: the wanted language before the first one, the user's own before ours."""
    if not _NAME.fullmatch(name):
        return ()
    names = [f"{name}.{language}.yaml", f"{name}.yaml"] if language else [f"{name}.yaml"]
    places = [folder / inside / file for file in names for folder in content_folders()]
    return tuple(place for place in places if place.is_file())


def known_names(inside: str = "") -> tuple[str, ...]:
    """Names of all files of a kind, without the ending, in alphabetical order."""
    files = [file for folder in content_folders() for file in (folder / inside).glob("*.yaml")]
    return tuple(sorted({file.name.removesuffix(".yaml") for file in files}))


def stamp(file: Path) -> tuple[Path, int, int] | None:
    """What changes when a file does: its path, time and size; None where there is no such file."""
    try:
        found = file.stat()
    except OSError:
        return None
    return (file, found.st_mtime_ns, found.st_size)
