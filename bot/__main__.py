"""`shaozi`, the command line."""

from __future__ import annotations

import sys

from bot.cli.app import main as run


def main() -> None:
    """Run the command that was given and exit with its code."""
    sys.exit(run())


if __name__ == "__main__":
    main()
