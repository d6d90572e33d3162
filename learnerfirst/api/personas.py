"""Personas: templates, what follows from one, whom they cover, and those that a survey holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from learnerfirst.content import persona_fields, personas_content, texts
from learnerfirst.content import persona_templates as persona_template_files
from learnerfirst.personas import Implications, Persona, implications_of

if TYPE_CHECKING:
    from learnerfirst.coverage.discovery import Discovery
    from learnerfirst.coverage.result import Coverage


def persona_templates() -> tuple[Persona, ...]:
    """The personas to start from, ours and those of the user's own content folder, by the title of their file.

    Each field is tagged "assumption": templates are invented. ContentError with all faults of a file.

    >>> sales = next(persona for persona in persona_templates() if persona.id == "field_sales")
    >>> sales.name, sales.value("device"), sales.evidence
    ('Mira', ('work_phone',), (0, 19))
    """
    return tuple(template.persona for template in persona_template_files())


def persona_implications(p: Persona) -> Implications:
    """What follows from a persona for the design of training: delivery, device, length of a unit, timing, theme, reason
    to offer, access, channel; each with the field that it comes from, and whether that is evidence.

    Rules are data (``data/personas/implications.yaml``); a file of that name in the user's own content folder adds to
    them. ``.conflicts`` names pairs that cannot both be followed, ``.unsaid`` the aspects about which nothing is known.
    Preferences and access only: there are no learning styles (Pashler et al. 2008).

    >>> from learnerfirst import Persona
    >>> from learnerfirst.personas import Detail
    >>> tom = Persona("tom", "Tom", {"preferred_method": Detail(("video",)), "accessibility_needs": Detail(("no_sound",))})
    >>> found = persona_implications(tom)
    >>> [(item.aspect, item.field) for item in found], [conflict.about for conflict in found.conflicts]
    ([('delivery', 'preferred_method'), ('access', 'accessibility_needs')], ['sound'])
    """
    content = personas_content()
    return implications_of(p, content.rules, content.fields)


def persona_coverage(
    learners: Any,
    personas: Sequence[Persona],
    weights: Mapping[str, float] | None = None,
    seed: int = 0,
) -> Coverage:
    """Score every surveyed learner against every persona; say whom none covers, and draft who is missing.

    Parameters
    ----------
    learners : frame, one row a learner
        Any frame that Narwhals knows; ``learner_id``, and every other column is a field. A field of our own
        (``persona_fields``) has its kind; others are a number if numeric, several choices if cells hold lists or texts with
        ";", else a category. None, NaN and "" are missing. Fields refused by name (pay, ratings, health, birth dates,
        names) and free text are left out: ``notes`` say so.
    personas : sequence of Persona
        Retired ones are passed over. None at all is allowed: then everybody is uncovered.
    weights : ``{field: weight}``, above 0; 1 where nothing is given.
    seed : of the simulated learners and of the groups among the uncovered.

    Gives a Coverage: ``fits`` (a frame of the same kind: ``learner_id, persona, score, fits``; at most one row per
    learner and persona; score 0-1, higher fits better), ``uncovered``, ``draft_persona()``, ``overlaps``, ``summary``.

    ``score`` is the weighted mean of the fit in each field that both know; ``learnerfirst.coverage.likeness`` has the
    formula of each kind. ``fits`` compares with learners known to belong: those that the persona was built from, else
    500 simulated from its fields; who falls short of them by more than their 95th percentile does not fit
    (``learnerfirst.coverage.belonging``). Similarity over mixed fields with gaps follows Gower (1971).

    Raises InvalidInput with all faults: no frame, no ``learner_id``, ids missing or twice, infinite numbers, weights
    out of range, what is no Persona.

    By hand: Mira works nights on a shared terminal. Six learners do, too; six others are in the office by day.

    >>> import pandas as pd
    >>> from learnerfirst.personas import Detail, Persona
    >>> learners = pd.DataFrame({"learner_id": range(12), "shift": ["nights"] * 6 + ["office_hours"] * 6,
    ...                          "device": [["shared_terminal"]] * 6 + [["laptop", "own_phone"]] * 6})
    >>> mira = Persona("mira", "Mira", {"shift": Detail("nights"), "device": Detail(("shared_terminal",))})
    >>> found = persona_coverage(learners, [mira])
    >>> found.fits[["persona", "score", "fits"]].iloc[[0, 11]].values.tolist()
    [['Mira', 1.0, True], ['Mira', 0.0, False]]
    >>> found.covered, found.told, list(found.uncovered)
    (6, 12, [6, 7, 8, 9, 10, 11])
    >>> missing = found.draft_persona()
    >>> missing.value("shift"), missing.value("device"), missing.evidence
    ('office_hours', ('own_phone', 'laptop'), (2, 2))
    >>> persona_coverage(learners, [mira, missing]).share
    1.0
    """
    from learnerfirst.coverage.measuring import measure_coverage

    return measure_coverage(learners, personas, persona_fields(), texts("coverage"), weights, seed)


def discover_personas(learners: Any, n: int | None = None, seed: int = 0) -> Discovery:
    """Groups that the answers of a survey show, as draft personas with sizes, typical answers, and how sure.

    Parameters
    ----------
    learners : frame, one row a learner, as for :func:`persona_coverage`; 100 learners or more.
    n : how many groups, 1 to 20; None lets BIC choose among one to eight.
    seed : of the starting points and of the sample.

    Latent class analysis (Lazarsfeld & Henry 1968; Goodman 1974) by EM: within a group, answers are independent;
    categories and ordered fields as they are, each of several choices as yes or no, numbers in quarters, gaps allowed.
    Fitted on at most 20,000 learners, applied to all. BIC = parameters x ln(learners) - 2 x log-likelihood;
    ``curve`` has it for each number that was tried.

    Gives a Discovery: ``personas`` (unique names, largest group first, all fields evidence), ``groups`` (size, sure,
    typical answers in words), ``sure`` (0-1), ``curve``, ``assignments`` (a frame of the same kind: ``learner_id, persona, sure``).

    Raises InvalidInput: under 100 learners, n out of range, nothing on which learners differ, and what
    :func:`persona_coverage` refuses.

    >>> import pandas as pd
    >>> day = {"shift": "office_hours", "device": "laptop", "site": "North", "hours": 4}
    >>> night = {"shift": "nights", "device": "shared_terminal", "site": "South", "hours": 1}
    >>> learners = pd.DataFrame([{"learner_id": k, **(day if k < 70 else night)} for k in range(110)])
    >>> found = discover_personas(learners)
    >>> [(group.size, group.persona.value("shift"), round(group.sure, 2)) for group in found.groups]
    [(70, 'office_hours', 1.0), (40, 'nights', 1.0)]
    >>> min(found.curve, key=lambda step: step.bic).classes
    2
    """
    from learnerfirst.coverage.discovery import discover

    return discover(learners, n, seed, persona_fields(), texts("coverage"))
