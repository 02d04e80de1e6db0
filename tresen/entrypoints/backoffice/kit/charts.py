"""Figures ready to draw: the table is the source, the drawing reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from tresen.entrypoints.backoffice.kit.cells import cell_html, cell_text
from tresen.entrypoints.backoffice.kit.types import Chart, Words


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """A chart for `backoffice/kit/_chart.html`; each value is (exact, in words)."""

    title: Words
    scale_title: Words
    value_title: Words
    series: Sequence[str]
    rows: Sequence[tuple[str, Sequence[tuple[str, SafeString | str]]]]
    source_url: str


def drawn_chart(chart: Chart) -> DrawnChart:
    """One table row per label."""
    assert all(len(values) == len(chart.labels) for values in chart.series.values())
    return DrawnChart(
        title=chart.title,
        scale_title=chart.scale_title,
        value_title=chart.value_title,
        series=tuple(chart.series),
        rows=[
            (
                label,
                [
                    (cell_text(values[at]), cell_html(values[at]))
                    for values in chart.series.values()
                ],
            )
            for at, label in enumerate(chart.labels)
        ],
        source_url=chart.source_url,
    )
