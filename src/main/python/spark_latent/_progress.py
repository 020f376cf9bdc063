"""The progress of a training: a bar of tqdm in a terminal or in a notebook, or a line if tqdm is not installed."""

from __future__ import annotations

import re
import sys
import threading
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from spark_latent._session import is_remote

#: Seconds between two looks at the log.
_EVERY = 0.5

#: Logger of the rounds in Java, also of those of small tables, which run without jobs of Spark.
_LOGGER = "io.github.sparklatent.ml.core.TrainingMonitor"

#: A line of this log.
_ROUND = re.compile(
    r"(?P<model>.*?), (?:round \d+, )?(?P<unit>round|epoch) (?P<number>\d+)(?:\.\d+)?(?: of (?P<most>\d+))?"
    r".*?: objective (?P<objective>[^,]+)(?:.*, (?P<left>at most .* left)$)?"
)

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


#: Held by the training that is shown; others that run at the same time are not.
_is_shown = threading.Lock()


@contextmanager
def shown(spark: Any) -> Iterator[None]:
    """Shows the rounds of the trainings that run inside. Spark Connect shows the tasks of its jobs itself."""
    verbose = _verbose.get()
    wanted = _is_screen() if verbose is None else verbose
    if is_remote() or not wanted or not _is_shown.acquire(blocking=False):
        yield
        return
    ended = threading.Event()
    try:
        thread = str(spark._jvm.java.lang.Thread.currentThread().getId())  # PySpark has one in Java for each of its own
        watcher = threading.Thread(target=_watch, args=(spark, thread, ended), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            ended.set()
            watcher.join(timeout=2)
    finally:
        _is_shown.release()


def _is_screen() -> bool:
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return sys.stderr.isatty() or (shell is not None and hasattr(shell, "kernel"))


def _watch(spark: Any, thread: str, ended: threading.Event) -> None:
    display = _display()
    try:
        with _logged(spark._jvm, thread) as lines:
            is_last = False
            while not is_last:
                is_last = ended.wait(_EVERY)
                found = [match for match in map(_ROUND.match, lines()) if match]
                if found:
                    display.show(found[-1])
    except Exception:  # of py4j: the session has ended, or it has another log
        pass
    display.close()


@contextmanager
def _logged(jvm: Any, thread: str) -> Iterator[Callable[[], list[str]]]:
    """Gives a function that returns the lines that a thread of Java has logged about rounds since its last call.

    Other trainings of this JVM, also those of other programs, have appenders of their own. The driver logs the same as
    without them: if it logs rounds, the appender joins those that are there; if not, a logger of its own has no others.
    """
    log4j = jvm.org.apache.logging.log4j
    context, rounds = log4j.LogManager.getContext(False), log4j.Level.INFO
    settings, writer = context.getConfiguration(), jvm.java.io.StringWriter()
    name = f"{_LOGGER} {uuid.uuid4()}"
    pattern = f"%replace{{%T %c|%m%n}}{{(?s)^(?!{thread} {_LOGGER}[|]).*}}{{}}"  # nothing for other threads and loggers
    layout = log4j.core.layout.PatternLayout.newBuilder().withPattern(pattern).build()
    appender = log4j.core.appender.WriterAppender.newBuilder().setTarget(writer).setLayout(layout).setName(name).build()
    appender.start()
    own = log4j.core.config.LoggerConfig(_LOGGER, rounds, False)
    if settings.getLoggerConfig(_LOGGER).getLevel().isMoreSpecificThan(log4j.Level.WARN):
        settings.addLogger(_LOGGER, own)  # unless the operator has one of this name
    logger = settings.getLoggerConfig(_LOGGER)
    try:
        logger.addAppender(appender, rounds, None)
        context.updateLoggers()

        def lines() -> list[str]:
            text = writer.toString()
            writer.getBuffer().delete(0, len(text))
            return [line.partition("|")[2] for line in text.splitlines()]

        yield lines
    finally:
        logger.removeAppender(name)
        if logger.equals(own) and own.getAppenders().isEmpty():
            settings.removeLogger(_LOGGER)
        context.updateLoggers()
        appender.stop()


def _display() -> _Line | _Bar:
    if not _is_screen():  # a file has one line after the other
        return _Line()
    try:
        with warnings.catch_warnings():  # of a notebook without widgets
            warnings.simplefilter("ignore")
            from tqdm.auto import tqdm
    except ImportError:
        return _Line()
    return _Bar(tqdm)


class _Line:
    """A line that the next one replaces on a screen."""

    def show(self, found: re.Match[str]) -> None:
        self._write(_line(found))

    def close(self) -> None:
        self._write("")

    def _write(self, line: str) -> None:
        sys.stderr.write("\r\x1b[K" + line if _is_screen() else line and line + "\n")
        sys.stderr.flush()


class _Bar:
    """A bar of tqdm."""

    def __init__(self, tqdm: Any) -> None:
        self._tqdm = tqdm
        self._bar: Any = None

    def show(self, found: re.Match[str]) -> None:
        most = int(found["most"]) if found["most"] else None
        if self._bar is None or self._bar.desc != found["model"]:  # the next training
            self.close()
            self._bar = self._tqdm(total=most, leave=False, dynamic_ncols=True)
        self._bar.unit, self._bar.n = found["unit"], int(found["number"])
        self._bar.set_description_str(found["model"], refresh=False)
        self._bar.set_postfix_str(f"objective {found['objective']}")

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def _line(found: re.Match[str]) -> str:
    line = f"{found['model']}: {found['unit']} {found['number']}"
    if found["most"]:
        bar = "#" * round(20 * min(1.0, int(found["number"]) / int(found["most"])))
        line += f" of {found['most']} [{bar:<20}]"
    return line + (f", {found['left']}" if found["left"] else "")
