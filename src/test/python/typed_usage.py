"""What editors and type checkers know of the package; mypy reads this file, nothing runs it."""

from typing import assert_type

from pyspark.sql import DataFrame

import spark_latent as sl


def fitted(df: DataFrame) -> None:
    mixture = sl.Mixture(k="auto", inputCols="*")
    assert_type(mixture.fit(df), sl.MixtureModel)
    assert_type(mixture.fit(df, [{mixture.k: 2}]), list[sl.MixtureModel])
    assert_type(mixture.getK(), list[int | str])
    assert_type(sl.GroupedMixture(estimator=mixture, groupCols="shop").fit(df), sl.GroupedMixtureModel)
    assert_type(sl.VariationalAutoencoder(latent=2).setSeed(1), sl.VariationalAutoencoder)
