"""`tresen` and `python -m tresen`."""

from __future__ import annotations

import sys

from tresen.entrypoints.cli.frame import dispatch


def main() -> int:
    return dispatch(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
