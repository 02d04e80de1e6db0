"""A chart is a table first."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from tresen.entrypoints.backoffice.kit.charts import drawn_chart
from tresen.entrypoints.backoffice.kit.types import Chart
from tresen.entrypoints.shared.tests.markup import flat


def test_every_figure_stands_in_the_table_with_its_exact_value() -> None:
    chart = Chart("Turnover", "Day", "Euro", ["1", "2"], {"Shop": [1200, Decimal("3.5")]})

    with override("de"):
        html = flat(render_to_string("backoffice/kit/_chart.html", {"chart": drawn_chart(chart)}))

    assert '<td class="number" data-exact="1200">1.200</td>' in html
    assert '<td class="number" data-exact="3.5">3,5</td>' in html
    assert '<th scope="col" class="number">Shop</th>' in html


def test_a_series_of_another_length_is_a_fault() -> None:
    with pytest.raises(AssertionError):
        drawn_chart(Chart("T", "D", "E", ["1"], {"Shop": [1, 2]}))
