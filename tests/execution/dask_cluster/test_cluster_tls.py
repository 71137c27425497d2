"""A cluster of this machine is for who started it: nobody else can speak to any part of it."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
pytest.importorskip("cryptography", reason="the extra `cluster` is not installed")

from distributed.comm import connect
from distributed.security import Security
from machines import NOBODY, ROOT

from grader.cli import main
from grader.errors import UsageError
from grader.execution import dask_client
from grader.execution.dask_client import LOCAL, connected

pytestmark = pytest.mark.xdist_group("cluster")


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """What the grader has of a cluster of its own, with one worker."""
    with connected(LOCAL, 1) as one:
        yield one


@pytest.fixture(params=["scheduler", "nanny", "worker"])
def address(request: pytest.FixtureRequest, client: Any) -> str:
    """The address of each kind of part of it."""
    parts = client.scheduler_info()
    [(worker, said)] = parts["workers"].items()
    return {"scheduler": client.scheduler.address, "nanny": said["nanny"], "worker": worker}[request.param]


def test_all_parts_speak_by_tls(address: str) -> None:
    assert address.startswith("tls://127.0.0.1:")


def test_who_has_no_certificate_is_not_answered(address: str) -> None:
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    assert heard(address, trusting) == b""


def test_who_speaks_plainly_is_not_answered(address: str) -> None:
    assert heard(address) == b""


def test_who_has_the_certificate_is_answered(client: Any, address: str) -> None:
    ours = client.security.get_connection_args("client")["ssl_context"]
    assert heard(address, ours) != b""


def heard(address: str, context: ssl.SSLContext | None = None) -> bytes:
    """What Dask greets a stranger with; nothing when it hangs up."""
    host, port = address.removeprefix("tls://").split(":")
    try:
        with (
            socket.create_connection((host, int(port)), 10) as plain,
            context.wrap_socket(plain) if context else plain as speaking,
        ):
            speaking.sendall(bytes(64))
            return speaking.recv(100)
    except OSError:
        return b""


@pytest.mark.parametrize("stranger", [None, "another key"])
def test_a_client_of_a_stranger_is_refused(client: Any, stranger: str | None) -> None:
    known = Security.temporary().get_connection_args("client") if stranger else {}
    for address in (client.scheduler.address, client.scheduler.address.replace("tls://", "tcp://")):
        with pytest.raises((OSError, TypeError, RuntimeError)):
            asyncio.run(connect(address, timeout=2, **known))


def test_a_client_with_the_key_is_let_in(client: Any) -> None:
    async def greet() -> None:
        known = client.security.get_connection_args("client")
        speaking = await connect(client.scheduler.address, timeout=10, **known)
        await speaking.close()

    asyncio.run(greet())


def test_no_page_is_served(client: Any) -> None:
    ports = [client.cluster.scheduler.http_server.port, *client.run(_port_of_pages).values()]
    for port in ports:
        with pytest.raises(OSError, match="refused"):
            urlopen(f"http://127.0.0.1:{port}/info/main/workers.html", timeout=5)


def _port_of_pages(dask_worker: Any) -> int:
    port: int = dask_worker.http_server.port
    return port


def test_the_key_is_on_no_command_line(client: Any) -> None:
    pids = [os.getpid(), *client.run(os.getpid).values()]
    for pid in pids:
        assert b"PRIVATE KEY" not in Path(f"/proc/{pid}/cmdline").read_bytes()


def test_without_what_makes_keys_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with pytest.raises(UsageError, match="pip install cryptography"), connected(LOCAL, 1):
        pass


@pytest.mark.parametrize(
    ("address", "warned"),
    [
        pytest.param(NOBODY, True, id="plain"),
        pytest.param("127.0.0.1:9", True, id="what Dask takes for plain"),
        pytest.param("tls://127.0.0.1:9", False, id="TLS"),
    ],
)
def test_a_scheduler_without_tls_is_warned_of_in_one_line(
    address: str,
    warned: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(dask_client, "CONNECTING", 0.3)
    (tmp_path / "a.ipynb").write_text("{}")
    paths = ["--course", str(ROOT), "--out", str(tmp_path / "out"), str(tmp_path / "a.ipynb")]
    with pytest.raises(SystemExit) as ending:
        main(["grade", "dnn_step_by_step", *paths, "--cluster", address])
    assert ending.value.code == 2
    lines = [line for line in capsys.readouterr().err.splitlines() if "without TLS" in line]
    assert len(lines) == warned
