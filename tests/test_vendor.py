"""Files of other people lie here unmodified, listed and licensed."""

from __future__ import annotations

import shutil
from pathlib import Path

from tools.vendor import VENDOR, complaints, packages, written


def test_every_vendored_file_is_the_one_that_was_published() -> None:
    assert list(complaints(packages())) == []


def test_the_list_is_written_the_same_way_every_time() -> None:
    assert written(packages()) == (VENDOR / "VENDOR.toml").read_text("utf-8")


def test_a_changed_a_missing_and_a_strange_file_are_named(tmp_path: Path) -> None:
    copy = tmp_path / "vendor"
    shutil.copytree(VENDOR, copy)
    with (copy / "htmx" / "htmx.min.js").open("a") as script:
        script.write("//")
    (copy / "lucide" / "truck.svg").unlink()
    (copy / "stranger.js").write_text("1")

    found = list(complaints(packages(), folder=copy))

    assert found == [
        "htmx/htmx.min.js: differs from the file of htmx.org 2.0.11",
        "lucide/truck.svg: listed but absent",
        "stranger.js: there but not listed",
    ]
