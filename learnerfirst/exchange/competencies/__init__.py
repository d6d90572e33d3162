"""Competencies from other systems' files and into them: O*NET, CASE, Moodle, ESCO, plain tables."""

from learnerfirst.exchange.competencies.case_reading import case_framework
from learnerfirst.exchange.competencies.case_writing import case_json, case_package
from learnerfirst.exchange.competencies.framework import Framework
from learnerfirst.exchange.competencies.importing import KINDS, import_competencies, occupations_in
from learnerfirst.exchange.competencies.moodle import moodle_csv
from learnerfirst.exchange.competencies.plain import profile_csv, profile_xlsx
from learnerfirst.exchange.competencies.similar import alike

__all__ = [
    "KINDS",
    "Framework",
    "alike",
    "case_framework",
    "case_json",
    "case_package",
    "import_competencies",
    "moodle_csv",
    "occupations_in",
    "profile_csv",
    "profile_xlsx",
]
