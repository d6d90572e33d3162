"""Pictures: small graphics as SVG text (continuum, dimensions), frames as Altair charts.

The SVG functions import nothing heavy; Altair is imported when a chart is asked for.
"""

from learnerfirst.charts.continuum import continuum_svg, describe, place, place_near
from learnerfirst.charts.dimensions import dimensions_svg
from learnerfirst.charts.vega import dimensions_chart, distribution_chart, relabelled

__all__ = [
    "continuum_svg",
    "describe",
    "dimensions_chart",
    "dimensions_svg",
    "distribution_chart",
    "place",
    "place_near",
    "relabelled",
]
