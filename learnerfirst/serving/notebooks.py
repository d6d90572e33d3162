"""The notebooks that are pages: where they are, and reading one without any Jupyter state of the user's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from tornado import web

from learnerfirst.serving.settings import Settings, notebooks_folder

FOR_ANALYSTS = frozenset({"analyst_tour"})
"""Notebooks to be read and changed in JupyterLab: never run for whoever opens an address."""


def find_pages(settings: Settings) -> dict[str, Path]:
    """Name of each page and its notebook; of a published server, the one notebook."""
    if settings.notebook:
        path = Path(settings.notebook)
        return {path.stem: path}
    found = sorted(notebooks_folder(settings).glob("*.ipynb"))
    return {path.stem: path for path in found if path.stem not in FOR_ANALYSTS}


class Notebooks:
    """Stands where Jupyter has its contents manager, and knows nothing but the pages: no file is ever served."""

    def __init__(self, pages: Mapping[str, Path]) -> None:
        self._files = {path.name: path for path in pages.values()}

    def get(self, path: str, **_options: Any) -> dict[str, Any]:
        """The notebook with this file name, as Voila expects it; 404 for anything else."""
        if path not in self._files:
            raise web.HTTPError(404)
        content = nbformat.read(self._files[path], as_version=4)  # type: ignore[no-untyped-call]
        return {"type": "notebook", "path": path, "content": content}

    def file_exists(self, _path: str) -> bool:
        """False: pictures in text cells are not read from the disk."""
        return False
