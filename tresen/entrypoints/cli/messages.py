"""Gather the translations: merge the parts of each language, compile them, and name the gaps."""

from __future__ import annotations

import argparse

from tresen.operations.words.catalogs import compile_words, languages, merge, write_merged
from tresen.operations.words.gaps import find_gaps


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="write nothing but the compiled files; 1 on a gap"
    )


def act(arguments: argparse.Namespace) -> int:
    gaps = []
    for language in languages():
        merged = merge(language)
        if not arguments.check and write_merged(merged):
            print(f"{language}: merged")
        gaps += [f"{language}: {gap}" for gap in find_gaps(merged)]
    compile_words()
    for gap in gaps:
        print(gap)
    print(f"{len(gaps)} gaps" if gaps else "Every word is translated.")
    return 1 if gaps else 0
