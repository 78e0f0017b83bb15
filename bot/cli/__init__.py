"""The command line, one module per group of commands."""

from bot.cli import (
    answers,
    db,
    doctor,
    evaluate,
    export,
    invite,
    learn,
    points,
    replay,
    retention,
    roster,
    rules,
    run,
    sessions,
    topics,
    understand,
)

__all__ = [
    "answers",
    "db",
    "doctor",
    "evaluate",
    "export",
    "invite",
    "learn",
    "points",
    "replay",
    "retention",
    "roster",
    "rules",
    "run",
    "sessions",
    "topics",
    "understand",
]
