"""Tables of Java about files. As transformers they are reached in classic mode and over Spark Connect in one way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyspark.ml.param import Param, TypeConverters
from pyspark.ml.wrapper import JavaTransformer

from spark_latent._base import _analysed, _LatentParams, param
from spark_latent._session import session

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


class _TableOfPath(JavaTransformer, _LatentParams):
    path: Param[Any] = param("path", TypeConverters.toString, "Directory that the table is about.")

    def __init__(self, path: str) -> None:
        super().__init__()
        self._java_obj = self._new_java_obj(self._java_class, self.uid)
        self._set(path=path)


class _ModelLocation(_TableOfPath):
    _java_class = "io.github.sparklatent.ml.core.ModelLocation"


class _RegistryTable(_TableOfPath):
    _java_class = "io.github.sparklatent.app.registry.RegistryTable"


def _table(cls: Any, path: str) -> DataFrame:
    return _analysed(cls(path).transform(session().range(1)))


def model_location(path: str) -> tuple[str, str, list[str]]:
    """Returns the directory of a saved model, its class, and the classes of its stages."""
    row = _table(_ModelLocation, path).collect()[0]
    return row["path"], row["class"], list(row["stages"])


def registry_table(path: str) -> DataFrame:
    """Returns the log of a registry."""
    return _table(_RegistryTable, path)
