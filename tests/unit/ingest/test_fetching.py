"""Addresses: what may be fetched, and what is refused."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

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


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:  # the name the server calls
        status, headers, body = ANSWERS.get(self.path, (404, {"Content-Type": "text/html"}, b"no"))
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


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
    with pytest.raises(ImportFailedError, match="--allow-local"):
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
