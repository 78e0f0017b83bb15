"""The configurations in docs/deploy, tried: a bot behind nginx and behind Caddy, by its public name."""

from __future__ import annotations

import asyncio
import json
import ssl
import subprocess
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientError, ClientSession, CookieJar, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from PIL import Image
from typing_extensions import override

from bot.bootstrap import policy_of
from bot.channels.pictures import MOST_BYTES
from bot.config import Config
from data.domain.clock import SystemClock
from data.holidays import ChineseHolidays
from data.store import Store
from handlers.people.invitations import invite
from tests.integration.crews import Crew, free_port, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DEPLOY = Path(__file__).parents[2] / "docs" / "deploy"
NAME = "shaozi.example.cn"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


class Here(AbstractResolver):
    """Every name is this machine's."""

    @override
    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        found: ResolveResult = {
            "hostname": host,
            "host": "127.0.0.1",
            "port": port,
            "family": 2,
            "proto": 0,
            "flags": 0,
        }
        return [found]

    @override
    async def close(self) -> None:
        """Nothing is open."""


def certificate(folder: Path) -> None:
    """Write a certificate for the name, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
    builder = builder.not_valid_after(datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=36_500))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
    signed = builder.sign(key, hashes.SHA256())
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "privkey.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *private))


def nginx(folder: Path, bot: int, port: int) -> list[str]:
    """Return how nginx is started with the configuration that ships, on other ports."""
    certificate(folder)
    server = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for before, after in (
        ("server 127.0.0.1:8311;", f"server 127.0.0.1:{bot};"),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("/etc/ssl/shaozi", str(folder)),
    ):
        assert before in server
        server = server.replace(before, after)
    (folder / "shaozi.conf").write_text(server, encoding="utf-8")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {temporary} include {folder}/shaozi.conf; }}\n",
        encoding="utf-8",
    )
    return ["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]


def caddy(folder: Path, bot: int, port: int) -> list[str]:
    """Return how Caddy is started with the configuration that ships, with a certificate of its own making."""
    site = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    for before, after in (
        (f"{NAME} {{", f"https://{NAME}:{port} {{\n\tbind 127.0.0.1\n\ttls internal"),
        ("reverse_proxy 127.0.0.1:8311", f"reverse_proxy 127.0.0.1:{bot}"),
    ):
        assert before in site
        site = site.replace(before, after)
    lines = "admin off", "skip_install_trust", "auto_https disable_redirects", f"storage file_system {folder}"
    options = "{\n" + "".join(f"\t{line}\n" for line in lines) + "}\n"
    (folder / "Caddyfile").write_text(options + site, encoding="utf-8")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@contextmanager
def running(command: list[str], folder: Path) -> Iterator[None]:
    """Have a server run."""
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            yield
        finally:
            process.terminate()


PROXIES = [pytest.param(proxy, marks=pytest.mark.program(proxy.__name__)) for proxy in (nginx, caddy)]


@pytest.mark.parametrize("proxy", PROXIES)
async def test_a_bot_behind_a_proxy(
    proxy: Callable[[Path, int, int], list[str]], store_url: str, tmp_path: Path
) -> None:
    settle(store_url, policy_of(Config(), ChineseHolidays()).work)
    port = free_port()
    bot = Crew(tmp_path / "bot", store_url, 1, public_url=f"https://{NAME}:{port}")
    folder = tmp_path / "proxy"
    folder.mkdir()
    bot.start()
    try:
        with running(proxy(folder, bot.port, port), folder):
            await _visit(f"https://{NAME}:{port}", store_url)
    finally:
        assert bot.stop() == 0


async def _visit(address: str, url: str) -> None:
    """Come in by a code, talk over the WebSocket, and try what must not be possible."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    outside = "127.0.0.2", 0  # no address that is trusted, as a proxy's is
    connector = TCPConnector(resolver=Here(), ssl=trusting, local_addr=outside)
    async with ClientSession(connector=connector, cookie_jar=CookieJar(unsafe=True)) as browser:
        await _is_there(browser, address)
        answer = await browser.post(f"{address}/sign-in", json={"code": _code(url)})
        assert answer.status == 200, await answer.text()
        answer.release()
        assert "Secure" in answer.headers["Set-Cookie"]
        page = await browser.ws_connect(f"{address}/chat", origin=address)
        said = {"type": "say", "client": "client-0001", "room": "grid1", "text": "3栋2单元电梯又坏了,没人修"}
        await page.send_str(json.dumps(said))
        async with asyncio.timeout(20):
            while "记为" not in (await page.receive_str()):
                pass
        await page.close()
        await _send_pictures(browser, address)
        inside = await browser.get(f"{address}/metrics")
        assert inside.status in (401, 403)  # it comes from this machine, but through the proxy
        other = await browser.get(f"{address}/sign-in", headers={"Host": "evil.example.cn"})
        assert other.status == 421 or await other.text() == ""  # Caddy has nothing to say there
        for number in range(12):  # whatever one claims to be: the proxy says who it is
            headers = {"X-Forwarded-For": f"9.9.9.{number}"}
            wrong = await browser.post(f"{address}/sign-in", json={"code": "2222-3333-4444"}, headers=headers)
            wrong.release()
        assert wrong.status == 429


async def _send_pictures(browser: ClientSession, address: str) -> None:
    """Send a picture as large as the bot takes: of itself nginx lets a megabyte through."""
    where, headers = f"{address}/media?room=grid1", {"Origin": address}
    sent = await browser.post(where, data=photograph(MOST_BYTES - 2**19), headers=headers)
    assert sent.status == 201, await sent.text()
    seen = await browser.get(f"{address}/{(await sent.json())['media']}")
    assert (seen.status, len(await seen.read()) > 2**22) == (200, True)
    refused = await browser.post(where, data=photograph(MOST_BYTES + 2**19), headers=headers)
    assert (refused.status, "8" in await refused.text()) == (413, True)  # in the bot's own words


def photograph(size: int) -> BytesIO:
    """Return a picture of so many bytes, as good as none of which can be pressed together."""
    side = int((size / 3) ** 0.5)
    drawn = BytesIO()
    Image.frombytes("RGB", (side, side), Random(1).randbytes(side * side * 3)).save(drawn, "PNG")
    return BytesIO(drawn.getvalue())


async def _is_there(browser: ClientSession, address: str) -> None:
    async with asyncio.timeout(60):
        while True:
            with suppress(ClientError):
                async with browser.get(f"{address}/sign-in") as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.2)


def _code(url: str) -> str:
    store = Store(url)
    with store.write() as uow:
        room = uow.rooms.of("web", "grid1")
        assert room is not None
        code = invite(uow, SystemClock().now(), name="王姐", room_id=room.id)
        uow.commit()
    store.close()
    return code
