"""The progress of a training: a line in a terminal or in a notebook."""

from __future__ import annotations

import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from spark_latent._session import is_remote

#: Seconds between two looks at Spark's jobs.
_EVERY = 0.5

_ROUND = re.compile(r"(?P<model>.*?),? round (?P<round>\d+)(?: of (?P<most>\d+))?")


#: Whether a training shows its rounds; None: in a terminal and in a notebook.
_verbose: ContextVar[bool | None] = ContextVar("verbose", default=None)


@contextmanager
def asked(verbose: bool | None) -> Iterator[None]:
    """Says whether the trainings inside show their rounds; None leaves that as it is."""
    before = _verbose.set(_verbose.get() if verbose is None else verbose)
    try:
        yield
    finally:
        _verbose.reset(before)


@contextmanager
def shown(spark: Any) -> Iterator[None]:
    """Shows the rounds of the trainings that run inside. Spark Connect shows the tasks of its jobs itself."""
    verbose = _verbose.get()
    wanted = sys.stderr.isatty() or _in_notebook() if verbose is None else verbose
    if is_remote() or not wanted:
        yield
        return
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(spark, ended), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join(timeout=2)


def _in_notebook() -> bool:
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return shell is not None and hasattr(shell, "kernel")


def _watch(spark: Any, ended: threading.Event) -> None:
    last, clock = "", _Clock()
    while not ended.wait(_EVERY):
        try:
            line = _line(spark, clock)
        except Exception:  # of py4j: the session has ended
            break
        if line and line != last:
            last = line
            _write(line)
    if last:
        _write("")


def _write(line: str) -> None:
    """Replaces the line; a file has one line after the other."""
    is_shown = sys.stderr.isatty() or _in_notebook()
    sys.stderr.write("\r\x1b[K" + line if is_shown else line and line + "\n")
    sys.stderr.flush()


class _Clock:
    """The time that the rounds of a training take."""

    def __init__(self) -> None:
        self._model, self._first, self._last, self._start = "", 0, 0, 0.0

    def left(self, model: str, number: int, most: int) -> str:
        """Returns how long the training takes if it has all rounds, in words; empty if that is not known yet."""
        now = time.monotonic()
        if model != self._model or number < self._last:  # the next training, or the next start of this one
            self._model, self._first, self._start = model, number, now
        self._last = number
        if number == self._first:
            return ""
        return f", at most {round((now - self._start) / (number - self._first) * (most - number))} s left"


def _line(spark: Any, clock: _Clock) -> str:
    jobs = spark.sparkContext._jsc.sc().statusStore().jobsList(None)
    if jobs.isEmpty():
        return ""
    described = jobs.head().description()
    return _shown(described.get() if described.isDefined() else "", clock)


def _shown(text: str, clock: _Clock) -> str:
    """Returns the line for the description of a job; empty if it is no round of a training."""
    found = _ROUND.match(text)
    if found is None:
        return ""
    line = f"{found['model']}: round {found['round']}"
    if found["most"]:
        number, most = int(found["round"]), int(found["most"])
        bar = "#" * round(20 * min(1.0, number / most))
        line += f" of {most} [{bar:<20}]" + clock.left(found["model"], number, most)
    return line
