"""Learners from files: a survey or an HR export, by a recipe."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from learnerfirst.content import persona_fields

if TYPE_CHECKING:
    from os import PathLike

    from learnerfirst.exchange.learner_files import ImportedLearners
    from learnerfirst.intake.recipe import Recipe


def propose_recipe(path: str | PathLike[str] | bytes) -> Recipe:
    """What each column of a survey file or HR export probably is, as a recipe to look at, change and save.

    Columns are told by heading, place and content; those that never come in (names, pay, ratings, health, times of
    answering) are left out. ``learnerfirst.exchange.recipes.save_recipe(recipe, path)`` writes it as a file.

    Raises UnreadableFile, which says what to do.

    >>> recipe = propose_recipe(b"Timestamp,Which devices do you use?\\n2026/11/01 9:14:05 AM GMT+1,Tablet;Laptop\\n")
    >>> [(use.column, use.field, use.separator) for use in recipe.columns]
    [('Which devices do you use?', 'device', ';')]
    """
    from learnerfirst.exchange.learner_files import propose_recipe_for

    return propose_recipe_for(path, persona_fields(), date.today())


def import_learners(
    path: str | PathLike[str] | bytes,
    recipe: Recipe | str | PathLike[str],
    *,
    set_aside: bool = False,
    today: date | None = None,
) -> ImportedLearners:
    """A survey file or HR export (CSV, TSV, XLSX; any size) as learners, by a recipe made once.

    Parameters
    ----------
    path : the file, or its bytes
    recipe : a ``Recipe``, or the path of a saved one; next quarter the same call does it again
    set_aside : True imports the rows that fit and leaves out the others, which ``.report.faults`` names
    today : the day on which ages count, by default the day of the call

    ``.frame`` has ``learner_id`` and one column a field, a row a person, for ``persona_coverage`` and
    ``discover_personas``; ``.report`` says how rows became people, which cells do not fit (row, column, value, what to
    do), how many job titles have no role. Only mapped columns are kept; a birth date becomes an age band.

    Raises UnreadableFile for a file that is no table, and for rows that do not fit unless ``set_aside``; InvalidInput
    for a recipe that does not fit the file or takes what never comes in.

    >>> data = b"person_id,Device,Born\\n007,Tablet;Phone,1990-05-30\\n007,Laptop,1990-05-30\\n8,Tablet,1961-01-01\\n"
    >>> found = import_learners(data, propose_recipe(data), today=date(2026, 11, 22))
    >>> found.frame.to_dict("records")[0]
    {'learner_id': '007', 'age_band': 'age_35_44', 'device': ('tablet', 'own_phone', 'laptop')}
    >>> found.report.people.rows, found.report.people.people
    (3, 2)
    """
    from learnerfirst.exchange.learner_files import read_learners

    return read_learners(path, recipe, persona_fields(), today or date.today(), set_aside=set_aside)
