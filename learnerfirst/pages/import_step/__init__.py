"""A block for pages: a file with learners, from its choice to rows that fit; who uses it says what happens with them."""

from learnerfirst.pages.import_step.model import ImportModel
from learnerfirst.pages.import_step.step import ImportStep

__all__ = ["ImportModel", "ImportStep"]
