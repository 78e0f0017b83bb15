"""The command line, one module per group of commands."""

from bot.cli import database, doctoring, exporting, replaying, roster, understanding

__all__ = ["database", "doctoring", "exporting", "replaying", "roster", "understanding"]
