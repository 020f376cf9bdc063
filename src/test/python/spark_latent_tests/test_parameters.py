"""The trained parameters, and a program that was written for MLlib."""

from __future__ import annotations

import numpy
import pytest
from pyspark.ml.clustering import GaussianMixture as MllibMixture

import spark_latent as sl

PROGRAM = """
from pyspark.ml.clustering import GaussianMixture, GaussianMixtureModel

estimator = GaussianMixture(k=2, tol=0.0001, seed=10, maxIter=50, aggregationDepth=3)
estimator.setParams(maxIter=30)
model = estimator.setPredictionCol("group").fit(rows)
found["params"] = estimator.getMaxIter(), estimator.getTol(), model.getFeaturesCol(), model.getPredictionCol()
found["weights"] = list(model.weights)
found["gaussians"] = [(g.mean.toArray(), g.cov.toArray()) for g in model.gaussians]
found["table"] = [(row["mean"].toArray(), row["cov"].toArray()) for row in model.gaussiansDF.collect()]
found["features"] = model.numFeatures
first = rows.head().features
found["predicted"] = model.predict(first), model.predictProbability(first).toArray()
summary = model.summary
found["summary"] = model.hasSummary, summary.k, sorted(summary.clusterSizes), summary.logLikelihood
found["columns"] = summary.featuresCol, summary.predictionCol, summary.probabilityCol
found["rounds"] = summary.numIter > 0
found["counts"] = summary.predictions.count(), summary.cluster.columns, summary.probability.columns
model.write().overwrite().save(path)
again = GaussianMixtureModel.load(path)
found["loaded"] = again.hasSummary, list(again.weights) == list(model.weights), again.transform(rows).columns
"""


def test_a_program_for_mllib_runs_after_its_import_is_replaced(points, tmp_path):
    theirs: dict = {}
    ours: dict = {}
    rows = points.select("features")
    # MLlib's LAPACK in Java may loop for ever if two tasks are the first to call it at once; here one task is first.
    MllibMixture(k=2, maxIter=1).fit(rows.limit(20))
    exec(PROGRAM, {"rows": rows, "found": theirs, "path": str(tmp_path / "theirs")})
    replaced = PROGRAM.replace("from pyspark.ml.clustering import", "from spark_latent import")
    exec(replaced, {"rows": rows, "found": ours, "path": str(tmp_path / "ours")})
    assert theirs.keys() == ours.keys()
    for name in ("params", "features", "columns", "rounds", "counts", "loaded"):
        assert ours[name] == theirs[name], name
    assert ours["summary"][:3] == theirs["summary"][:3]
    assert ours["summary"][3] == pytest.approx(theirs["summary"][3], rel=1e-3)
    assert sorted(ours["weights"]) == pytest.approx(sorted(theirs["weights"]), abs=1e-3)
    order = numpy.argsort([mean[0] for mean, _ in ours["gaussians"]])
    for place, (mean, covariance) in zip(order, sorted(theirs["gaussians"], key=lambda one: one[0][0]), strict=True):
        assert ours["gaussians"][place][0] == pytest.approx(mean, abs=0.01)
        assert ours["gaussians"][place][1] == pytest.approx(covariance, abs=0.01)
        assert ours["table"][place][0] == pytest.approx(ours["gaussians"][place][0], abs=1e-12)
    most = max(range(2), key=lambda k: ours["predicted"][1][k])
    assert ours["predicted"][0] == most and sum(ours["predicted"][1]) == pytest.approx(1)


def test_parameters_are_in_the_units_of_the_table(people):
    rows = people.where("height < 300")
    columns = {"inputCols": ["height", "weight"], "handleInvalid": "keep"}
    plain = sl.GaussianMixture(k=1, **columns).fit(rows)
    scaled = sl.GaussianMixture(k=1, scale="standard", **columns).fit(rows)
    frame = rows.toPandas()[["height", "weight"]].to_numpy()
    assert scaled.means[0] == pytest.approx(numpy.nanmean(frame, axis=0), abs=2)
    assert scaled.means == pytest.approx(plain.means, abs=0.05)
    assert scaled.covariances == pytest.approx(plain.covariances, rel=0.02, abs=0.5)
    assert scaled.weights == pytest.approx([1]) and isinstance(scaled.weights, numpy.ndarray)
    tied = sl.GaussianMixture(k=2, covariance="tied", **columns).fit(rows)
    assert tied.covariances.shape == (2, 2, 2) and (tied.covariances[0] == tied.covariances[1]).all()
    with pytest.raises(sl.LatentError, match="the model has full covariances, so it has no loadings"):
        plain.loadings  # noqa: B018


@pytest.mark.both
def test_a_mixture_has_frames_with_names(mixture):
    pytest.importorskip("pandas")
    assert list(mixture.means.columns) == ["height", "weight"]
    assert sorted(mixture.means["weight"]) == pytest.approx([50, 70, 90], abs=0.3)
    covariance = mixture.covariances[0]
    assert list(covariance.index) == list(covariance.columns) == ["height", "weight"]
    assert (numpy.diag(covariance) > 0).all() and covariance.loc["height", "weight"] == pytest.approx(
        covariance.loc["weight", "height"]
    )
    assert mixture.hasSummary and sum(mixture.summary.clusterSizes) == 600
    assert mixture.summary.logLikelihood == pytest.approx(600 * mixture.logLikelihood)


def test_factors_of_a_mixture(points):
    model = sl.GaussianMixture(k=2, covariance="factor", factors=1).fit(points)
    assert model.loadings.shape == (2, 4, 1) and model.noise.shape == (2, 4)
    found = model.loadings @ model.loadings.transpose(0, 2, 1) + [numpy.diag(noise) for noise in model.noise]
    assert model.covariances == pytest.approx(found, abs=1e-12)


def test_a_linear_model_has_loadings_and_noise(axis, points):
    rows = numpy.array([row["features"].toArray() for row in points.collect()])
    assert axis.means == pytest.approx(rows.mean(axis=0), abs=1e-9)
    assert axis.covariances == pytest.approx(numpy.cov(rows.T), abs=0.1)
    assert axis.loadings.shape == (4, 1) and len(set(axis.noise)) == 1


def test_units_of_the_parameters(spark):
    rows = spark.range(2000).selectExpr("exp(3 + 0.5 * randn(1)) as size", "10 + randn(2) as y")
    for kind, mean, variance in (("log", 20, 0.25), ("quantile", 20, 1.0)):
        model = sl.Mixture(k=1, inputCols="*", columnTypes={"size": kind}, seed=1).fit(rows)
        assert model.means["size"][0] == pytest.approx(mean, abs=1)  # exp(3), the median
        assert model.covariances[0]["size"]["size"] == pytest.approx(variance, abs=0.1)
        assert model.means["y"][0] == pytest.approx(10, abs=0.1)
    for estimator in (sl.GaussianMixture(k=1, inputCols="*"), sl.PPCA(latent=1, inputCols="*")):
        assert 0.5 < numpy.linalg.norm(estimator.setScale("unit").fit(rows).means) < 1
        assert numpy.ravel(estimator.setScale("quantile").fit(rows).means) == pytest.approx([0, 0], abs=0.1)


@pytest.mark.both
def test_an_integer_has_the_bits_of_java(spark):
    with pytest.raises(sl.LatentError, match="seed of Mixture is 18446744073709551616: not within 64 bits, expected"):
        sl.Mixture(seed=2**64)
    with pytest.raises(sl.LatentError, match="numPartitions of Mixture is 4294967296: not within 32 bits, expected"):
        sl.Mixture().setNumPartitions(2**32)
    assert sl.Mixture(seed=-(2**62)).getSeed() == -(2**62)


def test_params_of_a_model_are_known(gaussians):
    assert (gaussians.getK(), gaussians.getMaxIter(), gaussians.getCovariance()) == (2, 50, "full")


@pytest.mark.both
def test_a_training_starts_from_a_fitted_model(points, tmp_path):
    first = sl.GaussianMixture(k=2, maxIter=3, tol=0.0, seed=1).fit(points)
    path = str(tmp_path / "model")
    first.save(path)
    further = sl.GaussianMixture(k=2, maxIter=2, tol=0.0, initialModel=first).fit(points)
    starts = [model.history["objective"][0] for model in (first, further)]
    assert starts[0] < starts[1] == pytest.approx(first.logLikelihood, abs=1e-3)
    again = sl.GaussianMixture(k=2, maxIter=2, tol=0.0, initialModel=path).fit(points)
    assert again.logLikelihood == further.logLikelihood
