"""Logs: one line an event, ids and counts, never what people said."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from structlog.typing import Processor

    from bot.config.running import Log

LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}


def logs_to_stderr() -> None:
    """Keep logs off standard output, where a command writes what others read; set up in no other way."""
    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))


def set_up_logs(log: Log) -> None:
    """Send all logs to standard error, as JSON or for eyes; other libraries' lines go the same way.

    Tracebacks are plain: the pretty ones show local variables, and in those stands what people said.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=False),
    ]
    last: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if log.format == "json":
        last += [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    else:
        colours = sys.stderr.isatty()
        plain = structlog.dev.plain_traceback
        last.append(structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=plain))
    handler = logging.StreamHandler()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(LEVELS[log.level])
    for talkative in ("alembic", "apscheduler"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[log.level]),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
