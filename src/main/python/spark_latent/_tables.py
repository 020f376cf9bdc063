"""A table of Java about files. As a transformer it is reached in classic mode and over Spark Connect in one way."""

from __future__ import annotations

import re
from typing import Any

from pyspark.errors import AnalysisException
from pyspark.ml.param import Param, TypeConverters
from pyspark.ml.wrapper import JavaTransformer

from spark_latent._base import _LatentParams, param
from spark_latent._errors import LatentError, sentence
from spark_latent._frames import analysed
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
    row = analysed(_ModelLocation(path).transform(session().range(1))).collect()[0]
    return row["path"], row["class"], list(row["stages"])


def require_replaceable(path: str) -> None:
    """Requires that there is nothing at a path, or an empty directory, or what spark.ml has saved there."""
    literal = re.sub(r"([][{}*?\\])", r"\\\1", path.rstrip("/") or path)
    is_hidden = literal.rpartition("/")[2].startswith((".", "_"))  # Spark lists no such file
    if not _found(f"{literal}/*") and not _found(literal, rows=not is_hidden):
        return
    try:
        model_location(path)  # a table of Iceberg, say, has a directory metadata, too
    except Exception as error:
        if sentence(error) is None:
            raise
        raise LatentError(f'path "{path}" exists, and spark-latent did not write it; set another path') from None
    if _found(f"{literal}/model") or not _found(f"{literal}/metadata"):
        raise LatentError(f'path "{path}" is the result of a job, of which a model is a part; set another path')


def _found(glob: str, rows: bool = False) -> bool:
    """Returns whether a glob finds anything, hidden or not; with rows, whether Spark lists a file there."""
    reader = session().read.format("binaryFile").option("recursiveFileLookup", "true")
    try:
        files = analysed(reader.load([glob, glob]))  # of one path Spark also asks for a stream, and warns
        return not rows or bool(files.select("path").take(1))
    except AnalysisException as error:
        if error.getCondition() == "PATH_NOT_FOUND":
            return False
        raise
