"""Content files: find, load and check what stands in ``data/`` or in a folder of the user's own.

Loading refuses duplicate keys, aliases, large files and wrong types, and imports nothing heavy. The full JSON
Schema runs in :func:`check` alone.
"""

from learnerfirst.content.folders import content_folders, data_folder
from learnerfirst.content.questionnaires import load_questionnaire
from learnerfirst.content.strict_yaml import load_yaml
from learnerfirst.content.wording import texts

__all__ = ["content_folders", "data_folder", "load_questionnaire", "load_yaml", "texts"]
