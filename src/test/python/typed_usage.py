"""What editors and type checkers know of the package; mypy reads this file, nothing runs it."""

from typing import TYPE_CHECKING, assert_type

from pyspark.sql import DataFrame

import spark_latent as sl

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes


def fitted(df: DataFrame, frame: "pandas.DataFrame") -> None:
    mixture = sl.Mixture(k="auto", inputCols="*")
    assert_type(mixture.fit(df), sl.MixtureModel)
    assert_type(mixture.fit(df, [{mixture.k: 2}]), list[sl.MixtureModel])
    assert_type(mixture.getK(), int | str | list[int | str])
    assert_type(sl.GroupedMixture(estimator=mixture, groupCols="shop").fit(df), sl.GroupedMixtureModel)
    assert_type(sl.VariationalAutoencoder(latent=2).setSeed(1), sl.VariationalAutoencoder)
    model = mixture.fit(frame)
    assert_type(model.transform(df), DataFrame)
    assert_type(sl.AnomalyDetector(k=2).fit(df), sl.LatentModel)
    axes: Axes = model.plot("severity", df)
    del axes
