"""The command: `botiquette`, or `python -m botiquette`."""

import signal
import sys

from ._native import run


def main() -> int:
    # Python's own handler would wait until the command is done.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return run(["botiquette", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
