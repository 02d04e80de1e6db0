"""The rail shows the tasks whose screens exist, in the order of the house."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path

from tresen.entrypoints.backoffice.kit.rail import TASKS, rail_items
from tresen.entrypoints.shared.icons import icon_svg


def _nowhere(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path(
        "desk/",
        include(
            (
                [path("stock/", _nowhere, name="stock"), path("", _nowhere, name="today")],
                "backoffice",
            )
        ),
    )
]


@override_settings(ROOT_URLCONF=__name__)
def test_only_tasks_with_a_screen_are_shown_with_what_waits_there() -> None:
    items = rail_items(HttpRequest(), counts={"stock": 31})

    assert [(item.name, item.url, item.count) for item in items] == [
        ("today", "/desk/", 0),
        ("stock", "/desk/stock/", 31),
    ]


def test_every_task_has_its_icon() -> None:
    assert all(icon_svg(icon) for _, _, icon in TASKS)
