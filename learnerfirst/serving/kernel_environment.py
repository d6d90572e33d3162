"""The environment of a kernel: what Python and the pages need, nothing else of the person who started us."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

KEPT = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
    "TMPDIR",
    "TEMP",
    "TMP",
    "SYSTEMROOT",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "PYTHONHASHSEED",
    "XDG_DATA_HOME",
)
# The last one is for pyarrow, which pandas loads where it is installed: its allocator starts a thread of its own.
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}


def package_path() -> dict[str, str]:
    """PYTHONPATH that finds this package from any folder, also when it runs from a checkout."""
    root = Path(__file__).resolve().parents[2]
    given = os.environ.get("PYTHONPATH", "")
    if not (root / "pyproject.toml").is_file():
        return {"PYTHONPATH": given} if given else {}
    return {"PYTHONPATH": os.pathsep.join([str(root), given]) if given else str(root)}


def for_page(shared: Mapping[str, str], private: Path, path: str, query: str) -> dict[str, str]:
    """Environment of the kernel of one page: ``shared`` settings, a ``private`` IPython folder, where it was opened.

    Kernels read nobody's IPython or Jupyter configuration and start-up files. The query is at most 2,000 characters.
    """
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment.update(shared)
    environment.update(
        IPYTHONDIR=str(private / "ipython"),
        JUPYTER_CONFIG_DIR=str(private / "jupyter"),
        JUPYTER_NO_CONFIG="1",
        **ONE_THREAD,
        **package_path(),
        LEARNERFIRST_PAGE=path,
        QUERY_STRING=query[:2000],
    )
    return environment
