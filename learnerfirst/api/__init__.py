"""The ``lf.*`` functions: content is loaded when one is first called, then bound to the pure functions."""

from __future__ import annotations

from learnerfirst.api.charts import gap_heatmap, priority_chart, quadrant_chart
from learnerfirst.api.groups import form_groups
from learnerfirst.api.learner_power import score_learner_power, score_pulse, summarise_learner_power
from learnerfirst.api.learners import import_learners, propose_recipe
from learnerfirst.api.personas import (
    discover_personas,
    persona_coverage,
    persona_implications,
    persona_templates,
)
from learnerfirst.api.plans import curriculum_triage, learning_plan, nearest_roles
from learnerfirst.content import load_questionnaire

__all__ = [
    "curriculum_triage",
    "discover_personas",
    "form_groups",
    "gap_heatmap",
    "import_learners",
    "learning_plan",
    "load_questionnaire",
    "nearest_roles",
    "persona_coverage",
    "persona_implications",
    "persona_templates",
    "priority_chart",
    "propose_recipe",
    "quadrant_chart",
    "score_learner_power",
    "score_pulse",
    "summarise_learner_power",
]
