"""The file of wordings: every text a person reads, by key, so that a place can speak its own way."""

from __future__ import annotations

import string
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml

from data.domain.errors import InputError
from handlers.texts.masking import harmless, mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


OWN = "own"  # what wordings are called that come from no file


class Said(str):
    """Words of a person (never ours): masked where residents read them."""

    __slots__ = ()


def read_yaml(text: str) -> Any:
    """Return what a YAML text says; libyaml, where PyYAML has it, is ten times as fast and as safe."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


class Texts:
    """All wordings, by dotted key (`case.accepted`)."""

    def __init__(self, wordings: Mapping[str, str]) -> None:
        self._base = wordings
        self._wordings = wordings

    @classmethod
    def load(cls, own: Path | None = None) -> Texts:
        """Read the shipped wordings, with those of a place's own file in their stead."""
        shipped = _shipped()
        return cls(shipped if own is None else {**shipped, **_read_own(own, shipped)})

    def __call__(self, key: str, /, *, public: bool = False, **values: Any) -> str:
        """Return the text under a key; in a `public` one people's words are masked."""
        shown = {
            name: harmless(mask(value) if public and isinstance(value, Said) else value)
            if isinstance(value, str)
            else value
            for name, value in values.items()
        }
        return self._wordings[key].format(**shown)

    def own(self, text: str) -> dict[str, str]:
        """Return the wordings that a text of YAML has, by key; raise `InputError` for what cannot be used."""
        return own_wordings(OWN, text, self._base) if text.strip() else {}

    def lay_over(self, own: Mapping[str, str]) -> None:
        """Say it in these words from now on, all else as before."""
        self._wordings = {**self._base, **own}

    def looked_for(self, said: str) -> list[str]:
        """Return the keys of the wordings that are called so or say so."""
        return [key for key, text in self._wordings.items() if said in key or said in str(text)]

    def before(self, key: str) -> str:
        """Return a wording as it is without what was laid over."""
        return self._base[key]

    def raw(self, key: str) -> str:
        """Return a wording with its {fields}."""
        return self._wordings[key]

    def __contains__(self, key: str) -> bool:
        return key in self._wordings

    def keys(self) -> Iterable[str]:
        """Return the dotted keys of all wordings."""
        return self._wordings.keys()

    def names(self, group: str) -> dict[str, str]:
        """Return the texts right below a key, by their last part: `state` → {"reported": "已上报", …}."""
        return {
            key.removeprefix(f"{group}."): text
            for key, text in self._wordings.items()
            if key.startswith(f"{group}.")
        }


@cache
def _shipped() -> Mapping[str, str]:
    """Return the wordings that ship: read once, as nothing changes them."""
    text = (files("handlers") / "texts" / "zh_CN.yaml").read_text(encoding="utf-8")
    return MappingProxyType(dict(_flat(read_yaml(text))))


def _flat(tree: Mapping[str, Any], above: str = "") -> Iterable[tuple[str, Any]]:
    for name, value in tree.items():
        key = f"{above}{name}"
        if isinstance(value, dict):
            yield from _flat(value, f"{key}.")
        else:
            yield key, value.rstrip("\n") if isinstance(value, str) else value


def fields_of(text: str) -> set[str]:
    """Return the names a wording has places for, each in full: `{a.b}` asks for `a.b`, `{}` for nothing."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _read_own(path: Path, shipped: Mapping[str, str]) -> dict[str, str]:
    """Read a place's own wordings; an unknown key or an unknown {field} is refused."""
    if not path.exists():
        raise InputError(str(path), "-", "input.absent")
    try:
        return own_wordings(path.name, path.read_text(encoding="utf-8"), shipped)
    except UnicodeDecodeError:
        raise InputError(path.name, "-", "input.yaml", what="") from None


def own_wordings(name: str, text: str, shipped: Mapping[str, str]) -> dict[str, str]:
    """Return the wordings of a text of YAML; an unknown key or an unknown {field} is refused."""
    try:
        tree = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行" if mark else "-"
        raise InputError(name, where, "input.yaml", what=getattr(error, "problem", "")) from None
    if not isinstance(tree, dict):
        raise InputError(name, "-", "input.not_a_mapping")
    own = dict(_flat(tree))
    for key, wording in own.items():
        if key not in shipped:
            raise InputError(name, key, "texts.unknown_key")
        if not isinstance(wording, str):
            raise InputError(name, key, "texts.not_a_text")
        _try_out(name, key, wording, fields_of(shipped[key]))
    return own


def _try_out(file: str, key: str, text: str, fields: set[str]) -> None:
    """Format an own wording once with all the fields there are: else it would silence the bot."""
    expected = ", ".join(f"{{{field}}}" for field in sorted(fields)) or "-"
    try:
        extra = fields_of(text) - fields
        if extra:
            raise InputError(file, key, "texts.unknown_field", field=min(extra), expected=expected)
        text.format(**dict.fromkeys(fields, ""))
    except (ValueError, LookupError):
        raise InputError(file, key, "texts.braces", expected=expected) from None
