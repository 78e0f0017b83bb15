from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from data.domain.errors import InputError
from data.domain.lifecycle import Action
from handlers.texts.wording import Said, Texts

ROOT = Path(__file__).parents[3]
TEXTS = Texts.load()
KEYS = set(TEXTS.keys())
HOUSES = ("bot", "handlers", "data")


class InCode(NamedTuple):
    """The string constants of the code that may be keys, and the beginnings of keys that are put together."""

    whole: set[str]
    beginnings: tuple[str, ...]


def keys_in_code() -> InCode:
    whole, beginnings = set(), set()
    for house in HOUSES:
        for path in (ROOT / house).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    whole.add(node.value)
                if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                    beginnings.add(str(node.values[0].value))
    for page in (ROOT / "bot" / "web" / "templates").rglob("*.html"):
        template = page.read_text(encoding="utf-8")
        whole.update(re.findall(r'"(\w+\.[\w.]*\w)"', template))
        beginnings.update(re.findall(r'"(\w+\.[\w.]*)" \+', template))
    return InCode(whole, tuple(found for found in beginnings if re.fullmatch(r"[a-z_]+(?:\.\w+)*\.", found)))


def test_every_wording_is_used() -> None:
    code = keys_in_code()
    named = re.compile(r"(web|cli|channel)\.")  # by the page, by typer, by a channel's state
    idle = {
        k for k in KEYS if k not in code.whole and not k.startswith(code.beginnings) and not named.match(k)
    }
    assert idle == set()


def test_every_error_has_its_words() -> None:
    raised = set()
    for house in HOUSES:
        for path in (ROOT / house).rglob("*.py"):
            code = path.read_text(encoding="utf-8")
            raised |= {
                f"error.{key}" for key in re.findall(r'(?:UserError|RefusedError)\(\s*"([\w.]+)"', code)
            }
    assert raised
    assert raised <= KEYS


def test_every_step_has_its_words() -> None:
    told = set(Action) - {Action.REPORT, Action.JOIN, Action.SECOND, Action.RATE, Action.FEED_BACK}
    assert {f"step.{action.value}" for action in told} <= KEYS


def test_people_s_words_are_masked_in_public_only() -> None:
    texts = Texts({"x": "{words} 119 {own}"})
    assert texts("x", public=True, words=Said("3栋501"), own="3栋501") == "3栋*** 119 3栋501"
    assert texts("x", public=False, words=Said("3栋501"), own="") == "3栋501 119 "


def test_own_wordings(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("nobody: 没得人\n", encoding="utf-8")
    assert Texts.load(own)("nobody") == "没得人"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("nobdy: x\n", "texts.unknown_key"),
        ("ack: {new: '{moon}'}\n", "texts.unknown_field"),
        ("ack: {new: '{at}记为 {case.number} {label}。'}\n", "texts.unknown_field"),
        ("ack: {new: '{at[0]}'}\n", "texts.unknown_field"),
        ("ack: {new: '{at'}\n", "texts.braces"),
        ("ack: {new: '{}'}\n", "texts.unknown_field"),
        ("ack: {new: '{at:d}'}\n", "texts.braces"),
        ("ack: {new: '{at!z}'}\n", "texts.braces"),
        ("ack: {new: [一, 二]}\n", "texts.not_a_text"),
        ("- x\n", "input.not_a_mapping"),
        ("a: [\n", "input.yaml"),
    ],
)
def test_wrong_own_wordings_are_refused(tmp_path: Path, text: str, key: str) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Texts.load(own)
    assert caught.value.key == key


def test_a_wrong_own_wording_is_told_with_file_key_and_the_fields_there_are(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("ack: {new: '{at}记为 {case.number} {label}。'}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Texts.load(own)
    error = caught.value
    told = TEXTS(error.key, **error.values)
    assert (error.source, error.where) == ("own.yaml", "ack.new")
    assert "{case.number}" in told
    assert {"{at}", "{case}", "{label}"} <= set(re.findall(r"\{\w+\}", told))


def test_own_wordings_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="absent"):
        Texts.load(tmp_path / "nowhere.yaml")


def test_no_wording_says_that_the_bot_has_called_outside() -> None:
    for key in KEYS:
        if key.startswith(("emergency.", "alarm.")):
            said = TEXTS(key, at="", place="", number="", case="", label="", summary="", who="", words="")
            assert not re.search(r"(?:已经?|已为您|帮你)(?:拨打|报警|打)", said)


def _twice(node: yaml.Node | None) -> list[str]:
    """Return the keys that stand twice in one place of a YAML file: the second silently wins."""
    if not isinstance(node, yaml.MappingNode):
        return []
    keys = [key.value for key, _ in node.value]
    here = [key for key in set(keys) if keys.count(key) > 1]
    return here + [key for _, below in node.value for key in _twice(below)]


def test_no_wording_stands_twice() -> None:
    shipped = (ROOT / "handlers" / "texts" / "zh_CN.yaml").read_text(encoding="utf-8")
    assert _twice(yaml.compose(shipped)) == []
    assert _twice(yaml.compose("a: {kept: x, told: y, kept: z}")) == ["kept"]
