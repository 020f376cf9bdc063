"""Errors of the Java library as one Python class."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

#: Exceptions of Java whose message is a sentence for a user.
_SENTENCES = re.compile(
    r"(?:io\.github\.sparklatent\.[\w.$]+Exception"
    r"|(?:java\.lang\.)?(?:IllegalArgumentException|IllegalStateException|UnsupportedOperationException)"
    r"|java\.util\.NoSuchElementException)"
    r"(?:: |\) )(?P<sentence>[^\n]*(?:\n(?!\s*(?:at |\.\.\. |Caused by|JVM stacktrace))[^\n]*)*)"
)


class LatentError(ValueError):
    """A table, a parameter or a model that cannot be used. The message says what was found and what was expected."""


def sentence(error: BaseException) -> str | None:
    """Returns the sentence of the Java library in an error of PySpark, or None if there is none."""
    java = getattr(error, "java_exception", None) or getattr(error, "_origin", None)
    if java is not None:
        found = _of_java(java)
        if found is not None:
            return found
    text = str(error)
    match = _SENTENCES.search(text)
    if match is not None:
        return match.group("sentence").strip()
    if type(error).__name__ == "IllegalArgumentException":
        return re.sub(r"^\[[\w.]+\]\s*", "", text).split("\n\nJVM stacktrace")[0].strip()
    return None


def _of_java(java: object) -> str | None:
    """Returns the message of the innermost exception of ours, or of the outermost one that Java throws for a mistake."""
    found = None
    while java is not None:
        name = java.getClass().getName()
        if name.startswith("io.github.sparklatent."):
            found = java.getMessage()
        elif found is None and name in (
            "java.lang.IllegalArgumentException",
            "java.lang.IllegalStateException",
            "java.lang.UnsupportedOperationException",
            "java.util.NoSuchElementException",
        ):
            found = java.getMessage()
        java = java.getCause()
    return found


@contextmanager
def sentences() -> Iterator[None]:
    """Raises errors of the Java library as :py:class:`LatentError` without the stack trace of Java."""
    try:
        yield
    except LatentError:
        raise
    except Exception as error:
        text = sentence(error)
        if text is None:
            raise
        raise LatentError(text) from None
