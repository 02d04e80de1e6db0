"""The web server alone, with the files it hands out itself. `tresen run` starts it for you."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from tresen.operations.postgres.layout import data_folder
from tresen.operations.running.web import (
    THREADS_DEFAULT,
    WORKERS_DEFAULT,
    Mount,
    WebPlan,
    serve,
)

FOLDERS = ("static", "media")
"""Of the data folder, each under the route of its name."""


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=WORKERS_DEFAULT)
    parser.add_argument("--threads", type=int, default=THREADS_DEFAULT, help="of each worker")
    parser.add_argument(
        "--mount",
        action="append",
        type=mount_of,
        metavar="ROUTE=FOLDER",
        help="files to hand out; instead of /static and /media of the data folder",
    )


def act(arguments: argparse.Namespace) -> int:
    data = data_folder(os.environ)
    mounts = arguments.mount or [Mount(f"/{name}", data / name) for name in FOLDERS]
    for mount in mounts:
        mount.folder.mkdir(parents=True, exist_ok=True)
    serve(
        WebPlan(
            host=arguments.host,
            port=arguments.port,
            workers=arguments.workers,
            threads=arguments.threads,
            mounts=mounts,
        )
    )
    return 0


def mount_of(text: str) -> Mount:
    route, separator, folder = text.partition("=")
    if not separator or not route.startswith("/") or not folder:
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form /route=folder")
    return Mount(route.rstrip("/"), Path(folder))
