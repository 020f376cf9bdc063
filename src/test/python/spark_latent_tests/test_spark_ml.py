"""The classes are stages of spark.ml: Params, copies, pipelines, validators, evaluators."""

from __future__ import annotations

import re

import pytest
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.tuning import CrossValidator, CrossValidatorModel, ParamGridBuilder, TrainValidationSplit

import spark_latent as sl

pytestmark = pytest.mark.both


def test_params(spark):
    estimator = sl.GaussianMixture(k=4).setCovariance("diagonal").setSeed(7)
    assert (estimator.getK(), estimator.getCovariance(), estimator.getSeed()) == (4, "diagonal", 7)
    assert estimator.getMaxIter() == 100 and not estimator.isSet("maxIter")
    assert "Maximum number of rounds" in estimator.explainParam("maxIter")
    copy = estimator.copy({estimator.k: 9})
    assert (copy.getK(), estimator.getK()) == (9, 4)
    assert copy.uid == estimator.uid
    assert sl.Mixture(k="auto").getK() == "auto"
    assert sl.VariationalAutoencoder(encoder=[128, 64]).getEncoder() == [128, 64]


def test_an_estimator_is_saved(spark, tmp_path):
    path = str(tmp_path / "estimator")
    sl.Mixture(k=[2, 5], inputCols=["a", "b"], seed=3).save(path)
    for again in (sl.Mixture.load(path), sl.load(path)):
        assert (again.getK(), again.getInputCols(), again.getSeed()) == ([2, 5], ["a", "b"], 3)


def test_a_pipeline(people, tmp_path):
    fitted = Pipeline(stages=[sl.Mixture(k=2, inputCols=["height", "weight"])]).fit(people)
    path = str(tmp_path / "pipeline")
    fitted.write().save(path)
    again = PipelineModel.load(path)
    assert type(again.stages[0]) is sl.MixtureModel
    assert type(sl.load(path)) is PipelineModel
    metadata = next((tmp_path / "pipeline" / "stages").glob("*/metadata/part-*"))
    changed = re.sub(r'"class": ?"[^"]*"', '"class":"subprocess.Popen"', metadata.read_text())
    (metadata.parent / f".{metadata.name}.crc").unlink(missing_ok=True)
    metadata.write_text(changed)
    with pytest.raises(sl.LatentError, match=r"has a stage subprocess\.Popen, expected one of this package"):
        sl.load(path)
    assert (
        again.transform(people).select("prediction").collect()
        == fitted.transform(people).select("prediction").collect()
    )


def test_a_cross_validator(points, tmp_path):
    estimator = sl.GaussianMixture(logDensityCol="logDensity", seed=1)
    grid = ParamGridBuilder().addGrid(estimator.k, [1, 2]).build()
    validator = CrossValidator(
        estimator=estimator, estimatorParamMaps=grid, evaluator=sl.MixtureEvaluator(), numFolds=2, seed=1
    )
    fitted = validator.fit(points)
    assert fitted.avgMetrics[1] > fitted.avgMetrics[0]
    path = str(tmp_path / "validator")
    fitted.write().save(path)
    for best in (fitted.bestModel, CrossValidatorModel.load(path).bestModel):
        assert len(best.weights) == best.getK() == 2 and best.getMaxIter() == 100


def test_a_task_has_params(people, tmp_path, mode):
    task = sl.Clusterer(k=3, columnTypes={"city": "category"}).setIdCol("id")
    assert (task.getK(), task.getOrDefault(task.columnTypes), task.getSeed()) == (3, '{"city": "category"}', 1)
    assert [*sl.Clusterer().getK()] == [*range(1, 9)] and not sl.Clusterer().isSet("k")
    assert task.copy({task.k: 2}).getK() == 2 and task.getK() == 3
    assert "Number of components" in task.explainParam("k")
    assert repr(task) == "Clusterer(k=3, columnTypes={'city': 'category'}, idCol='id')"
    assert [len(model.weights) for model in task.fit(people, [{task.k: 2}, {task.k: 3}])] == [2, 3]
    path = str(tmp_path / "task")
    task.save(path)
    for again in (sl.load(path), sl.Clusterer.load(path)):
        assert repr(again) == repr(task) and again.uid == task.uid and again.getSeed() == 1
    with pytest.raises(sl.LatentError, match=f"{path} exists"):
        task.save(path)
    if mode == "classic":
        task.setK(2).save(path, overwrite=True)
        assert sl.load(path).getK() == 2
    else:
        with pytest.raises(sl.LatentError, match="Spark Connect cannot replace a saved task"):
            task.save(path, overwrite=True)
    with pytest.raises(sl.LatentError, match="maxIter of AnomalyDetector is 'many'"):
        sl.AnomalyDetector(maxIter="many")


def test_a_task_in_a_pipeline_and_in_validators(people, tmp_path):
    task = sl.Clusterer(inputCols=["height", "weight"], logDensityCol="logDensity")
    people = people.where("id != 5")
    pipeline = Pipeline(stages=[task.copy({task.k: 2})])
    fitted = pipeline.fit(people)
    assert type(fitted.stages[0]) is sl.MixtureModel and "prediction" in fitted.transform(people).columns
    pipeline.write().save(str(tmp_path / "pipeline"))
    assert sl.load(str(tmp_path / "pipeline")).getStages()[0].getK() == 2
    grid = ParamGridBuilder().addGrid(task.k, [1, 3]).build()
    given = {"estimator": task, "estimatorParamMaps": grid, "evaluator": sl.MixtureEvaluator(), "seed": 1}
    for validator in (CrossValidator(numFolds=2, **given), TrainValidationSplit(**given)):
        assert len(validator.fit(people).bestModel.weights) == 3
    path = str(tmp_path / "validator")
    validator.write().save(path)
    assert repr(TrainValidationSplit.load(path).getEstimator()) == repr(task)


def test_evaluators(gaussians, points):
    scored = gaussians.transform(points)
    density = sl.MixtureEvaluator()
    anomaly = sl.AnomalyEvaluator()
    assert density.evaluate(scored) == pytest.approx(-anomaly.evaluate(scored), abs=1e-12)
    assert density.isLargerBetter() and not anomaly.isLargerBetter()


def test_a_view_is_not_saved(mixture, people, tmp_path):
    viewed = mixture.copy()
    viewed._set(view="warnings")
    viewed.save(str(tmp_path / "model"))
    assert "prediction" in sl.load(str(tmp_path / "model")).transform(people).columns
