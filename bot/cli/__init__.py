"""The command line, one module per group of commands."""

from bot.cli import database, doctoring, exporting, inviting, replaying, roster, running, understanding

__all__ = [
    "database",
    "doctoring",
    "exporting",
    "inviting",
    "replaying",
    "roster",
    "running",
    "understanding",
]
