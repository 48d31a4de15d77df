"""From a URL to bytes: http and https only, nothing inside the user's own network, with a limit on everything."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from newstui import __version__
from newstui.ingest.article import ImportFailedError, Limits, Source

MAX_REDIRECTS = 5
CONNECT_SECONDS = 10.0
WHOLE_SECONDS = 30.0
_CHUNK = 1 << 16
_REDIRECTS = (301, 302, 303, 307, 308)
_KINDS = ("html", "xml", "json", "pdf", "epub", "text/plain", "text/markdown")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def fetch(url: str, limits: Limits, *, allow_local: bool = False) -> Source:
    """The bytes of a page, its final URL and its charset.

    A name is resolved once and that very address is connected to, at every redirect anew, so that a name cannot lead
    into the user's network the second time. No cookies, no credentials, no proxies.

    Raises:
        ImportFailedError: the address is refused, does not answer in time, or sends no document or too much.
    """
    deadline = time.monotonic() + WHOLE_SECONDS
    address = url
    for _ in range(MAX_REDIRECTS + 1):
        try:
            with _connect(address, deadline, allow_local=allow_local) as connection, _until(deadline, connection):
                _request(connection, address)
                response = connection.getresponse()
                _check_time(deadline)
                if response.status in _REDIRECTS and response.getheader("Location"):
                    address = urljoin(address, str(response.getheader("Location")))
                    continue
                if response.status != 200:
                    raise ImportFailedError(f"{url}: the server answered {response.status} {response.reason}.")
                kind = response.headers.get_content_type()
                if not any(each in kind for each in _KINDS):
                    raise ImportFailedError(f"{url}: this is no page, feed or document but {kind}.")
                data = _read(response, url, limits, deadline)
                return Source(data, url, address, response.headers.get_content_charset() or "")
        except (OSError, ValueError, http.client.HTTPException, zlib.error) as error:
            raise ImportFailedError(f"{url}: not fetched: {_why(error, deadline)}.") from error
    raise ImportFailedError(f"{url}: it leads from one address to the next, more than {MAX_REDIRECTS} times.")


def _check_time(deadline: float) -> None:
    if time.monotonic() >= deadline:
        raise TimeoutError


def _why(error: Exception, deadline: float) -> str:
    if isinstance(error, TimeoutError) or time.monotonic() >= deadline:
        return "it took too long"
    if isinstance(error, ssl.SSLCertVerificationError):
        said = error.verify_message.rstrip(".")
        return f"its certificate is not trusted ({said}); SSL_CERT_FILE can name a file with certificates you trust"
    if isinstance(error, socket.gaierror):
        return "there is no such host, or no network"
    if isinstance(error, ConnectionRefusedError):
        return "nothing answers there"
    return str(error) or type(error).__name__


@contextmanager
def _until(deadline: float, connection: _Connection) -> Iterator[None]:
    """Break a connection off at a moment, for a server may send its answer byte by byte."""
    line = connection.sock  # which the connection lets go of once it knows that the answer is the last

    def break_off() -> None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), break_off)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was looked up and checked before; closes itself."""

    def __init__(self, host: str, port: int, address: tuple[str, int], context: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=CONNECT_SECONDS)
        self._address = address
        self._context = context

    def connect(self) -> None:
        """Connect to the address; the certificate must be that of the host's name."""
        self.sock = socket.create_connection(self._address, self.timeout)
        if self._context is not None:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)

    def __enter__(self) -> _Connection:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _connect(url: str, deadline: float, *, allow_local: bool) -> _Connection:
    """A connection to where an address leads; nothing has been sent yet."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise ImportFailedError(f"{url}: this is no address.") from error
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise ImportFailedError(f"{url}: only http and https addresses can be fetched.")
    if parts.username or parts.password:
        raise ImportFailedError(f"{url}: addresses with a name or password in them are not fetched.")
    secure = parts.scheme.lower() == "https"
    try:
        port = parts.port or (443 if secure else 80)
        host = parts.hostname.encode("idna").decode("ascii") if not parts.hostname.isascii() else parts.hostname
    except ValueError as error:
        raise ImportFailedError(f"{url}: this is no address.") from error
    address = _resolve(host, port, url, allow_local=allow_local)
    _check_time(deadline)
    connection = _Connection(host, port, address, ssl.create_default_context() if secure else None)
    connection.connect()
    return connection


def _request(connection: _Connection, url: str) -> None:
    parts = urlsplit(url)
    path = urlunsplit(("", "", quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._"), parts.query, ""))
    connection.request(
        "GET",
        quote(path, safe="/%:@!$&'()*+,;=~-._?[]"),
        headers={"User-Agent": f"newstui/{__version__}", "Accept": "text/html, */*;q=0.5", "Accept-Encoding": "gzip"},
    )


def _resolve(host: str, port: int, url: str, *, allow_local: bool) -> tuple[str, int]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    if not allow_local and not all(is_public(address) for address in addresses):
        raise ImportFailedError(
            f"{url}: this address is inside your own computer or network; `newstui import --allow-local` fetches it."
        )
    return addresses[0], port


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, not private, loopback, link-local, CGNAT or multicast."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return ip.is_global and not ip.is_multicast


def _read(response: http.client.HTTPResponse, url: str, limits: Limits, deadline: float) -> bytes:
    """The body, counted after it is unpacked."""
    packed = response.getheader("Content-Encoding", "").lower() in ("gzip", "x-gzip")
    unpacker = zlib.decompressobj(31) if packed else None
    parts: list[bytes] = []
    size = 0
    while chunk := response.read1(_CHUNK):
        _check_time(deadline)
        while chunk:
            part = unpacker.decompress(chunk, limits.page_bytes + 1) if unpacker else chunk
            chunk = unpacker.unconsumed_tail if unpacker else b""
            size += len(part)
            parts.append(part)
            if size > limits.page_bytes:
                raise ImportFailedError(f"{url}: larger than {limits.page_bytes >> 20} MB, so it was left out.")
    _check_time(deadline)
    return b"".join(parts)
