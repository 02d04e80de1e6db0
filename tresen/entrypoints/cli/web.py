"""The web server alone. `tresen run` starts it for you."""

from __future__ import annotations

import argparse

from tresen.operations.running.web import (
    THREADS_DEFAULT,
    WORKERS_DEFAULT,
    WebPlan,
    serve,
)
from tresen.operations.words.speaking import gettext as _


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=WORKERS_DEFAULT)
    parser.add_argument("--threads", type=int, default=THREADS_DEFAULT, help=_("of each worker"))


def act(arguments: argparse.Namespace) -> int:
    serve(
        WebPlan(
            host=arguments.host,
            port=arguments.port,
            workers=arguments.workers,
            threads=arguments.threads,
        )
    )
    return 0
