"""What the documents say exists, exists; and they name nothing of the machine that they were written on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import learnerfirst
from tests import checkout

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/functions.md"]


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", text_of("Makefile"), flags=re.MULTILINE))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_and_pictures_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)|<img[^>]+src=\"([^\"]+)\"", text_of(name))
    local = [one or other for one, other in targets if not (one or other).startswith(("http://", "https://"))]
    assert [target for target in local if not (ROOT / target).is_file()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_pictures_have_a_text_alternative(name: str) -> None:
    text = text_of(name)
    assert re.findall(r"!\[\s*\]", text) == []
    assert [tag for tag in re.findall(r"<img[^>]*>", text) if not re.search(r'alt="[^"]{10,}"', tag)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_make_command_exists(name: str) -> None:
    named = set(
        re.findall(r"\bmake ([a-z]+)\b(?=[` ]*(?:ARGS|`|PYTHON|$))", text_of(name), flags=re.MULTILINE)
    )
    assert named - make_targets() == set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_of_the_workbook_exists(name: str) -> None:
    named = set(re.findall(r"(?<!import )\blearnerfirst ([a-z]+)\b(?=[^\n`]*`)", text_of(name)))
    assert named - {"serve", "publish", "lab", "check", "backup", "export", "restore", "rehearse"} == set()
    for command in sorted(named):
        assert f'"{command}"' in text_of("learnerfirst/cli.py"), f"learnerfirst {command}"


def test_contributing_tells_of_every_check() -> None:
    untold = {
        target
        for target in make_targets() - {"help", "clean"}
        if f"make {target}" not in text_of("CONTRIBUTING.md")
    }
    assert untold == set()


def test_folders_and_files_named_in_contributing_exist() -> None:
    named = re.findall(
        r"`((?:data|learnerfirst|notebooks|tests|docs)/[A-Za-z0-9_./]*)`", text_of("CONTRIBUTING.md")
    )
    assert len(named) > 5
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_readme_shows_the_workbook_before_it_explains() -> None:
    first_screen = "\n".join(text_of("README.md").splitlines()[:25])
    assert "<img" in first_screen
    assert "make serve" in first_screen


def test_the_changelog_leads_with_what_comes_next() -> None:
    headings = re.findall(r"^## (.*)$", text_of("CHANGELOG.md"), flags=re.MULTILINE)
    assert headings[0] == "[Unreleased]"


def test_no_file_names_a_private_path_or_a_package_registry() -> None:
    private = re.compile(
        "|".join([r"/work/(?:main|shared)", r"/home/\w+/", r"/root/", r"/Users/\w+/", "file:" + "///"])
        + "|"
        + "|".join([r"files\.pythonhosted", r"pypi\.org/simple", r"registry\.npmjs"])
    )
    found = []
    for path in checkout.files():
        if path.suffix in {".png", ".jpg", ".gif", ".woff2"} or path == Path(__file__):
            continue
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        found += [f"{path}:{number}" for number, line in enumerate(lines, 1) if private.search(line)]
    assert found == []


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", text_of("README.md"), flags=re.DOTALL))
def test_the_readmes_python_gives_what_it_says(code: str) -> None:
    lines = code.strip().splitlines()
    expression, _, said = lines[-1].partition("#")
    names: dict[str, object] = {}
    exec("\n".join(lines[:-1]), names)
    assert str(eval(expression, names)) == said.strip().strip("'")


def test_every_public_function_is_listed() -> None:
    listed = re.findall(r"^- `lf\.(\w+)", text_of("docs/functions.md"), flags=re.MULTILINE)
    public = set(learnerfirst.__all__) - {"__version__"}
    assert len(listed) == len(set(listed))
    assert set(listed) == public, "run: python docs/functions.py"
