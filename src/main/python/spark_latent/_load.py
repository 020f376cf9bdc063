"""Loads saved models."""

from __future__ import annotations

from typing import Any

from spark_latent._errors import LatentError, sentences
from spark_latent._session import is_remote, require_jar, session


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
        remote: Any = session()  # the types of its client differ between releases of PySpark
        _, properties, _ = remote.client.execute_command(command)
        result = deserialize(properties)
        found = cls(RemoteModelRef(result.obj_ref.id)) if kind == pb2.MlOperator.OPERATOR_TYPE_MODEL else cls()
        found._resetUid(result.uid)
        for name, value in result.params.params.items():
            if found.hasParam(name):
                is_sent = name in getattr(found, "_scoring", (name,))
                (found._set if is_sent else found._setDefault)(**{name: deserialize_param(value)})
        return found


_TRUSTED = ("io.github.sparklatent.", "spark_latent.", "org.apache.spark.ml.", "pyspark.ml.")


def load(path: str) -> Any:
    """Loads a model, an estimator or a pipeline, or the result of a job.

    Parameters
    ----------
    path : str
        Directory that ``save`` has written, or the output directory of a job, in any file system of Spark.

    Raises
    ------
    LatentError
        If there is no model, or a pipeline has a stage that is neither of this package nor of Spark. A stage of Spark
        may hold others: load only files of people whom you trust.
    """
    from pyspark.ml import Pipeline, PipelineModel
    from pyspark.ml.tuning import CrossValidator, CrossValidatorModel

    from spark_latent._tables import model_location

    require_jar()
    with sentences():
        place, name, stages = model_location(str(path))
        for stage in stages:
            if not stage.startswith(_TRUSTED):
                raise LatentError(f"the model at {path} has a stage {stage}, expected one of this package or of Spark")
        for cls in (PipelineModel, Pipeline, CrossValidatorModel, CrossValidator):
            if name.rsplit(".", 1)[-1] == cls.__name__:
                return cls.load(place)
        cls = _python(name)
        if cls is None:
            raise LatentError(f"the model at {path} is a {name}, which is no class of this package")
        return cls.load(place)


def _python(name: str) -> Any:
    from spark_latent import _evaluators, _grouped, _tasks, families

    for module in (families, _grouped, _evaluators, _tasks):
        for cls in (getattr(module, simple) for simple in module.__all__):
            if name == getattr(cls, "_java_class", f"{cls.__module__}.{cls.__name__}"):
                return cls
    return None
