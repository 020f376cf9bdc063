"""The registry of scheduled trainings: its log, and the champion for long-running programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spark_latent._errors import LatentError, sentences
from spark_latent._load import load
from spark_latent._tables import registry_table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["Champion", "registry"]


def registry(path: str) -> DataFrame:
    """Returns the log of a registry: one row for each training, comparison and publication, oldest first.

    ``isChampion`` marks the entries of the run that is the champion now, ``path`` is where its version lies.
    """
    with sentences():
        return registry_table(str(path))


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
        """Returns the current champion; loads it again only if another version has become the champion."""
        with sentences():
            found = registry(self.path).where("isChampion").select("runId", "path").first()
            if found is None:
                raise LatentError(f"the registry {self.path} has no champion; publish a version first")
            if found["runId"] != self.runId:
                self._model = load(found["path"])
                self.runId = found["runId"]
        return self._model
