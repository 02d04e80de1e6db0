"""S11: of a stranger's picture only its pixels are kept, drawn anew in the sandbox."""

from __future__ import annotations

import random
import re
import socket
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from tresen.adapters.scanning.clamav import ClamAv
from tresen.domains.catalog.ports import SCANNERS, ScannerAway
from tresen.domains.catalog.rules.picture_worker import rendered_of
from tresen.domains.catalog.rules.pictures import Rendered
from tresen.domains.catalog.rules.refusals import FileInfected, PictureTooBig, PictureUnreadable
from tresen.workflows.supplying.studio import Studio

SCRIPT = b"<script>alert(document.cookie)</script><?php system($_GET[0]); ?>"
CANARY = b"CANARY-53.5511N-9.9937E"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
RSS_KB_MAX = 300_000


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    with Studio() as opened:
        yield opened


def picture(width: int = 60, height: int = 40, *, kind: str = "PNG", **more: object) -> bytes:
    target = BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(target, kind, **more)
    return target.getvalue()


def _with_place(kind: str) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (53.0, 33.0, 4.0)
    return picture(kind=kind, exif=exif)


def _png_with_words() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_itxt("Comment", (SCRIPT + CANARY).decode(), zip=True)
    words.add_text("XML:com.adobe.xmp", f"<x>{CANARY.decode()}</x>")
    return picture(pnginfo=words)


def _zip() -> bytes:
    return b"PK\x03\x04" + CANARY + b"PK\x05\x06" + bytes(18)


POLYGLOTS: dict[str, bytes] = {
    "script after PNG": picture() + SCRIPT,
    "script after JPEG": picture(kind="JPEG") + SCRIPT,
    "script in a JPEG comment": picture(kind="JPEG", comment=SCRIPT + CANARY),
    "script after GIF": b"GIF89a" + picture(kind="GIF")[6:] + b"*/=1;" + SCRIPT,
    "archive after PNG": picture() + _zip(),
    "archive after WebP": picture(kind="WEBP") + _zip(),
    "place in JPEG": _with_place("JPEG"),
    "place in WebP": _with_place("WEBP"),
    "place in PNG": _with_place("PNG"),
    "place in AVIF": _with_place("AVIF"),
    "words in PNG": _png_with_words(),
    "profile": picture(kind="JPEG", icc_profile=CANARY * 40),
}
NO_PICTURES: dict[str, bytes] = {
    "nothing": b"",
    "page": b"<!doctype html>" + SCRIPT,
    "drawing": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><foreignObject/></svg>',
    "drawing that says it is XML": b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM'
    b' "file:///etc/passwd">]><svg>&x;</svg>',
    "paper": b"%PDF-1.7 " + SCRIPT,
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n(x) run",
    "icon": b"\0\0\1\0\1\0" + bytes(40),
    "tiff": b"II*\0" + bytes(40),
    "archive": _zip(),
    "program": b"\x7fELF" + bytes(60),
    "bitmap": picture(kind="BMP"),
}


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, *chunks: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + b"".join(chunks) + _chunk(b"IEND", b"")


def _many_frames() -> bytes:
    target = BytesIO()
    frames = [Image.new("P", (600, 600), shade) for shade in range(200)]
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:])
    return target.getvalue()


BOMBS: dict[str, tuple[bytes, type[Exception] | None]] = {
    "30,000 by 30,000": (
        _png(30_000, 30_000, _chunk(b"IDAT", zlib.compress(bytes(10_000_000), 9))),
        PictureTooBig,
    ),
    "the largest that can be said": (_png(2**31 - 1, 2**31 - 1), PictureTooBig),
    "words that unpack to 200 MB": (
        _png(
            1,
            1,
            _chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(200_000_000), 9)),
            _chunk(b"IDAT", zlib.compress(bytes(4))),
        ),
        PictureUnreadable,
    ),
    "200 frames": (_many_frames(), None),
    "a photograph of 60 megapixels": (picture(9_600, 6_200, kind="JPEG"), None),
}


def _has_only_pixels(made: Rendered) -> None:
    for data in (made.original, *made.versions.values()):
        assert not any(word in data for word in (b"<script", b"<?php", CANARY, b"PK\x03\x04"))
        with Image.open(BytesIO(data)) as found:
            found.load()
            assert dict(found.getexif()) == {}
            assert {"icc_profile", "xmp", "comment", "exif"} & set(found.info) == set()


@pytest.mark.parametrize("name", sorted(POLYGLOTS))
def test_of_a_picture_with_something_in_it_only_the_pixels_are_kept(
    studio: Studio, name: str
) -> None:
    made = studio.render(POLYGLOTS[name])
    assert (made.width, made.height) == (60, 40)
    _has_only_pixels(made)


@pytest.mark.parametrize("name", ["script after PNG", "place in JPEG", "words in PNG", "profile"])
def test_kept_as_it_came_it_would_be_found(name: str) -> None:
    """Control: the same look at the file itself."""
    content = POLYGLOTS[name]
    as_it_came = Rendered(
        hash="", extension="png", original=content, width=60, height=40, versions={}
    )
    with pytest.raises(AssertionError):
        _has_only_pixels(as_it_came)


@pytest.mark.parametrize("name", sorted(NO_PICTURES))
def test_what_is_no_picture_is_refused_whatever_it_is_called(studio: Studio, name: str) -> None:
    with pytest.raises(PictureUnreadable):
        studio.render(NO_PICTURES[name])


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_bombs_are_refused_or_tamed_within_the_memory(studio: Studio, name: str) -> None:
    content, refusal = BOMBS[name]
    if refusal is None:
        _has_only_pixels(studio.render(content))
    else:
        with pytest.raises(refusal):
            studio.render(content)
    studio.render(picture())
    told = Path(f"/proc/{studio._box.pid}/status").read_text()
    peak = re.search(r"VmHWM:\s+(\d+) kB", told)
    assert peak is not None
    assert int(peak.group(1)) <= RSS_KB_MAX


def test_a_thousand_damaged_files_end_in_words_and_never_in_a_fault(studio: Studio) -> None:
    chance = random.Random(20261126)  # noqa: S311
    sources = [picture(kind=kind) for kind in ("PNG", "JPEG", "WEBP", "GIF", "AVIF")]
    kept = refused = 0
    for _ in range(1_000):
        content = bytearray(chance.choice(sources))
        for _ in range(chance.randint(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        if chance.random() < 0.3:
            del content[chance.randrange(len(content)) :]
        try:
            _has_only_pixels(studio.render(bytes(content)))
            kept += 1
        except (PictureUnreadable, PictureTooBig):
            refused += 1
    assert kept + refused == 1_000
    assert min(kept, refused) > 50


def test_a_worker_that_was_taken_over_cannot_hand_out_what_is_no_picture() -> None:
    said = {"extension": "jpg", "width": 60, "height": 40, "widths": [60]}
    webp, jpg = picture(kind="WEBP"), picture(kind="JPEG")
    assert rendered_of(b"", said, [jpg, webp]).versions == {60: webp}
    lies: list[tuple[dict[str, object], list[bytes]]] = [
        (said, [SCRIPT, webp]),
        (said, [jpg, SCRIPT]),
        (said, [jpg]),
        (said | {"extension": "../../x.html"}, [jpg, webp]),
        (said | {"widths": ["../60"]}, [jpg, webp]),
        (said | {"widths": [True]}, [jpg, webp]),
        (said | {"width": -1}, [jpg, webp]),
        (said | {"height": 10**9}, [jpg, webp]),
        ({}, []),
    ]
    for about, parts in lies:
        with pytest.raises(PictureUnreadable):
            rendered_of(b"", about, parts)


@pytest.fixture
def daemon() -> Iterator[Callable[[bytes], str]]:
    """A stand-in for clamd that finds EICAR, or says what it is told to."""
    servers: list[socket.socket] = []

    def serve(say: bytes = b"") -> str:
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)
        threading.Thread(target=_scan, args=(server, say), daemon=True).start()
        return f"127.0.0.1:{server.getsockname()[1]}"

    yield serve
    for server in servers:
        server.close()


def _scan(server: socket.socket, say: bytes) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection, connection.makefile("rb") as source:
            assert source.read(10) == b"zINSTREAM\0"
            content = b""
            while size := struct.unpack(">I", source.read(4))[0]:
                content += source.read(size)
            found = b"stream: Eicar-Test-Signature FOUND\0"
            connection.sendall(say or (found if EICAR in content else b"stream: OK\0"))


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def switch_on(address: str) -> None:
        monkeypatch.setattr(SCANNERS, "_held", {"clamav": ClamAv(address, seconds=1.0)})

    return switch_on


def test_an_infected_file_is_refused_and_a_clean_one_taken(
    studio: Studio, daemon: Callable[..., str], scanned: Callable[[str], None]
) -> None:
    infected = picture() + EICAR
    assert studio.render(infected).width == 60  # control: without a scanner it would come in
    scanned(daemon())
    with pytest.raises(FileInfected):
        studio.render(infected)
    assert studio.render(picture(700, 9)).width == 700


@pytest.mark.parametrize(
    "say", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OK but\0", b"\0" * 4_000]
)
def test_a_scanner_that_does_not_say_clearly_takes_nothing_in(
    studio: Studio, daemon: Callable[..., str], scanned: Callable[[str], None], say: bytes
) -> None:
    scanned(daemon(say) if say else "127.0.0.1:1")
    with pytest.raises(ScannerAway):
        studio.render(picture())
