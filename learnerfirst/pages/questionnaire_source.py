"""The questionnaire's front end as one module: three files, joined in their order, without a build step.

A widget takes one text, and a phone one request; the files are apart for those who read them.
"""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent / "static"
PARTS = ("questionnaire_base.js", "questionnaire_controls.js", "questionnaire.js")


def questionnaire_module(folder: Path = STATIC) -> str:
    """The whole module.

    >>> questionnaire_module().count("export default")
    1
    """
    return "\n".join((folder / name).read_text("utf-8") for name in PARTS)
