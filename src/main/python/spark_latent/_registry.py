"""The registry of scheduled trainings: its log, and the champion for long-running programs."""

from __future__ import annotations

import json
import re
import warnings
from typing import TYPE_CHECKING, Any

from spark_latent._errors import LatentError, sentences
from spark_latent._load import load
from spark_latent._session import session

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["Champion", "registry"]

#: What the table of a log has of an entry. The second line of its file is a checksum, and no object.
_ENTRY = """number BIGINT,
    event STRUCT<kind: STRING, runId: STRING, accepted: BOOLEAN, reasons: ARRAY<STRING>, time: TIMESTAMP>"""


#: Form of the entries that this version reads.
_FORM = 1


def newest(path: str) -> dict[str, Any]:
    """Returns the newest entry of the log of a registry, its state: a directory is listed and one file read."""
    from pyspark.errors import AnalysisException

    try:
        # Twice, because Spark logs a stack trace about a single path that does not exist.
        files = session().read.text([f"{path}/log"] * 2).inputFiles()
    except AnalysisException as error:
        if error.getCondition() != "PATH_NOT_FOUND":
            raise
        files = []
    names = re.findall(r"/(\d{8}\.json)$", "\n".join(files), re.MULTILINE)
    if not names:
        raise LatentError(f"{path} holds no registry: no run was recorded there; check the path")
    entry = f"{path}/log/{max(names)}"
    try:
        state = json.loads(session().read.text(entry, wholetext=True).collect()[0].value.partition("\n")[0])
    except json.JSONDecodeError:
        raise LatentError(f"{entry} is damaged; restore it from a backup") from None
    if state.get("form") != _FORM:
        raise LatentError(f"{entry} was written by another version of spark-latent; use that version")
    return state


def directory(path: str, state: dict[str, Any], run: str) -> str:
    """Returns the directory of a version."""
    name = state["versions"][run]["directory"]
    if not re.fullmatch(r"[^./\\][^/\\]*", name):
        raise LatentError(f"the log of {path} is damaged: {name} is no name of a directory; restore it from a backup")
    return f"{path}/runs/{name}"


def registry(path: str) -> DataFrame:
    """Returns the log of a registry: one row for each training, comparison and publication, oldest first.

    ``isChampion`` marks the entries of the run that is the champion now, ``path`` is where its version lies.
    """
    from pyspark.sql import functions as f

    with sentences():
        state = newest(path)
        paths = json.dumps({run: directory(path, state, run) for run in state["versions"]})
        entries = session().read.schema(_ENTRY).option("mode", "DROPMALFORMED").json(f"{path}/log").orderBy("number")
        return entries.select("number", "event.*").withColumns(
            {
                "kind": f.lower("kind"),
                "isChampion": f.col("runId").eqNullSafe(f.lit(next(iter(state["champions"]), None))),
                "path": f.from_json(f.lit(paths), "MAP<STRING, STRING>")[f.col("runId")],
            }
        )


class Champion:
    """The champion of a registry for a long-running program, such as a stream.

    >>> champion = sl.Champion("hdfs:///registry/readings")
    >>> def score(batch, number):
    ...     champion.model().transform(batch).write.mode("append").saveAsTable("scored")
    >>> stream.writeStream.foreachBatch(score).start()

    Over Spark Connect, ``score`` runs in a Python of the server, which needs this package. ``runId`` is known there.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        #: Run id of the version that ``model`` has returned last.
        self.runId: str | None = None
        self._model: Any = None

    def __getstate__(self) -> dict[str, Any]:
        # Spark Connect sends what foreachBatch calls to its server, which loads the model itself.
        return {"path": self.path, "runId": None, "_model": None}

    def model(self) -> Any:
        """Returns the current champion; loads it again only if another version has become the champion.

        If the registry cannot be read, it returns the model that it has, with a warning.
        """
        try:
            with sentences():
                state = newest(self.path)
                if not state["champions"]:
                    raise LatentError(f"the registry {self.path} has no champion; publish a version first")
                run = state["champions"][0]
                if run != self.runId:
                    self._model = load(directory(self.path, state, run))
                    self.runId = run
        except Exception as error:
            if self._model is None:
                raise
            reason = str(error).partition("\n")[0]
            warnings.warn(
                f'the champion of {self.path} is not known, so "{self.runId}" is used: {reason}', stacklevel=2
            )
        return self._model
