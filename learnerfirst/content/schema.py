"""JSON Schema faults in the words of this package: file, key, line, value, what is allowed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from learnerfirst.answers import shown
from learnerfirst.content.folders import data_folder
from learnerfirst.content.strict_yaml import LoadedFile
from learnerfirst.errors import Fault

_TYPES = {
    "string": "a text (in quotes)",
    "object": "a mapping (key: value)",
    "array": "a list (- item)",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}


def schema_of(kind: str) -> Mapping[str, Any] | None:
    """The schema of a kind of content, None if there is no such kind."""
    file = data_folder() / "schemas" / f"{kind}.json"
    if not file.is_file():
        return None
    schema: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema


def schema_faults(file: LoadedFile, schema: Mapping[str, Any]) -> Iterator[Fault]:
    """Every place at which a file is against its schema, in the order of the file."""
    from jsonschema import Draft202012Validator

    errors = Draft202012Validator(schema).iter_errors(file.data)
    faults = sorted((_fault(file, error) for error in errors), key=lambda pair: pair[0])
    yield from (fault for _, fault in faults)


def _fault(file: LoadedFile, error: Any) -> tuple[int, Fault]:
    path = tuple(error.absolute_path)
    allowed, found = _words(error)
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        extra = [key for key in error.instance if key not in error.schema.get("properties", {})]
        path = (*path, extra[0]) if extra else path
    line = file.lines.get(path, 0)
    return line, Fault(file.where(path), found, allowed)


def _words(error: Any) -> tuple[str, str]:
    """What is allowed, and what was found."""
    found, limit, schema = shown(error.instance), error.validator_value, error.schema
    names: Any = schema.get("properties", {}) if isinstance(schema, Mapping) else {}
    count = len(error.instance) if isinstance(error.instance, str | list | dict) else 0
    match error.validator:
        case "type":
            kinds = [limit] if isinstance(limit, str) else limit
            return " or ".join(_TYPES[kind] for kind in kinds), found
        case "enum":
            return f"one of: {', '.join(map(str, limit))}", found
        case "const":
            return f"{limit}", found
        case "required":
            missing = [key for key in limit if key not in error.instance]
            return f"needed: {', '.join(limit)}", f"no {', no '.join(missing)}"
        case "additionalProperties":
            extra = [str(key) for key in error.instance if key not in names]
            return f"allowed keys: {', '.join(names)}", f"the key {', '.join(extra)}"
        case "minLength":
            return f"a text of at least {limit} characters", found
        case "maxLength":
            return f"at most {limit} characters", f"{count} characters"
        case "minItems" | "minProperties":
            return f"at least {limit} entries", f"{count} entries"
        case "maxItems" | "maxProperties":
            return f"at most {limit} entries", f"{count} entries"
        case "uniqueItems":
            return "each entry once", found
        case "minimum" | "maximum":
            return f"{'at least' if error.validator == 'minimum' else 'at most'} {limit}", found
        case "pattern":
            return str(schema.get("description", f"a text like {limit}")), found
        case _:
            return error.message, found
