"""The command line, one module per group of commands."""

from bot.cli import replaying

__all__ = ["replaying"]
