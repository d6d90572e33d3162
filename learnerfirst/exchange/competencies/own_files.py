"""A success profile in our own files: YAML as in the folder ``competencies``, JSON without loss, and the table of all files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from learnerfirst.exchange.competencies.case_writing import case_json
from learnerfirst.exchange.competencies.moodle import moodle_csv
from learnerfirst.exchange.competencies.plain import profile_csv, profile_xlsx
from learnerfirst.exchange.yaml_text import yaml_text
from learnerfirst.success_profiles import SuccessProfile, as_dict, make_id

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def profile_json(profile: SuccessProfile) -> bytes:
    """The profile as JSON (UTF-8); ``load_success_profile`` reads the same profile back."""
    return (json.dumps(as_dict(profile), ensure_ascii=False, indent=2) + "\n").encode()


def profile_yaml(profile: SuccessProfile) -> bytes:
    """The profile as YAML (UTF-8), laid out like the files in ``data/competencies``.

    ``load_success_profile`` reads it back as a start for others: version and builders stay behind.
    """
    role_id, scale = make_id(profile.role), profile.scale
    body: dict[str, Any] = {
        "id": role_id,
        "language": "en",
        "title": profile.role,
        **_filled({"credit": profile.source}),
        "scale": {"low": int(scale.low), "high": int(scale.high), **_filled({"names": list(scale.names)})},
        "competencies": [
            {
                "id": one.id,
                "name": one.name,
                **_filled({"group": one.group, "description": one.description, "levels": list(one.levels)}),
            }
            for one in profile.competencies
        ],
        "roles": [
            {
                "id": role_id,
                "name": profile.role,
                "competencies": [
                    {
                        "id": one.id,
                        "required": one.required,
                        "importance": one.importance,
                        **_filled({"goal": one.goal}),
                    }
                    for one in profile.competencies
                ],
            }
        ],
    }
    return yaml_text(body).encode()


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


PROFILE_FILES: Mapping[str, tuple[str, Callable[[SuccessProfile, str, date], bytes]]] = {
    "xlsx": (XLSX, lambda profile, _creator, _on: profile_xlsx(profile)),
    "csv": ("text/csv; charset=utf-8", lambda profile, _creator, _on: profile_csv(profile)),
    "case.json": (
        "application/json; charset=utf-8",
        lambda profile, creator, on: case_json(profile, creator=creator, on=profile.built_on or on),
    ),
    "moodle.csv": ("text/csv; charset=utf-8", lambda profile, _creator, _on: moodle_csv(profile)),
    "yaml": ("application/yaml; charset=utf-8", lambda profile, _creator, _on: profile_yaml(profile)),
    "json": ("application/json; charset=utf-8", lambda profile, _creator, _on: profile_json(profile)),
}
"""Kinds of files: media type, and how one is made of a profile, who stands for it, and today."""
