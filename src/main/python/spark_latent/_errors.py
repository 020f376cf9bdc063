"""Errors of the Java library as one Python class."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

#: Exceptions of Java whose message is a sentence for a user.
_SENTENCES = re.compile(
    r"io\.github\.sparklatent\.[\w.$]+Exception"
    r"|java\.lang\.(?:IllegalArgument|IllegalState|UnsupportedOperation)Exception"
    r"|java\.util\.NoSuchElementException"
)

#: The same in the message of a job that failed over Spark Connect, which does not pass the exceptions themselves.
_INSIDE = re.compile(rf"(?:{_SENTENCES.pattern}): (?P<sentence>[^\n]*?)(?:\.? SQLSTATE: \w+)?(?:\n|$)")

#: Advice of Java that Python cannot follow, and what to do instead.
_PHRASES = {
    "name codes for missing values in data.missing": "replace codes for missing values by null",
    "add these values to data.missing": "replace these values by null",
    "set data.options.encoding": "read the file in its encoding",
    "Set data.options.encoding": "Read it in its encoding",
    " or data.holdout.path": "",
    "data.holdout needs a fraction > 0 or a path": "holdoutFraction must be > 0",
    "select a number of rows with score.top (Python: top)": "set alerts",
    "train a model with model.type = vae": "fit a VariationalAutoencoder",
    ", or model.type vae or mog-vae": "",
    "let components = auto search for it": 'let k="auto" search for it',
}

#: The path of a setting in a configuration; in quotes or in a path it is the name of a column or of a file.
_SETTING = re.compile(r"(?<![\"'/\w.])(?:data|model|train|score|sample)(?:\.[a-zA-Z]+)+(?![/\w])")

#: The names in Python of settings that are no Param of a family.
_NAMES = {
    "data.groupBy": "groupCols",
    "data.groupRows": "groupRows",
    "model.corruption": "corruption",
    "sample.component": "component",
    "sample.given": "given",
    "sample.rows": "n",
}

#: Spark's message about a value that a Param cannot have; it begins with a uid.
_INVALID = re.compile(r"\w+ parameter (?P<name>\w+) given invalid value (?P<value>.*?)\.?")

#: The ranges of the Params that Spark itself checks, whose message does not have them.
_RANGES = {
    "aggregationDepth": "an integer >= 2",
    "groupRows": "an integer >= 1",
}

_ENDED = "the Spark session has ended; start one with spark_latent.session(), and read the table and the model again"

#: The errors of PySpark for those of Java's own.
_CONVERTED = ("IllegalArgumentException", "UnsupportedOperationException")


class LatentError(ValueError):
    """A table, a parameter or a model that cannot be used. The message says what was found and what was expected."""


def sentence(error: BaseException) -> str | None:
    """Returns the sentence of the Java library in an error of PySpark, or None if there is none."""
    java = getattr(error, "java_exception", None) or getattr(error, "_origin", None)
    if java is not None:
        return _of_java(java)
    text = str(error).split("\n\nJVM stacktrace")[0].strip()  # Spark Connect
    if "Unsupported ML operator, found io.github.sparklatent" in text:
        return (
            "the Spark Connect server does not have the jar of spark-latent; start it with --jars and the path of the"
            " jar, which `python -m spark_latent jar` prints. An artifact that is added later has another class loader."
        )
    if type(error).__name__ in _CONVERTED:
        return text
    named = re.match(r"\((?P<name>[\w.$]+)\) (?P<sentence>.*)", text, re.DOTALL)
    if named and _SENTENCES.fullmatch(named["name"]):
        return named["sentence"]
    inside = _INSIDE.search(text)
    return inside["sentence"] if inside else None


def _of_java(java: Any) -> str | None:
    """Returns the message of the outermost exception whose message is a sentence; Spark wraps them in its own."""
    while java is not None:
        if _SENTENCES.fullmatch(java.getClass().getName()) and java.getMessage() is not None:
            return str(java.getLocalizedMessage())
        java = java.getCause()
    return None


def in_python(text: str) -> str:
    """Returns a message with the names that settings have in Python."""
    from spark_latent.families._names import NAMES

    if invalid := _INVALID.fullmatch(text):
        found = f"{invalid['name']} is {invalid['value']}, "
        known = _RANGES.get(invalid["name"])
        return found + (f"must be {known}" if known else "which is out of its range; its help has the range")
    for phrase, own in _PHRASES.items():
        text = text.replace(phrase, own)
    return _SETTING.sub(lambda found: {**NAMES, **_NAMES}.get(found[0], found[0]), text)


def _has_ended() -> bool:
    """Returns whether the session of classic Spark has ended, which PySpark asserts without a word."""
    from pyspark import SparkContext
    from pyspark.sql.utils import is_remote

    return not is_remote() and SparkContext._active_spark_context is None


@contextmanager
def sentences() -> Iterator[None]:
    """Raises errors of the Java library as :py:class:`LatentError` without the stack trace of Java."""
    try:
        yield
    except LatentError:
        raise
    except Exception as error:
        text = _ENDED if isinstance(error, AssertionError) and _has_ended() else sentence(error)
        if text is None:
            raise
        raise LatentError(in_python(text)) from None
