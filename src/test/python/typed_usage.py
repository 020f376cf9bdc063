"""What editors and type checkers know of the package; mypy reads this file, nothing runs it."""

from typing import TYPE_CHECKING, assert_type

from pyspark.sql import DataFrame

import spark_latent as sl

if TYPE_CHECKING:
    import pandas
    import pyarrow
    from matplotlib.axes import Axes


def fitted(df: DataFrame, frame: "pandas.DataFrame", table: "pyarrow.Table") -> None:
    mixture = sl.Mixture(k="auto", inputCols="*")
    assert_type(mixture.fit(df), sl.MixtureModel)
    assert_type(mixture.fit(df, [{mixture.k: 2}]), list[sl.MixtureModel])
    assert_type(mixture.getK(), int | str | list[int | str])
    assert_type(sl.GroupedMixture(estimator=mixture, groupCols="shop").fit(df), sl.GroupedMixtureModel)
    assert_type(sl.VariationalAutoencoder(latent=2).setSeed(1), sl.VariationalAutoencoder)
    model = mixture.fit(frame)
    assert_type(model.transform(df), DataFrame)
    assert_type(sl.AnomalyDetector(k=2).fit(df), sl.MixtureModel | sl.GaussianMixtureModel)
    clusterer = sl.Clusterer()
    groups = clusterer.fit(df)
    assert_type(groups, sl.MixtureModel)
    assert_type(groups.bic, float)
    assert_type(clusterer.fit(df, [{clusterer.k: 2}]), list[sl.MixtureModel])
    assert_type(sl.Embedder(latent=2).fit(df), sl.ProbabilisticPcaModel | sl.VariationalAutoencoderModel)
    assert_type(groups.predict(df), DataFrame)
    assert_type(sl.GaussianMixture().fit(df).predict([1.0, 2.0]), int)
    frames: list[pandas.DataFrame] = [groups.predict(table), groups.explain(table), groups.transform(frame)]
    del frames
    axes: Axes = model.plot("severity", df)
    del axes
