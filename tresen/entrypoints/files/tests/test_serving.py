"""Files are handed out from their folders alone, and nothing that could run comes from media."""

from __future__ import annotations

from pathlib import Path

import pytest

from tresen.entrypoints.files.serving import (
    FOR_AN_HOUR,
    FOR_GOOD,
    OWN_FILES,
    PICTURES,
    Files,
    Shelf,
)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    for folder in ("static", "media"):
        (tmp_path / folder / "a").mkdir(parents=True)
    (tmp_path / "static" / "a" / "x.js").write_text("let x;")
    (tmp_path / "static" / ".hidden").write_text("hidden")
    (tmp_path / "media" / "a" / "320.webp").write_bytes(b"RIFF....WEBP")
    for name in ("page.html", "drawing.svg", "run.js", "paper.pdf", "no-suffix", "x.php"):
        (tmp_path / "media" / "a" / name).write_text("<script>alert(1)</script>")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "media" / "way-out.webp").symlink_to(tmp_path / "secret.txt")
    return Files(
        [
            Shelf(route="/static/", folder=tmp_path / "static", types=OWN_FILES),
            Shelf(
                route="/media/",
                folder=tmp_path / "media",
                types=PICTURES,
                named_by_content=True,
                for_others=True,
            ),
        ],
        hsts_seconds=0,
    )


def get(files: Files, path: str, **environ: str) -> tuple[int, dict[str, str], bytes]:
    told: list[tuple[str, list[tuple[str, str]]]] = []
    given = {"REQUEST_METHOD": "GET", "PATH_INFO": path, **environ}
    body = b"".join(files(given, lambda status, headers: told.append((status, headers))))
    ((status, headers),) = told
    return int(status[:3]), dict(headers), body


def test_a_file_comes_with_its_kind_and_is_kept(files: Files) -> None:
    status, headers, body = get(files, "/static/a/x.js")
    assert (status, body) == (200, b"let x;")
    assert headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert headers["Cache-Control"] == FOR_AN_HOUR
    assert get(files, "/static/a/x.js", QUERY_STRING="v=1")[1]["Cache-Control"] == FOR_GOOD
    assert get(files, "/media/a/320.webp")[1]["Cache-Control"] == FOR_GOOD


def test_what_a_browser_has_already_is_not_sent_again(files: Files) -> None:
    mark = get(files, "/static/a/x.js")[1]["ETag"]
    assert get(files, "/static/a/x.js", HTTP_IF_NONE_MATCH=mark)[::2] == (304, b"")
    assert get(files, "/static/a/x.js", REQUEST_METHOD="HEAD")[::2] == (200, b"")


@pytest.mark.parametrize(
    "name", ["page.html", "drawing.svg", "run.js", "paper.pdf", "no-suffix", "x.php"]
)
def test_what_is_no_picture_is_saved_and_never_shown(files: Files, name: str) -> None:
    status, headers, _ = get(files, f"/media/a/{name}")
    assert status == 200
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../secret.txt",
        "/static/a/../../secret.txt",
        "/static//secret.txt",
        "/static/",
        "/static/a",
        "/static/a/",
        "/static/.hidden",
        "/static/..\\secret.txt",
        "/static/a/x.js\0.png",
        "/static/%2e%2e/secret.txt",
        "/media/way-out.webp",
        "/media/" + "a" * 5_000,
        "/media/\xff\xfe",
        "/media/CON",
        "/media/a/./320.webp",
    ],
)
def test_no_way_leads_out_of_the_folder(files: Files, path: str) -> None:
    status, headers, body = get(files, path)
    assert (status, body) == (404, b"404 Not Found\n")
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_link_inside_the_folder_is_followed_so_that_the_test_above_can_fail(
    files: Files, tmp_path: Path
) -> None:
    """Control: it is the place that is refused, not the link."""
    (tmp_path / "media" / "inside.webp").symlink_to(tmp_path / "media" / "a" / "320.webp")
    assert get(files, "/media/inside.webp")[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_files_are_only_read(files: Files, method: str) -> None:
    status, headers, _ = get(files, "/static/a/x.js", REQUEST_METHOD=method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")
