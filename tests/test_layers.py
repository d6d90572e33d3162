"""Imports go down the layers only, and the domain touches nothing but its arguments."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "learnerfirst"

# From the ground up; a module may import its own layer and those before it.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("errors",),
    (
        "answers",
        "communities",
        "front_end",
        "gaps",
        "groups",
        "intake",
        "questionnaire",
        "learner_power",
        "personas",
        "plans",
        "coverage",
        "elections",
        "psychometrics",
        "privacy",
        "run_sheet",
        "success_profiles",
        "talent",
    ),
    ("content", "store", "charts", "exchange"),
    ("workshops", "api"),
    ("pages",),
    ("serving",),
    ("cli", "__main__"),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
DOMAIN = LAYERS[1]

OUTSIDE_WORLD = {
    *("os", "io", "pathlib", "shutil", "tempfile", "glob", "subprocess", "socket", "urllib", "http", "time"),
    *("sqlite3", "sqlalchemy", "alembic", "psycopg", "yaml", "html", "jinja2", "tornado", "voila"),
    *("IPython", "ipywidgets", "anywidget", "traitlets", "jupyter_server", "platformdirs", "secrets", "uuid"),
}
CLOCKS = {"now", "utcnow", "today", "time", "monotonic"}


def modules(folder: Path = PACKAGE) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def name_of(path: Path) -> str:
    """The module's dotted name below ``learnerfirst``: ``store.submissions``."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every module that is named in an import anywhere in the tree, in functions too, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield base, node.lineno
            if base == "learnerfirst":
                yield from ((f"learnerfirst.{alias.name}", node.lineno) for alias in node.names)


def upward(source: str, importer: str) -> list[str]:
    """The imports of ``source`` that climb to a higher layer, or that hide where they go."""
    level = LEVEL[importer.partition(".")[0]]
    found = []
    for target, line in imports(ast.parse(source)):
        if target.startswith("."):
            found.append(f"{importer}:{line} imports relatively ({target}), which hides its layer")
        elif target.startswith("learnerfirst."):
            room = target.split(".")[1]
            if LEVEL.get(room, -1) > level:
                found.append(f"{importer}:{line} imports {target}, which lies above it")
    return found


def reaches_out(source: str, importer: str) -> list[str]:
    """What in ``source`` touches files, clocks, widgets, HTML, SQL or chance without a seed."""
    tree = ast.parse(source)
    found = [
        f"{importer}:{line} imports {target}"
        for target, line in imports(tree)
        if target.partition(".")[0] in OUTSIDE_WORLD
    ]
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = ast.unparse(call.func)
        last = name.rpartition(".")[2]
        if name == "open" or last in {"read_text", "write_text", "open"}:
            found.append(f"{importer}:{call.lineno} opens a file: {name}()")
        elif last in CLOCKS and not call.args:
            found.append(f"{importer}:{call.lineno} reads the clock: {name}()")
        elif last in {"default_rng", "Random"} and not (call.args or call.keywords):
            found.append(f"{importer}:{call.lineno} draws without a seed: {name}()")
        elif re.fullmatch(r"((np|numpy)\.)?random\.\w+", name) and last not in {"default_rng", "Random"}:
            found.append(f"{importer}:{call.lineno} draws from shared chance: {name}()")
    return found


def test_every_module_has_a_layer() -> None:
    rooms = {name_of(path).partition(".")[0] for path in modules()} - {""}
    assert rooms - set(LEVEL) == set(), "a new module needs a place in LAYERS"


def test_imports_never_climb() -> None:
    found = [
        finding
        for path in modules()
        if (name := name_of(path))
        for finding in upward(path.read_text(encoding="utf-8"), name)
    ]
    assert found == []


def test_the_domain_touches_nothing_but_its_arguments() -> None:
    found = [
        finding
        for path in modules()
        if (name := name_of(path)).partition(".")[0] in DOMAIN
        for finding in reaches_out(path.read_text(encoding="utf-8"), name)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("importer", "source"),
    [
        ("questionnaire", "import learnerfirst.content"),
        ("privacy", "from learnerfirst import store"),
        ("content", "def late():\n    from learnerfirst.pages.start import Start"),
        ("learner_power", "from . import content"),
        ("pages.start", "from learnerfirst.serving import settings"),
    ],
)
def test_an_import_that_climbs_is_found(importer: str, source: str) -> None:
    assert upward(source, importer) != []


@pytest.mark.parametrize(
    "source",
    [
        "from pathlib import Path",
        "text = open('x').read()",
        "import datetime\nday = datetime.date.today()",
        "import random\nrandom.shuffle([1])",
        "import random\nr = random.Random()",
        "import numpy as np\nr = np.random.default_rng()",
        "from sqlalchemy import select",
    ],
)
def test_a_domain_module_that_reaches_out_is_found(source: str) -> None:
    assert reaches_out(source, "privacy") != []


def test_seeded_chance_and_given_dates_are_allowed() -> None:
    source = (
        "import random\nfrom datetime import date\nr = random.Random(0)\nd = date(2026, 1, 1)\nx = r.random()"
    )
    source += "\nimport numpy as np\ny = np.random.default_rng(7).integers(3)"
    assert reaches_out(source, "privacy") == []
    assert upward("from learnerfirst.errors import InvalidInput", "privacy") == []
