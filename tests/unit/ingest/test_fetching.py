"""Addresses: what may be fetched, and what is refused."""

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from newstui.ingest import fetching
from newstui.ingest.article import ImportFailedError, Limits
from newstui.ingest.fetching import fetch, is_public
from newstui.ingest.sources import is_url
from tests.unit.ingest.files import PAGE

ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode()),
    "/packed": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())),
    "/bomb": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(b"a" * (30 << 20))),
    "/moved": (301, {"Location": "/page"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
}


CERTIFICATE = Path(__file__).with_name("localhost.pem")
"""A key and a certificate for localhost and 127.0.0.1, signed by itself, made for these tests."""


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:  # the name the server calls
        if self.path in ("/slow", "/slow-head"):
            self.drip()
            return
        status, headers, body = ANSWERS.get(self.path, (404, {"Content-Type": "text/html"}, b"no"))
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        """Answer a byte at a time, for ever."""
        head = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n" + (b"\r\n" if self.path == "/slow" else b"X-A: ")
        with suppress(OSError):
            self.wfile.write(head)
            for _ in range(400):
                self.wfile.write(b"a")
                time.sleep(0.01)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving() as server:
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture(scope="module")
def secure_site() -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with serving(context) as server:
        yield f"https://localhost:{server.server_port}"


def test_a_certificate_that_nobody_trusts_is_refused_and_the_way_to_trust_it_is_said(
    secure_site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ImportFailedError, match=r"not trusted \(self.signed certificate\); SSL_CERT_FILE"):
        fetch(secure_site + "/page", Limits(), allow_local=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    source = fetch(secure_site + "/moved", Limits(), allow_local=True)
    assert (source.data, source.url) == (PAGE.encode(), secure_site + "/page")


def test_a_certificate_must_be_that_of_the_host(secure_site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    monkeypatch.setattr(fetching, "_resolve", lambda host, port, url, allow_local: ("127.0.0.1", port))
    with pytest.raises(ImportFailedError, match=r"not trusted \(Hostname mismatch"):
        fetch(secure_site.replace("localhost", "example.org") + "/page", Limits())


@pytest.mark.parametrize("path", ["/slow", "/slow-head"])
def test_a_server_that_answers_byte_by_byte_is_given_up(site: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "WHOLE_SECONDS", 0.3)
    with pytest.raises(ImportFailedError, match="it took too long"):
        fetch(site + path, Limits(), allow_local=True)


def test_a_redirect_into_the_own_network_is_refused_and_a_name_is_looked_up_once_a_hop(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    look_up = socket.getaddrinfo

    def resolve(host: str, port: int, *given: int, **named: int) -> list[Any]:
        asked.append(host)
        return look_up("127.0.0.1" if host == "public.example" else host, port, *given, **named)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    port = site.rpartition(":")[2]
    monkeypatch.setitem(ANSWERS, "/inside", (302, {"Location": f"http://127.0.0.2:{port}/page"}, b""))
    assert fetch(f"http://public.example:{port}/page", Limits()).data == PAGE.encode()
    assert asked.count("public.example") == 1, "what was checked is what is connected to"
    with pytest.raises(ImportFailedError, match="inside your own computer or network; `newstui import --allow-local"):
        fetch(f"http://public.example:{port}/inside", Limits())


def test_what_does_not_answer_is_said_in_words(site: str) -> None:
    with pytest.raises(ImportFailedError, match="nothing answers there"):
        fetch("http://127.0.0.1:1/", Limits(), allow_local=True)


@pytest.mark.parametrize("path", ["/page", "/packed", "/moved"])
def test_a_page_is_fetched_with_its_final_address_and_charset(site: str, path: str) -> None:
    source = fetch(site + path, Limits(), allow_local=True)
    assert source.data == PAGE.encode()
    assert source.url == site + ("/page" if path == "/moved" else path)
    assert source.origin == site + path


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/none", "answered 404"),
        ("/round", "more than 5 times"),
        ("/file", "only http and https"),
        ("/picture", "image/png"),
        ("/bomb", "larger than 20 MB"),
    ],
)
def test_what_is_no_page_is_refused_with_a_reason(site: str, path: str, why: str) -> None:
    with pytest.raises(ImportFailedError, match=why):
        fetch(site + path, Limits(), allow_local=True)


def test_an_address_inside_the_own_network_is_refused_unless_allowed(site: str) -> None:
    with pytest.raises(ImportFailedError, match="newstui import --allow-local"):
        fetch(site + "/page", Limits())


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "::1", "::ffff:127.0.0.1", "fe80::1%eth0", "fd00::1", "64:ff9b::7f00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("url", ["http://user:word@example.org/", "http://[::1", "http:///x", "http://a:99999/"])
def test_what_is_no_address_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(ImportFailedError):
        fetch(url, Limits())


def test_files_are_no_addresses() -> None:
    assert is_url("HTTPS://example.org")
    assert not any(map(is_url, ["story.txt", "file:///etc/passwd", "http.txt", "-"]))
