"""`shaozi token` and `shaozi webhook`: what is added is shown once, what is wrong is one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.cli.app import main
from data.domain.token import TokenScope
from data.store import Store
from data.tables.interfaces import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROSTER = """
areas: [{code: "1", name: 百安坝社区, kind: community}]
people:
  - {name: 李敏, accounts: [{channel: web, id: limin}], duties: [{role: officer, area: "1"}]}
"""


@pytest.fixture
def store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store_url: str, logs_as_before: None
) -> Iterator[Store]:
    (tmp_path / "config.yaml").write_text(f"database: {{url: '{store_url}'}}\n", encoding="utf-8")
    (tmp_path / "roster.yaml").write_text(ROSTER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["roster", "import", "roster.yaml"]) == 0
    store = Store(store_url)
    yield store
    store.close()


def run(capsys: pytest.CaptureFixture[str], code: int, *words: str) -> str:
    capsys.readouterr()
    assert main(list(words)) == code, capsys.readouterr().err
    said = capsys.readouterr()
    return said.err if code else said.out


def test_a_token_is_shown_once_and_kept_as_a_hash(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, 0, "token", "add", "街道平台", "--scope", "cases:read, appeals:write", "--days", "30")
    secret = said.splitlines()[-1]
    assert secret.startswith("shz_")
    listed = run(capsys, 0, "token", "list")
    assert "街道平台" in listed
    assert "appeals:write,cases:read" in listed
    assert secret not in listed
    with store.read() as uow:
        token = uow.tokens.everyone()[0]
        assert token.scopes == {TokenScope.CASES_READ, TokenScope.APPEALS_WRITE}
        assert uow.people.duties(token.person_id) == []
        assert secret not in str(uow.tokens.all(select(tokens)))
    run(capsys, 0, "token", "revoke", "街道平台")
    assert "已收回" in run(capsys, 0, "token", "list")
    assert "没有" in run(capsys, 2, "token", "revoke", "街道平台")


def test_a_token_acts_as_somebody_in_an_area(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, 0, "token", "add", "a", "--scope", "cases:write", "--person", "李敏", "--area", "1")
    assert "李敏" in run(capsys, 0, "token", "list")
    with store.read() as uow:
        token = uow.tokens.everyone()[0]
        assert (uow.people.get(token.person_id).name, token.area_id) == ("李敏", 1)
        limin = uow.people.on_roster("李敏")[0].id
        assert [a.external_id for a in uow.people.accounts(limin)] == ["limin"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--scope", "cases:eat"], "cases:read"),
        (["--scope", ""], "cases:read"),
        (["--scope", "cases:read", "--area", "9"], "9"),
        (["--scope", "cases:read", "--person", "张三"], "张三"),
    ],
)
def test_wrong_tokens(store: Store, capsys: pytest.CaptureFixture[str], words: list[str], says: str) -> None:
    said = run(capsys, 2, "token", "add", "a", *words)
    assert says in said
    assert len(said.splitlines()) == 1


def test_a_name_is_taken_until_it_is_revoked(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    for code in (0, 2):
        run(capsys, code, "token", "add", "a", "--scope", "cases:read")
    run(capsys, 0, "token", "revoke", "1")
    run(capsys, 0, "token", "add", "a", "--scope", "cases:read")


def test_a_webhook_is_added_listed_removed(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    events = "case.opened,case.resolved"
    said = run(capsys, 0, "webhook", "add", "http://127.0.0.1:9/x", "--events", events, "--allow-private")
    secret = said.splitlines()[-1]
    assert secret.startswith("whsec_")
    listed = run(capsys, 0, "webhook", "list")
    assert "http://127.0.0.1:9/x" in listed
    assert events in listed
    assert secret not in listed
    run(capsys, 0, "webhook", "remove", "1")
    assert "已去掉" in run(capsys, 0, "webhook", "list")
    run(capsys, 2, "webhook", "remove", "1")


def test_doctor_lists_every_interface_and_prints_no_secret(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    token = run(capsys, 0, "token", "add", "街道平台", "--scope", "cases:read", "--days", "3").splitlines()[
        -1
    ]
    added = ("webhook", "add", "http://127.0.0.1:9/secret-path", "--events", "*", "--allow-private")
    secret = run(capsys, 0, *added).splitlines()[-1]
    monkeypatch.setenv("SHAOZI_SECRET", "0123456789abcdef-hidden")
    capsys.readouterr()
    main(["doctor"])
    said = capsys.readouterr().out
    for part in ("REST /api/v1", "Open311", "webhook 1(127.0.0.1)", "calendar.ics", "12345 工单", "渠道"):
        assert part in said
    assert "设了 SHAOZI_SECRET" in said
    assert "! 这些令牌 7 天内到期:街道平台" in said
    for hidden in (token, secret, "hidden", "secret-path"):
        assert hidden not in said


@pytest.mark.parametrize(
    ("url", "events", "says"),
    [
        ("http://127.0.0.1/x", "case.opened", "--allow-private"),
        ("http://localhost/x", "*", "--allow-private"),
        ("http://[::1]/x", "*", "--allow-private"),
        ("ftp://example.org", "*", "http"),
        ("https://no-such-host.invalid/", "*", "主机"),
        ("https://1.1.1.1/", "case.eaten", "case.opened"),
    ],
)
def test_wrong_webhooks(
    store: Store, capsys: pytest.CaptureFixture[str], url: str, events: str, says: str
) -> None:
    said = run(capsys, 2, "webhook", "add", url, "--events", events)
    assert says in said
    assert len(said.splitlines()) == 1
