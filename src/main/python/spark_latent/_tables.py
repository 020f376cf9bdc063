"""A table of Java about files. As a transformer it is reached in classic mode and over Spark Connect in one way."""

from __future__ import annotations

from typing import Any

from pyspark.ml.param import Param, TypeConverters
from pyspark.ml.wrapper import JavaTransformer

from spark_latent._base import _analysed, _LatentParams, param
from spark_latent._session import session


class _ModelLocation(JavaTransformer, _LatentParams):
    _java_class = "io.github.sparklatent.ml.core.ModelLocation"
    path: Param[Any] = param("path", TypeConverters.toString, "Directory that the table is about.")

    def __init__(self, path: str) -> None:
        super().__init__()
        self._java_obj = self._new_java_obj(self._java_class, self.uid)
        self._set(path=path)


def model_location(path: str) -> tuple[str, str, list[str]]:
    """Returns the directory of a saved model, its class, and the classes of its stages."""
    row = _analysed(_ModelLocation(path).transform(session().range(1))).collect()[0]
    return row["path"], row["class"], list(row["stages"])
