"""Gather the translations: merge the parts of each language, compile them, and name the gaps."""

from __future__ import annotations

import argparse

from tresen.operations.words.catalogs import compile_words, languages, merge, write_merged
from tresen.operations.words.gaps import find_gaps
from tresen.operations.words.speaking import gettext as _
from tresen.operations.words.speaking import ngettext


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help=_("write nothing but the compiled files; 1 on a gap")
    )


def act(arguments: argparse.Namespace) -> int:
    gaps = []
    for language in languages():
        merged = merge(language)
        if not arguments.check and write_merged(merged):
            print(_("{language}: merged", language=language))
        gaps += [f"{language}: {gap}" for gap in find_gaps(merged)]
    compile_words()
    for gap in gaps:
        print(gap)
    if gaps:
        print(ngettext("{count} gap", "{count} gaps", len(gaps)))
        return 1
    print(_("Every word is translated."))
    return 0
