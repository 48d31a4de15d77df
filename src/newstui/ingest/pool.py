"""Reading many sources: harmless formats here, the others in processes with limits, several at a time, in order."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from newstui.ingest.article import ImportedArticle, ImportFailedError, Limits, Source
from newstui.ingest.registry import Format, find_format, read_articles

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Load = Callable[[], Source]
"""Gets the bytes of a source when its turn comes; raises `ImportFailedError`."""

_PATIENCE = 0.1
"""Seconds between two looks at whether it is cancelled."""


@dataclass(frozen=True, slots=True)
class Read:
    """What became of one source: its articles, sha256 and origin, and a sentence if it, or the rest of it, failed."""

    origin: str
    sha256: str = ""
    articles: tuple[ImportedArticle, ...] = ()
    error: str = ""


class Readers:
    """Reads sources one after the other; those of isolated formats in up to `jobs` processes.

    Args:
        limits: of a document.
        jobs: how many processes.
        wanted: the name of a format to insist on.
        cancelled: asked while a process is waited for; once true, nothing more is read.
    """

    def __init__(
        self, limits: Limits, jobs: int = 1, wanted: str = "", cancelled: Callable[[], bool] | None = None
    ) -> None:
        self._limits = limits
        self._jobs = max(1, jobs)
        self._wanted = wanted
        self._cancelled = cancelled or (lambda: False)
        self._local = threading.local()
        self._workers: list[_Worker] = []
        self._threads: ThreadPoolExecutor | None = None

    def read(self, loads: Iterable[tuple[str, Load]]) -> Iterator[Read]:
        """What became of each source (its origin, and how to get its bytes), in the order given."""
        waiting: deque[Future[Read] | Read] = deque()
        for origin, load in loads:
            if self._cancelled():
                return
            waiting.append(self._begin(origin, load))
            while waiting and (len(waiting) > 2 * self._jobs or isinstance(waiting[0], Read)):
                yield from self._finish(waiting.popleft())
        while waiting and not self._cancelled():
            yield from self._finish(waiting.popleft())

    def _finish(self, done: Future[Read] | Read) -> Iterator[Read]:
        """The result, unless it is cancelled before it is there."""
        while not isinstance(done, Read):
            try:
                done = done.result(timeout=_PATIENCE)
            except TimeoutError:
                if self._cancelled():
                    return
        yield done

    def _begin(self, origin: str, load: Load) -> Future[Read] | Read:
        try:
            source = load()
            found = find_format(source, self._wanted)
            if found.isolated:
                if self._threads is None:
                    from concurrent.futures import ThreadPoolExecutor

                    self._threads = ThreadPoolExecutor(self._jobs, "newstui-import")
                return self._threads.submit(self._read_apart, origin, source, found.name)
            return _read_here(origin, source, found, self._limits)
        except ImportFailedError as error:
            return Read(origin, error=str(error))

    def _read_apart(self, origin: str, source: Source, format_: str) -> Read:
        worker: _Worker | None = getattr(self._local, "worker", None)
        if worker is None or not worker.alive:
            worker = self._local.worker = _Worker(self._limits)
            self._workers.append(worker)
        articles, error = worker.read(source, format_)
        return Read(origin, hashlib.sha256(source.data).hexdigest(), articles, error)

    def close(self) -> None:
        """End the processes; what they are reading is given up."""
        if self._threads is None:
            return
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.stop()
        self._threads.shutdown(wait=True)
        for worker in self._workers:  # one may have begun in between
            worker.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _read_here(origin: str, source: Source, found: Format, limits: Limits) -> Read:
    articles: list[ImportedArticle] = []
    error = ""
    try:
        articles.extend(read_articles(found, source, limits))
    except ImportFailedError as failure:
        error = str(failure)
    return Read(origin, hashlib.sha256(source.data).hexdigest(), tuple(articles), error)


class _Worker:
    """One process; used by one thread at a time. A document that takes too long ends it."""

    def __init__(self, limits: Limits) -> None:
        self._seconds = limits.seconds
        self._late = False
        import subprocess

        path = os.pathsep.join(part or str(Path.cwd()) for part in sys.path)
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and module, a number
            [sys.executable, "-m", "newstui.ingest.worker", str(limits.memory_bytes >> 20)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,
        )

    @property
    def alive(self) -> bool:
        """Whether it can take another document."""
        return self._process.poll() is None

    def read(self, source: Source, format_: str) -> tuple[tuple[ImportedArticle, ...], str]:
        """The articles of a source, and a sentence if there was a failure."""
        from newstui.ingest.worker import decode_article

        task = {"origin": source.origin, "url": source.url, "charset": source.charset, "format": format_}
        articles: list[ImportedArticle] = []
        self._late = False
        try:
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps({**task, "size": len(source.data)}).encode("ascii") + b"\n")
            self._process.stdin.write(source.data)
            self._process.stdin.flush()
            while line := self._line():
                answer = json.loads(line)
                if "end" in answer:
                    return tuple(articles), str(answer.get("error", ""))
                articles.append(decode_article(answer))
        except (OSError, ValueError, TypeError, KeyError):
            self.stop()
        why = f"took longer than {self._seconds:g} s" if self._late else "broke the program that reads it"
        return tuple(articles), f"{source.name}: it {why}, so it was left out."

    def _line(self) -> bytes:
        """The next answer; nothing if the process ended, or was ended because it took too long."""
        assert self._process.stdout is not None
        timer = threading.Timer(self._seconds, self._give_up)
        timer.start()
        try:
            return self._process.stdout.readline()
        finally:
            timer.cancel()

    def _give_up(self) -> None:
        self._late = True
        self.stop()

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError, ValueError):
                    stream.close()
