"""The trained parameters of mixtures and of linear models."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

import numpy

from spark_latent import serve
from spark_latent._base import LatentModel
from spark_latent._errors import LatentError
from spark_latent._frames import Local, is_table
from spark_latent._session import is_remote, session

if TYPE_CHECKING:
    import pandas
    from numpy.typing import ArrayLike, NDArray
    from pyspark.ml.linalg import DenseVector, Vector
    from pyspark.ml.stat import MultivariateGaussian
    from pyspark.sql import DataFrame

__all__ = ["GaussianModelBase", "LinearModelBase", "MixtureMetrics", "MixtureModelBase", "MixtureSummary"]


class _Trained:
    """The parameters as they are saved, and the scaling of the table."""

    def __init__(self, content: dict[str, Any], table: dict[str, Any], featuresCol: str) -> None:
        self.content = content
        self.scorer = serve._Mixture(content, {}, {})
        columns = serve._Table({"featuresCol": featuresCol, **table}, self.scorer.width)
        self.shift, self.factor = columns._shift, columns._factor

    def covariances(self) -> NDArray[numpy.float64]:
        """Returns the covariances of the Gaussian columns, k x d x d."""
        normals, places = self.scorer._normals, self.scorer.places
        kind, given, (k, d) = normals["type"], normals["covariances"], normals["means"].shape
        if kind in ("DIAGONAL", "SPHERICAL"):
            found = numpy.array([numpy.diag(numpy.broadcast_to(given[0][i], d)) for i in range(k)])
        elif kind in ("FACTOR", "PPCA"):  # loadings and noise
            found = numpy.array([part[:, :-1] @ part[:, :-1].T + numpy.diag(part[:, -1]) for part in given])
        else:
            found = numpy.array([given[0 if kind == "TIED" else i] for i in range(k)])
        factor = self.factor[places]
        return found / numpy.outer(factor, factor)

    def packed(self, name: str) -> NDArray[numpy.float64]:
        """Returns loadings and noise of the components, k x d x (factors + 1)."""
        normals = self.scorer._normals
        if normals is None or normals["type"] not in ("FACTOR", "PPCA"):
            kind = "no numbers" if normals is None else f"{normals['type'].lower()} covariances"
            raise LatentError(f"the model has {kind}, so it has no {name}; set covariance to factor or ppca")
        return numpy.array(normals["covariances"]) / self.factor[self.scorer.places, None]


class _TrainedModel(LatentModel):
    @property
    def _trained(self) -> _Trained:
        known = self.__dict__.get("_known_parameters")
        if known is None:
            content, table = (serve._decoded(bytes(row[0]), "the model") for row in self._once("parameters"))
            known = self.__dict__["_known_parameters"] = _Trained(content, table, self.getOrDefault("featuresCol"))
        return known

    @property
    def numFeatures(self) -> int:
        """The number of numbers of a row."""
        return self._trained.scorer.width


class MixtureMetrics(LatentModel):
    """A mixture with its weights and information criteria."""

    @property
    def weights(self) -> NDArray[numpy.float64]:
        """The weight of each component."""
        return numpy.array([row[1] for row in self._once("components")])

    @property
    def bic(self) -> float:
        """The Bayesian information criterion over the training rows; the least is best."""
        return self._metric("bic")

    @property
    def logLikelihood(self) -> float:
        """The mean log-likelihood of the training rows, in nats."""
        return self._metric("meanLogLikelihood")

    def _metric(self, name: str) -> float:
        train = self.metrics.get("train") or {}
        if name not in train:
            raise LatentError(f"this model has no record of its training, so its {name} is not known")
        return train[name]


class MixtureModelBase(MixtureMetrics, _TrainedModel):
    """A mixture of columns of several types."""

    @property
    def means(self) -> pandas.DataFrame | NDArray[numpy.float64]:
        """The mean of each column of numbers in each component, a frame.

        It is in the units of the table. Of a log or quantile column it is the value whose logarithm or normal score is
        the mean of these.
        """
        found: dict[str, list[float]] = {}
        for row in self._once("components"):
            for cell in row["columns"]:
                if cell["value"] is not None:
                    found.setdefault(cell["column"], []).append(cell["value"])
        return _pandas().DataFrame(found, dtype=float)

    @property
    def covariances(self) -> list[pandas.DataFrame] | NDArray[numpy.float64]:
        """The covariance of the columns of numbers in each component, a list of frames; of Gaussian columns only.

        It is in the units of the table, but of the logarithm of a log column and the normal score of a quantile column.
        """
        trained = self._trained
        if trained.scorer._normals is None:
            raise LatentError("no column has Gaussian components, so there are no covariances")
        names = [trained.content["table"]["features"][j]["name"] for j in trained.scorer.places]
        return [_pandas().DataFrame(matrix, names, names) for matrix in trained.covariances()]

    @property
    def loadings(self) -> NDArray[numpy.float64]:
        """The loadings of each component, k x columns x factors, in the units of ``means``.

        A model has them if its covariances are factored.
        """
        return self._trained.packed("loadings")[:, :, :-1]

    @property
    def noise(self) -> NDArray[numpy.float64]:
        """The variance of each column's noise in each component, k x columns, in the squared units of ``means``.

        A model has it if its covariances are factored.
        """
        trained = self._trained
        return trained.packed("noise")[:, :, -1] / trained.factor[trained.scorer.places]

    @property
    def hasSummary(self) -> bool:
        """Whether there is a summary; a loaded model has none."""
        return self._training is not None

    @property
    def summary(self) -> MixtureSummary:
        """The summary over the rows that the model was fitted to."""
        if self._training is None:
            raise LatentError(f"no training summary is available for this {type(self).__name__}; fit it again")
        return MixtureSummary(self, self._training)


class GaussianModelBase(MixtureModelBase):
    """A Gaussian mixture, with all that the model of MLlib has."""

    @property
    def means(self) -> NDArray[numpy.float64]:
        """The mean of each component, k x d.

        It is in the units of the table, but of normal scores with ``scale="quantile"`` and of rows of length 1 with
        ``scale="unit"``.
        """
        trained = self._trained
        return trained.scorer._normals["means"] / trained.factor + trained.shift

    @property
    def covariances(self) -> NDArray[numpy.float64]:
        """The covariance of each component, k x d x d, in the units of ``means``."""
        return self._trained.covariances()

    @property
    def gaussians(self) -> list[MultivariateGaussian]:
        """The components."""
        from pyspark.ml.linalg import DenseMatrix, DenseVector
        from pyspark.ml.stat import MultivariateGaussian

        return [
            MultivariateGaussian(DenseVector(mean), DenseMatrix(len(mean), len(mean), matrix.ravel(order="F")))
            for mean, matrix in zip(self.means, self.covariances, strict=True)
        ]

    @property
    def gaussiansDF(self) -> DataFrame:
        """The components as a DataFrame with the columns ``mean`` and ``cov``."""
        rows: list[tuple[Any, Any]] = [(one.mean, one.cov) for one in self.gaussians]
        if not is_remote():  # the types of MLlib's own table
            from pyspark.mllib.linalg import Matrices, Vectors

            rows = [(Vectors.fromML(mean), Matrices.fromML(matrix)) for mean, matrix in rows]
        return session().createDataFrame(rows, ["mean", "cov"])

    @overload  # type: ignore[override]  # pandas has no types for mypy
    def predict(self, dataset: DataFrame) -> DataFrame: ...

    @overload
    def predict(self, dataset: Vector | Sequence[float] | NDArray[Any]) -> int: ...

    @overload
    def predict(self, dataset: Local) -> pandas.DataFrame: ...

    def predict(self, dataset: Any) -> Any:
        """Adds the group of each row, or whether it is an anomaly. Of one row of numbers, returns its component."""
        return super().predict(dataset) if is_table(dataset) else int(self._responsibilities(dataset).argmax())

    def predictProbability(self, value: Vector | ArrayLike) -> DenseVector:
        """Returns the probability of each component given one row of numbers."""
        from pyspark.ml.linalg import DenseVector

        return DenseVector(self._responsibilities(value))

    def _responsibilities(self, value: Any) -> NDArray[numpy.float64]:
        row = numpy.asarray(value.toArray() if hasattr(value, "toArray") else value, dtype=float).reshape(1, -1)
        trained = self._trained
        if row.shape[1] != self.numFeatures:
            raise LatentError(f"the row has {row.shape[1]} numbers, expected {self.numFeatures}")
        with numpy.errstate(all="ignore"):
            return trained.scorer.score((row - trained.shift) * trained.factor)["probability"][0]


class LinearModelBase(_TrainedModel):
    """A linear model: rows are a linear function of latent variables, plus noise."""

    @property
    def means(self) -> NDArray[numpy.float64]:
        """The mean of the rows, d numbers.

        It is in the units of the table, but of normal scores with ``scale="quantile"`` and of rows of length 1 with
        ``scale="unit"``.
        """
        trained = self._trained
        return trained.content["parameters"]["mean"] / trained.factor + trained.shift

    @property
    def loadings(self) -> NDArray[numpy.float64]:
        """The loadings, d x latent variables, in the units of ``means``."""
        trained = self._trained
        return trained.content["parameters"]["loadings"] / trained.factor[:, None]

    @property
    def noise(self) -> NDArray[numpy.float64]:
        """The variance of the noise of each number, d numbers, in the squared units of ``means``."""
        trained = self._trained
        return trained.content["parameters"]["noise"] / trained.factor**2

    @property
    def covariances(self) -> NDArray[numpy.float64]:
        """The covariance of the rows, d x d, in the units of ``means``."""
        return self.loadings @ self.loadings.T + numpy.diag(self.noise)


class MixtureSummary:
    """The summary of a fit over its training rows, as MLlib's models have one."""

    def __init__(self, model: MixtureModelBase, rows: DataFrame) -> None:
        self._model, self._rows = model, rows
        self.featuresCol: str = model.getOrDefault("featuresCol")
        self.predictionCol: str = model.getOrDefault("predictionCol")
        self.probabilityCol: str = model.getOrDefault("probabilityCol")

    @cached_property
    def predictions(self) -> DataFrame:
        """The training rows, with the columns that the model adds."""
        return self._model.transform(self._rows)

    @property
    def cluster(self) -> DataFrame:
        """The most probable component of each row."""
        return self.predictions.select(self.predictionCol)

    @property
    def probability(self) -> DataFrame:
        """The probability of each component for each row."""
        return self.predictions.select(self.probabilityCol)

    @cached_property
    def clusterSizes(self) -> Sequence[int]:
        """The number of rows of each component."""
        counts: dict[int, int] = dict(self.cluster.groupBy(self.predictionCol).count().collect())
        return [counts.get(component, 0) for component in range(self.k)]

    @property
    def k(self) -> int:
        """The number of components."""
        return len(self._model.weights)

    @property
    def numIter(self) -> int:
        """The number of rounds."""
        return self._model.metrics["train"]["rounds"]

    @property
    def logLikelihood(self) -> float:
        """The log-likelihood of all training rows, in nats."""
        return self._model.logLikelihood * self._model._trained.content["fit"]["weight"]


def _pandas() -> Any:
    try:
        import pandas
    except ImportError:
        raise LatentError("this table needs pandas: pip install pandas pyarrow") from None
    return pandas
