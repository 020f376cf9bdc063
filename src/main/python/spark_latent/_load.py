"""Loads saved models."""

from __future__ import annotations

import json
from typing import Any

from spark_latent._errors import LatentError, sentences
from spark_latent._session import is_remote, require_jar


def reader(cls: Any) -> Any:
    """Returns the reader of a class. PySpark's own readers make the name of the Java class from that of the module."""
    if is_remote():
        return _RemoteReader(cls)
    from pyspark.ml.util import JavaMLReader

    require_jar()

    class Reader(JavaMLReader):  # type: ignore[type-arg]
        @classmethod
        def _java_loader_class(cls, clazz: Any) -> str:
            return clazz._java_class

    return Reader(cls)


class _RemoteReader:
    def __init__(self, cls: Any) -> None:
        self._class = cls

    def session(self, sparkSession: Any) -> _RemoteReader:
        return self

    def load(self, path: str) -> Any:
        import pyspark.sql.connect.proto as pb2
        from pyspark.ml.connect.serialize import deserialize, deserialize_param
        from pyspark.ml.evaluation import JavaEvaluator
        from pyspark.ml.util import RemoteModelRef
        from pyspark.ml.wrapper import JavaEstimator, JavaModel
        from pyspark.sql.connect.session import SparkSession

        session = SparkSession.getActiveSession()
        if session is None:
            raise LatentError("there is no Spark session; start one with spark_latent.session()")
        cls = self._class
        kind = pb2.MlOperator.OPERATOR_TYPE_TRANSFORMER
        for base, known in (
            (JavaModel, pb2.MlOperator.OPERATOR_TYPE_MODEL),
            (JavaEstimator, pb2.MlOperator.OPERATOR_TYPE_ESTIMATOR),
            (JavaEvaluator, pb2.MlOperator.OPERATOR_TYPE_EVALUATOR),
        ):
            if issubclass(cls, base):
                kind = known
        command = pb2.Command()
        command.ml_command.read.CopyFrom(
            pb2.MlCommand.Read(operator=pb2.MlOperator(name=cls._java_class, type=kind), path=path)
        )
        (_, properties, _) = session.client.execute_command(command)
        result = deserialize(properties)
        found = cls(RemoteModelRef(result.obj_ref.id)) if kind == pb2.MlOperator.OPERATOR_TYPE_MODEL else cls()
        found._resetUid(result.uid)
        for name, value in result.params.params.items():
            if name in getattr(found, "_scoring", (name,)) and found.hasParam(name):
                found._set(**{name: deserialize_param(value)})
        return found


def load(path: str) -> Any:
    """Loads a model, an estimator or a pipeline, or the result of a job.

    Parameters
    ----------
    path : str
        Directory that ``save`` has written, or the output directory of a job, in any file system of Spark.
    """
    from pyspark.ml import Pipeline, PipelineModel
    from pyspark.ml.tuning import CrossValidator, CrossValidatorModel
    from pyspark.sql import SparkSession

    spark = SparkSession.getActiveSession()
    if spark is None:
        from spark_latent._session import session

        spark = session()
    path = str(path).rstrip("/")
    metadata = _metadata(spark, path)
    if metadata is None:
        metadata = _metadata(spark, path + "/model")
        if metadata is None:
            raise LatentError(
                f"there is no model at {path}: it has neither a directory metadata, as a saved model, nor a directory"
                " model, as the result of a training"
            )
        path += "/model"
    name = metadata["class"]
    if name.endswith(".PipelineModel"):
        stages = metadata["paramMap"]["stageUids"]
        width = len(str(len(stages)))
        classes = [_metadata(spark, f"{path}/stages/{i:0{width}}_{uid}")["class"] for i, uid in enumerate(stages)]
        ours = [_python(found) for found in classes]
        from spark_latent._base import LatentModel

        models = [cls for cls in ours if cls is not None and issubclass(cls, LatentModel)]
        if name.startswith("org.apache.spark.") and len(ours) > 1 and None not in ours and len(models) == 1:
            return models[0].load(path)  # the stages of a job
    with sentences():
        for cls in (PipelineModel, Pipeline, CrossValidatorModel, CrossValidator):
            if name.rsplit(".", 1)[-1] == cls.__name__:
                return cls.load(path)
        found = _python(name)
        if found is None:
            raise LatentError(f"the model at {path} is a {name}, which is no class of this package")
        return found.load(path)


def _python(name: str) -> Any:
    from spark_latent import _stages, families

    for module in (families, _stages):
        for cls in (getattr(module, simple) for simple in module.__all__):
            if cls._java_class == name:
                return cls
    return None


def _metadata(spark: Any, path: str) -> Any:
    try:
        return json.loads(spark.read.text(path + "/metadata").first()[0])
    except Exception as error:
        if "PATH_NOT_FOUND" in str(error) or "Path does not exist" in str(error):
            return None
        raise
