"""A mixture for each group of rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pyspark.ml.param import Param, Params, TypeConverters

from spark_latent._base import Converters, LatentEstimator, param
from spark_latent._errors import LatentError
from spark_latent._parameters import MixtureMetrics
from spark_latent.families.gaussian_mixture import GaussianMixture
from spark_latent.families.mixture import Mixture, MixtureModel, _MixtureParams

__all__ = ["GroupedMixture", "GroupedMixtureModel"]


class _GroupedParams(Params):
    groupCols: Param[Any] = param("groupCols", Converters.toListOfStrings, "Columns whose values are the groups.")
    groupRows: Param[Any] = param(
        "groupRows", Converters.toInt, "Training rows that a group needs for a model of its own."
    )


class GroupedMixture(LatentEstimator["GroupedMixtureModel"], _GroupedParams):
    """Fits a mixture to each group of rows, and one to all rows for the groups that are too small.

    >>> mixture = sl.Mixture(k=1, inputCols="*")
    >>> model = sl.GroupedMixture(estimator=mixture, groupCols="city").fit(df)
    >>> scored = model.transform(df)

    Parameters
    ----------
    estimator : GaussianMixture or Mixture
        Estimator of the mixtures, with all hyperparameters. Default: a GaussianMixture.
    groupCols : str or sequence of str
        Columns of texts, whole numbers, booleans or dates whose values are the groups.
    groupRows : int
        Training rows that a group needs for a model of its own. Default: 10 for each feature and component.
    """

    _java_class = "io.github.sparklatent.ml.mixture.grouped.GroupedMixture"

    mixture: Param[Any] = param("mixture", TypeConverters.toString, "Estimator of the mixtures as JSON.")

    def __init__(
        self,
        *,
        estimator: GaussianMixture | Mixture | None = None,
        groupCols: str | Sequence[str] | None = None,
        groupRows: int | None = None,
    ) -> None:
        super().__init__()
        self._set(groupCols=groupCols, groupRows=groupRows)
        self.setEstimator(estimator or GaussianMixture())

    def setEstimator(self, value: GaussianMixture | Mixture) -> GroupedMixture:
        types = {GaussianMixture: "gmm", Mixture: "mixture"}
        if type(value) not in types:
            raise LatentError(f"estimator is a {type(value).__name__}, expected a GaussianMixture or a Mixture")
        described = {declared.name: set_to for declared, set_to in value._paramMap.items()}
        return self._set(mixture=json.dumps({"type": types[type(value)], **described}))

    def setGroupCols(self, value: str | Sequence[str]) -> GroupedMixture:
        return self._set(groupCols=value)

    def setGroupRows(self, value: int) -> GroupedMixture:
        return self._set(groupRows=value)

    @staticmethod
    def _model_class() -> type[GroupedMixtureModel]:
        return GroupedMixtureModel


class GroupedMixtureModel(MixtureMetrics, _MixtureParams, _GroupedParams):
    """Model of :py:class:`GroupedMixture`.

    >>> model = sl.load("models/mine")
    >>> model.setOwnModelCol("ownModel").transform(df).select("prediction", "ownModel")
    """

    _java_class = "io.github.sparklatent.ml.mixture.grouped.GroupedMixtureModel"
    _scoring = (*MixtureModel._scoring, "ownModelCol")

    ownModelCol: Param[Any] = param(
        "ownModelCol", TypeConverters.toString, "Whether the group of the row has a model of its own; empty: no column."
    )

    def setOwnModelCol(self, value: str) -> GroupedMixtureModel:
        return self._set(ownModelCol=value)
