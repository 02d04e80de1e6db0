"""Logs: one JSON object a line, with the request's id, and nothing about people in it.

`configure_logs` is called once per process, by its entry. Every value passes the redaction:
what looks like an e-mail address, a phone number, an IBAN or a card number is blotted out, and so
is whatever stands under a secret's name.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import structlog

from tresen.entrypoints.shared import access

BLOT = "***"
_SECRET_NAMES = re.compile(
    r"pass(word|wd|phrase)?$|secret|token|cookie|authorization|session|csrf|signature|api_?key"
    r"|^(e-?mail|phone|iban|bic|card|cvc|cvv|recipient|address|street|postcode|birth)",
    re.IGNORECASE,
)
_SUSPECT = re.compile(r"[@\d]")
_PERSONAL = re.compile(
    r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,4})?\b"
    r"|(?<![\w-])(?:\d[ -]?){13,19}(?![\w-])"
    r"|(?<![\w:.-])(?:\+|00)\d[\d /()-]{6,}\d"
    r"|(?<![\w:.-])0\d{2,5}[ /-]\d[\d /-]{4,}\d"
)
_QUIET = {"procrastinate": logging.WARNING, "asyncio": logging.WARNING, "httpx": logging.WARNING}
_DEPTH_MAX = 6

Event = MutableMapping[str, Any]


def configure_logs(*, verbose: bool = False, stream: TextIO | None = None) -> None:
    """Both structlog and the standard library write JSON lines to `stream` (standard error)."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _name_the_failure,
        redact,
    ]
    out = stream or sys.stderr
    access.open(out)
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(ensure_ascii=False)],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.DEBUG if verbose else logging.INFO
        ),
        logger_factory=structlog.WriteLoggerFactory(out),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            foreign_pre_chain=[structlog.stdlib.add_logger_name, _leave_out_paths, *shared],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(logging.INFO if verbose else level)


def redact(_logger: object, _method: str, event: Event) -> Event:
    """Blot out people and secrets, in the values of the line and of what it contains."""
    for name, value in event.items():
        if _SECRET_NAMES.search(name):
            event[name] = BLOT
        elif not isinstance(value, int | float | bool | None):
            event[name] = redacted(value)
    return event


def redacted(value: object, depth: int = 0) -> object:
    """The value, with what looks personal blotted out."""
    if isinstance(value, str):
        return _PERSONAL.sub(BLOT, value) if _SUSPECT.search(value) else value
    if depth >= _DEPTH_MAX:
        return BLOT
    if isinstance(value, Mapping):
        return {
            str(name): BLOT if _SECRET_NAMES.search(str(name)) else redacted(part, depth + 1)
            for name, part in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [redacted(part, depth + 1) for part in value]
    if isinstance(value, int | float | None):
        return value
    return redacted(str(value), depth)


def _leave_out_paths(_logger: object, _method: str, event: Event) -> Event:
    """Django fills paths into its lines, and a path may carry somebody's signed link."""
    record = event.get("_record")
    if isinstance(record, logging.LogRecord) and record.name.startswith("django."):
        event["event"] = str(record.msg)
    return event


def _name_the_failure(_logger: object, _method: str, event: Event) -> Event:
    """Of an exception: its class and where it came from, not its message nor its variables."""
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()[1]
    if isinstance(given, tuple):
        given = given[1]
    if isinstance(given, BaseException):
        event["failure"] = type(given).__name__
        event["places"] = _places(given)
    return event


def _places(error: BaseException) -> list[str]:
    """The stack, innermost last: module file, line and function."""
    found, step = [], error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        found.append(f"{code.co_filename}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return found
