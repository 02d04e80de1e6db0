"""From the words on the command line to the verb that acts on them."""

from __future__ import annotations

import argparse
import difflib
import importlib
import inspect
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from structlog.contextvars import bound_contextvars

from tresen.entrypoints.cli.telling import told
from tresen.entrypoints.cli.verbs import VERBS, Verb, find_verb
from tresen.foundation.refusals import Refusal
from tresen.operations.machine.parent import die_with_named_parent
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.layout import data_folder
from tresen.operations.postgres.server import using_server
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import has_words, language_of, speak

_ID_BYTES = 8
"""What one call of a verb did is found together in the audit."""
FAILED = 1
MISUSED = 2
INTERRUPTED = 130
HELP = frozenset({"-h", "--help"})


def dispatch(words: Sequence[str]) -> int:
    """The exit code. Trouble is told in plain words, without a traceback."""
    die_with_named_parent(os.environ)
    _speak()
    if not words or words[0] in HELP | {"help"}:
        print(menu())
        return 0
    verb = find_verb(words[0])
    if verb is None:
        print(_unknown(words[0]), file=sys.stderr)
        return MISUSED
    try:
        with _needs_of(verb, words[1:]):
            return _act(verb, words[1:])
    except Trouble as trouble:
        print(f"tresen {verb.name}: {trouble}", file=sys.stderr)
        return FAILED
    except Refusal as refusal:
        print(f"tresen {verb.name}: {told(refusal)}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED


def menu() -> str:
    shown = [verb for verb in VERBS if not verb.hidden]
    width = max(len(verb.name) for verb in shown)
    lines = [f"  {verb.name:<{width}}  {_(verb.about)}" for verb in shown]
    usage, more = _("usage: tresen VERB …"), _("tresen VERB --help says more.")
    return "\n".join([usage, "", *lines, "", more])


def _speak() -> None:
    """A checkout that was never opened has no compiled words yet."""
    language = speak()
    if not has_words(language):
        with suppress(OSError):
            importlib.import_module("tresen.operations.words.catalogs").compile_words()


@contextmanager
def _needs_of(verb: Verb, rest: Sequence[str]) -> Iterator[None]:
    if verb.needs == "nothing":
        yield
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tresen.config.settings")
    if verb.role != "app":
        os.environ["TRESEN_DB_ROLE"] = verb.role
    only_words = bool(HELP & set(rest)) or (rest and rest[0] in verb.offline)
    if verb.needs == "django" or only_words:
        _set_up_django(verb)
        yield
        return
    with using_server(data_folder(os.environ), environ=os.environ, say=_say):
        _set_up_django(verb)
        yield


def _act(verb: Verb, rest: Sequence[str]) -> int:
    module = importlib.import_module(verb.module)
    parser = argparse.ArgumentParser(
        prog=f"tresen {verb.name}",
        description=_(inspect.cleandoc(module.__doc__ or "")),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.declare(parser)
    arguments = parser.parse_args(list(rest))
    with bound_contextvars(request_id=f"cli-{os.urandom(_ID_BYTES).hex()}"):
        return int(module.act(arguments))


def _set_up_django(verb: Verb) -> None:
    """Late, and by name: the menu and the doctor work where Django does not."""
    importlib.import_module("django").setup()
    if not verb.serves:
        importlib.import_module("django.utils.translation").activate(language_of(os.environ))


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, [verb.name for verb in VERBS], n=1)
    said = _("tresen: there is no verb {name}.", name=repr(name))
    meant = " " + _("Did you mean {name}?", name=repr(near[0])) if near else ""
    return f"{said}{meant}\n\n{menu()}"


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
