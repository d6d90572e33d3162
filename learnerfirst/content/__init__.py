"""Content files: find, load and check what stands in ``data/`` or in a folder of the user's own.

Loading refuses duplicate keys, aliases, large files and wrong types, and imports nothing heavy. The full JSON
Schema runs in :func:`check` alone.
"""

from learnerfirst.content.checking import Report, check
from learnerfirst.content.communities import community_method, icebreakers
from learnerfirst.content.competency_samples import (
    sample_profiles,
    sample_resources,
    sample_self_assessments,
)
from learnerfirst.content.folders import content_folders, data_folder
from learnerfirst.content.learner_power import learner_power_content
from learnerfirst.content.learning_plan import plan_rules
from learnerfirst.content.persona_fields import persona_fields
from learnerfirst.content.personas import PersonasContent, Template, persona_templates, personas_content
from learnerfirst.content.questionnaires import (
    load_questionnaire,
    questionnaire_from,
    questionnaire_names,
)
from learnerfirst.content.run_sheets import run_sheets
from learnerfirst.content.samples import sample_answers, sample_organisation
from learnerfirst.content.strict_yaml import load_yaml
from learnerfirst.content.wording import texts

__all__ = [
    "PersonasContent",
    "Report",
    "Template",
    "check",
    "community_method",
    "content_folders",
    "data_folder",
    "icebreakers",
    "learner_power_content",
    "load_questionnaire",
    "load_yaml",
    "persona_fields",
    "persona_templates",
    "personas_content",
    "plan_rules",
    "questionnaire_from",
    "questionnaire_names",
    "run_sheets",
    "sample_answers",
    "sample_organisation",
    "sample_profiles",
    "sample_resources",
    "sample_self_assessments",
    "texts",
]
