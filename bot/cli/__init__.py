"""The command line, one module per group of commands."""

from bot.cli import (
    db,
    doctor,
    evaluate,
    export,
    invite,
    learn,
    replay,
    roster,
    rules,
    run,
    sessions,
    topics,
    understand,
)

__all__ = [
    "db",
    "doctor",
    "evaluate",
    "export",
    "invite",
    "learn",
    "replay",
    "roster",
    "rules",
    "run",
    "sessions",
    "topics",
    "understand",
]
