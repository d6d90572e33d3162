"""Learning and development that starts from the learner: ``import learnerfirst as lf``.

Importing this package loads nothing heavy; each public name is fetched from its module when it is first
used (PEP 562). The names are listed in ``learnerfirst.api``.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "load_questionnaire": "learnerfirst.api",
    "score_learner_power": "learnerfirst.api",
    "summarise_learner_power": "learnerfirst.api",
    "score_pulse": "learnerfirst.api",
    "persona_templates": "learnerfirst.api",
    "Persona": "learnerfirst.personas",
    "persona_implications": "learnerfirst.api",
    "persona_coverage": "learnerfirst.api",
    "discover_personas": "learnerfirst.api",
    "propose_recipe": "learnerfirst.api",
    "import_learners": "learnerfirst.api",
    "SuccessProfile": "learnerfirst.success_profiles",
    "Competency": "learnerfirst.success_profiles",
    "load_success_profile": "learnerfirst.content.competencies",
    "success_profile_names": "learnerfirst.content.competencies",
    "import_competencies": "learnerfirst.exchange.competencies",
    "reliability": "learnerfirst.psychometrics",
    "agreement": "learnerfirst.psychometrics",
    "individual_gaps": "learnerfirst.gaps",
    "competency_gaps": "learnerfirst.gaps",
    "development_priorities": "learnerfirst.gaps",
    "compare_priorities": "learnerfirst.gaps",
    "curriculum_gaps": "learnerfirst.gaps",
    "peer_experts": "learnerfirst.gaps",
    "learning_plan": "learnerfirst.api",
    "curriculum_triage": "learnerfirst.api",
    "nearest_roles": "learnerfirst.api",
    "long_assessments": "learnerfirst.gaps",
    "level_table": "learnerfirst.gaps",
    "map_levels": "learnerfirst.gaps",
    "gap_heatmap": "learnerfirst.api",
    "quadrant_chart": "learnerfirst.api",
    "priority_chart": "learnerfirst.api",
    "offline_charts": "learnerfirst.charts.vega",
    "read_frame": "learnerfirst.exchange.frames",
    "sample_files": "learnerfirst.content.analyst_samples",
    "sample_personas": "learnerfirst.content.learner_samples",
    "elect": "learnerfirst.elections",
    "form_groups": "learnerfirst.api",
    "talent_profiles": "learnerfirst.content.talent",
    "staff": "learnerfirst.talent",
    "smallest_team": "learnerfirst.talent",
    "LearnerFirstError": "learnerfirst.errors",
}

__all__ = [*_HOMES, "__version__"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(
        f"module 'learnerfirst' has no attribute {name!r}; it has {', '.join(sorted(_HOMES))}"
    )


def __dir__() -> list[str]:
    return sorted(__all__)
