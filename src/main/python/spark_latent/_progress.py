"""The progress of a training: a line in a terminal or in a notebook."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from spark_latent._session import is_remote

#: Seconds between two looks at Spark's jobs.
_EVERY = 0.5

_ROUND = re.compile(r"(?P<model>.*?),? round (?P<round>\d+)(?: of (?P<most>\d+))?")


@contextmanager
def shown(spark: Any) -> Iterator[None]:
    """Shows the rounds of the trainings that run inside. Spark Connect shows the tasks of its jobs itself."""
    if is_remote() or not (sys.stderr.isatty() or _in_notebook()):
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
    last = ""
    while not ended.wait(_EVERY):
        try:
            line = _line(spark)
        except Exception:  # of py4j: the session has ended
            break
        if line and line != last:
            last = line
            _write(line)
    if last:
        _write("")


def _write(line: str) -> None:
    """Replaces the line."""
    sys.stderr.write("\r\x1b[K" + line)
    sys.stderr.flush()


def _line(spark: Any) -> str:
    jobs = spark.sparkContext._jsc.sc().statusStore().jobsList(None)
    if jobs.isEmpty():
        return ""
    described = jobs.head().description()
    text = described.get() if described.isDefined() else ""
    found = _ROUND.match(text)
    if found is None:
        return ""
    line = f"{found['model']}: round {found['round']}"
    if found["most"]:
        share = min(1.0, int(found["round"]) / int(found["most"]))
        bar = "#" * round(20 * share)
        line += f" of {found['most']} [{bar:<20}]"
    return line
