"""The command line, one module per group of commands."""

from bot.cli import (
    database,
    doctoring,
    evaluating,
    exporting,
    inviting,
    learning,
    replaying,
    roster,
    ruling,
    running,
    topics,
    understanding,
)

__all__ = [
    "database",
    "doctoring",
    "evaluating",
    "exporting",
    "inviting",
    "learning",
    "replaying",
    "roster",
    "ruling",
    "running",
    "topics",
    "understanding",
]
