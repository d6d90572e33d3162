"""An Altair chart as a widget that needs no internet: its specification goes to the renderer that the page carries."""

from __future__ import annotations

import json
from typing import Any

from ipywidgets import Output

from learnerfirst.charts.vega import relabelled
from learnerfirst.pages.theme import boxed, shown


class Chart:
    """One chart that can be replaced. Show ``box``: it never is wider than the page; on phones the table beside it stands for it."""

    def __init__(self) -> None:
        self.output = Output()
        self.box = boxed([self.output], "lf-chart")
        self.spec = ""

    def show(self, chart: Any | None) -> None:
        """Show this chart, or nothing; the same one again sends nothing."""
        shown(self.box, chart is not None)
        bundle = {} if chart is None else relabelled(chart)
        spec = json.dumps(bundle, sort_keys=True)
        if spec == self.spec:
            return
        self.spec = spec
        said = {"output_type": "display_data", "data": bundle, "metadata": {}}
        self.output.outputs = () if chart is None else (said,)
