"""What Voila's front end is told about our server: the allowed extensions, nobody's own configuration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jupyterlab_server.config import get_federated_extensions
from voila import __version__

from learnerfirst.serving.voila_config import LABEXTENSIONS


def page_config(base_url: str, folders: Sequence[str]) -> dict[str, Any]:
    """The front end's configuration; extensions are looked for in ``folders`` and only ours are named."""
    found = get_federated_extensions(list(folders))
    extensions = [
        {"name": name, **found[name]["jupyterlab"]["_build"]} for name in LABEXTENSIONS if name in found
    ]
    return {
        "appName": "learnerfirst",
        "appVersion": __version__,
        "appUrl": "voila/",
        "themesUrl": "/voila/api/themes",
        "baseUrl": base_url,
        "terminalsAvailable": False,
        "fullStaticUrl": f"{base_url}voila/static",
        "fullLabextensionsUrl": f"{base_url}voila/labextensions",
        "extensionConfig": {},
        "progressiveRendering": False,
        "federated_extensions": extensions,
        "mathjaxConfig": "none",
        "fullMathjaxUrl": f"{base_url}assets/no-mathjax.js",
        "disabledExtensions": [],
    }
