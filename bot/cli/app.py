"""The command line's frame: commands, exit codes, one-line errors."""

from __future__ import annotations

import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from data.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.config import Config
    from data.store import Store

DONE, FAILED, WRONG = 0, 1, 2
_PATH_ERRORS: tuple[tuple[type[OSError], str], ...] = (
    (IsADirectoryError, "folder"),
    (NotADirectoryError, "no_folder"),
    (FileNotFoundError, "absent"),
    (PermissionError, "not_allowed"),
    (FileExistsError, "exists"),
)

app = typer.Typer(
    name="shaozi",
    help="哨子:听见邻居说的,变成有人管的事。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)


@app.callback()
def frame() -> None:
    """哨子:听见邻居说的,变成有人管的事。"""


ConfigOption = Annotated[Path | None, typer.Option("--config", help="配置文件(默认用当前目录的 config.yaml)")]


def config_from(path: Path | None) -> Config:
    """Read the config that was named, or `config.yaml` of this folder if there is one."""
    from bot.config import load

    default = Path("config.yaml")
    return load(path or (default if default.exists() else None))


def worded(error: InputError) -> str:
    """Return the line for an error: file, line or key, what is wrong and what was expected."""
    from handlers.texts.wording import Texts

    where = "" if error.where == "-" else f":{error.where}"
    return f"{error.source}{where}: {Texts.load()(error.key, **error.values)}"


def say(key: str, **values: Any) -> None:
    """Print one line of the wordings on standard output."""
    from handlers.texts.wording import Texts

    sys.stdout.write(Texts.load()(key, **values) + "\n")


def failed(key: str, **values: Any) -> int:
    """Say in one line on standard error why it cannot be done, and return the exit code for that."""
    from handlers.texts.wording import Texts

    return _fail(Texts.load()(key, **values), FAILED)


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 failed, 2 wrong usage or wrong input."""
    import bot.cli  # noqa: F401  the commands register themselves on `app`

    try:
        result = app(arguments, standalone_mode=False)
    except (InputError, UnicodeDecodeError, OSError) as error:
        return _fail(worded(error) if isinstance(error, InputError) else _of_file(error), WRONG)
    except typer.Exit as done:
        return int(done.exit_code)
    except typer.TyperException as error:
        return _fail(error.format_message(), WRONG)
    except (typer.Abort, KeyboardInterrupt):
        return FAILED
    except Exception as error:
        from sqlalchemy.exc import DatabaseError

        if not isinstance(error, DatabaseError):
            raise
        return failed("cli.store_failed", what=str(error.orig).strip().partition("\n")[0])
    return result if isinstance(result, int) else DONE


@contextmanager
def store_at(url: str) -> Iterator[Store]:
    """Open the store that a bot keeps, close it after; raise `InputError` if there is none, or an old one."""
    from data.schema import require_current
    from data.store import Store

    with closing(Store(url)) as store:
        if store.engines.path is not None and not store.engines.path.exists():
            raise InputError(str(store.engines.path), "-", "store.empty")
        require_current(store.engines)
        yield store


def xlsx_named(to: Path) -> Path:
    """Return the path of a spreadsheet to be written, or raise: nothing else is."""
    if to.suffix.lower() != ".xlsx":
        raise InputError(str(to), "-", "cli.not_xlsx_name")
    return to


def _of_file(error: UnicodeDecodeError | OSError) -> str:
    """Return the line for a file that cannot be read or written; what is no file's fault is raised again."""
    from handlers.texts.wording import Texts

    texts = Texts.load()
    if isinstance(error, UnicodeDecodeError):
        return texts("cli.not_utf8")
    if error.filename is None:
        raise error
    name = next((name for kind, name in _PATH_ERRORS if isinstance(error, kind)), "other")
    return texts(f"cli.path.{name}", path=error.filename, what=error.strerror or "")


def _fail(line: str, code: int) -> int:
    sys.stderr.write(" ".join(line.split("\n")) + "\n")
    return code
