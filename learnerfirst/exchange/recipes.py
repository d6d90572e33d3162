"""Import recipes as files: written as JSON (which the strict YAML reader reads as well), never with anybody's answers."""

from __future__ import annotations

import json
import os
from pathlib import Path

from learnerfirst.content.strict_yaml import read_yaml
from learnerfirst.errors import ContentError, Fault
from learnerfirst.intake.recipe import Recipe, recipe_from


def save_recipe(recipe: Recipe, path: str | os.PathLike[str]) -> None:
    """Write a recipe; what stood at ``path`` before is replaced whole or not at all. ContentError if it cannot be."""
    target = Path(path)
    beside = target.with_name(f".{target.name}.new")
    try:
        beside.write_text(recipe_text(recipe), "utf-8")
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        fault = Fault(str(target), error.strerror or "an error", "a folder that can be written to")
        raise ContentError("the recipe cannot be saved", [fault]) from error


def recipe_text(recipe: Recipe) -> str:
    """What a recipe's file holds."""
    return json.dumps(recipe.as_dict(), ensure_ascii=False, indent=2) + "\n"


def load_recipe(path: str | os.PathLike[str]) -> Recipe:
    """Read a recipe, as JSON or YAML. ContentError or InvalidInput says what does not fit."""
    file = Path(path)
    return recipe_from(read_yaml(file).data, file.name)
