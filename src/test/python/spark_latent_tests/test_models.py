"""Models of each family: fit, transform, views, save and load."""

from __future__ import annotations

import functools
import math
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

import spark_latent as sl
from spark_latent import _show


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")


@pytest.mark.both
def test_a_mixture_of_a_table_finds_its_groups(mixture, people):
    scored = mixture.transform(people)
    added = ["prediction", "probability", "severity", "isAnomaly", "contributions"]
    assert set(added) <= set(scored.columns)
    groups = {
        (row["id"] % 3, row["prediction"]) for row in scored.select("id", "prediction").collect() if row["id"] != 5
    }
    assert len(groups) == 3  # one component for each group


@pytest.mark.both
def test_the_outlier_is_explained(mixture, people):
    first = mixture.explain(people, n=1, columns=2).first()
    assert first["id"] == 5
    assert first["severity"] > 99
    assert first["contributions"][0]["column"] == "height"
    assert len(first["contributions"]) == 2


@pytest.mark.both
def test_metrics_history_and_profiles(mixture):
    assert "3 components" in mixture.description
    train = mixture.metrics["train"]
    assert mixture.bic == train["bic"]
    assert mixture.logLikelihood == train["meanLogLikelihood"]
    objective = list(mixture.history["objective"])
    assert len(objective) == train["rounds"] + 1  # with that of the start
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(objective))
    assert sum(mixture.weights) == pytest.approx(1, abs=1e-12)
    assert mixture.history.index.name == "round" and mixture.profiles.index.name == "component"
    assert list(_show.frame([], "round").index) == []
    heights = sorted(mixture.profiles["height"])
    assert heights == pytest.approx([150, 170, 191.05], abs=0.2)  # the outlier of 400 is among 201 rows
    assert len(mixture.warnings) == 1 and '"height" in 0.167% of the rows' in mixture.warnings[0]


@pytest.mark.both
def test_drawn_rows_have_the_columns_of_the_table(mixture):
    drawn = mixture.sample(50, seed=3, given={"city": "Kiel"})
    assert drawn.columns == ["city", "height", "weight", "component"]
    rows = drawn.collect()
    assert {row["city"] for row in rows} == {"Kiel"}
    assert sum(row["height"] for row in rows) / 50 == pytest.approx(170, abs=3)
    assert rows == mixture.sample(50, seed=3, given={"city": "Kiel"}).collect()
    assert rows != mixture.sample(50, seed=4, given={"city": "Kiel"}).collect()
    numpy = pytest.importorskip("numpy")
    assert {row["height"] for row in mixture.sample(numpy.int64(5), given={"height": numpy.int64(170)}).collect()} == {
        170
    }


def test_the_report_is_a_whole_page(mixture, people, tmp_path):
    report = mixture.report(people)
    file = report.save(str(tmp_path / "report.html"))
    page = Path(file).read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>") and page.rstrip().endswith("</html>")
    assert "The most anomalous rows" in page and "height 400" in page
    assert "iframe" in report._repr_html_()


@pytest.mark.both
def test_a_saved_model_scores_the_same(mixture, people, tmp_path):
    path = str(tmp_path / "model")
    mixture.save(path)
    again = sl.load(path)
    assert type(again) is sl.MixtureModel
    assert again.bic == mixture.bic
    columns = ["id", "severity", "prediction"]
    assert again.transform(people).select(*columns).collect() == mixture.transform(people).select(*columns).collect()


def test_the_same_seed_gives_the_same_bits(mixture, people):
    again = sl.Mixture(k=3, inputCols=["city", "height", "weight"], seed=1).fit(people)
    assert again.logLikelihood == mixture.logLikelihood


def test_the_number_of_components_is_searched_for(people, tmp_path):
    model = sl.Mixture(k=[2, 3], inputCols=["height", "weight"], covariance="diagonal").fit(people.where("id != 5"))
    assert len(model.weights) == 3
    model.save(str(tmp_path / "model"))
    assert len(sl.load(str(tmp_path / "model")).weights) == 3


def test_a_gaussian_mixture_of_vectors(gaussians, points):
    scored = gaussians.transform(points).select("label", "prediction", "logDensity").collect()
    assert len({(row["label"], row["prediction"]) for row in scored}) == 2
    mean = sum(row["logDensity"] for row in scored) / len(scored)
    assert gaussians.logLikelihood == pytest.approx(mean, abs=1e-9)
    assert sorted(gaussians.profiles["features[0]"]) == pytest.approx([-3, 3], abs=0.2)


def test_principal_components(axis, points):
    component = dict(axis.profiles.iloc[0])
    assert component["weight"] > 0.9
    loadings = [component[name] for name in list(component)[2:]]
    assert len(loadings) == 4 and min(map(abs, loadings)) > 2
    assert axis.transform(points).first()["latent"].size == 1


def test_factor_analysis(points):
    model = sl.FactorAnalysis(latent=1).fit(points)
    assert math.isfinite(model.metrics["train"]["meanLogLikelihood"])
    assert model.sample(3, noise=False).count() == 3


@pytest.mark.both
def test_a_model_for_each_group(people, tmp_path):
    groups = people.selectExpr("id % 3 as shop", "height", "weight").where("height < 300")
    mixture = sl.Mixture(k=1, inputCols=["height", "weight"], seed=1)
    model = sl.GroupedMixture(estimator=mixture, groupCols="shop", groupRows=20).fit(groups).setOwnModelCol("ownModel")
    scored = model.transform(groups)
    assert scored.where("ownModel").count() == 599
    model.save(str(tmp_path / "model"))
    again = sl.load(str(tmp_path / "model"))
    assert type(again) is sl.GroupedMixtureModel
    assert again.transform(groups).select("prediction").collect() == scored.select("prediction").collect()
    drawn = model.sample(300, seed=1)
    assert "shop" in drawn.columns and drawn.count() == 300


def stages(*names):
    return [{"name": name, "maxEpochs": 1} for name in names]


NETWORKS = {
    "Autoencoder": {"maxEpochs": 2},
    "VariationalAutoencoder": {"maxEpochs": 2},
    "DeepLatentGaussian": {"maxEpochs": 2},
    "MixtureVariationalAutoencoder": {"k": 2, "stages": stages("autoencoder", "encoder", "joint")},
    "VariationalDeepEmbedding": {"k": 2, "stages": stages("autoencoder", "clustering")},
    "ClusteringVariationalAutoencoder": {"k": 2, "stages": stages("autoencoder", "clustering")},
    "GenerativeAdversarialNetwork": {"maxEpochs": 2},
    "AdversarialVariationalAutoencoder": {"maxEpochs": 2},
}


@pytest.fixture(scope="module")
def network_of(points):
    @functools.cache
    def fit(name):
        layers = {"decoder": [8], "discriminator": [8]} if "Generative" in name else {"encoder": [8], "decoder": [8]}
        return getattr(sl, name)(latent=2, seed=1, **layers, **NETWORKS[name]).fit(points)

    return fit


@pytest.mark.parametrize("name", NETWORKS)
def test_networks(name, network_of, points, tmp_path):
    model = network_of(name)
    assert len(model.history) >= 1
    scored = model.transform(points)
    assert scored.count() == 400
    model.save(str(tmp_path / "model"))
    again = sl.load(str(tmp_path / "model"))
    assert type(again).__name__ == name + "Model"
    assert again.metrics == model.metrics
    if name != "Autoencoder":
        assert again.sample(3, seed=2).count() == 3


@pytest.mark.both
def test_a_pandas_frame(spark):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"city": ["Bonn", None, "Kiel"] * 40, "height": [1.0, float("nan"), 9.0] * 40})
    frame["height"] += [i % 5 / 10 for i in range(120)]
    model = sl.Mixture(k=2, inputCols="*").fit(frame)
    scored = model.transform(frame)
    assert isinstance(scored, pandas.DataFrame)
    alone = model.transform(pandas.DataFrame({"city": [None, None], "height": [9.0, 1.0]}))
    assert alone["prediction"][0] != alone["prediction"][1]
    groups = scored.groupby("city")["prediction"].unique()
    assert len(groups["Bonn"]) == len(groups["Kiel"]) == 1 and groups["Bonn"][0] != groups["Kiel"][0]
    few = frame.head(3).set_index(pandas.Index([7, 5, 3])).assign(height=float("nan"), **{"a`b.c": 1})
    found = model.transform(few)
    assert list(found.index) == [7, 3]  # row 5 has no observed cell
    assert list(found.columns) == [*few.columns, *scored.columns[2:]]
    assert found["height"].dtype == float and list(found["a`b.c"]) == [1, 1]
    nullable = few.assign(city=["Bonn", "Kiel", "Kiel"], height=pandas.array([1, None, 9], "Int64"))
    nullable["known"] = pandas.array([True, None, False], "boolean")
    assert model.transform(nullable)["prediction"].tolist() == scored["prediction"][[0, 2, 2]].tolist()
    with pytest.raises(sl.LatentError, match="the frame has no rows"):
        model.transform(frame.head(0))


@pytest.mark.both
def test_tables_of_other_libraries(spark):
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    columns = {
        "city": ["Bonn", None, "Kiel"],
        "height": [1.0, None, 9.0],
        "day": [date(2020, 1, 1), date(2021, 1, 1), None],
        "at": [datetime(2020, 1, 1, 12), datetime(2021, 1, 1), None],
        "color": polars.Series(["red", "blue", "red"], dtype=polars.Categorical),
        "small": polars.Series([1, 2, 3], dtype=polars.UInt32),
        "large": polars.Series([1, 2, 3], dtype=polars.UInt64),
    }
    table = polars.DataFrame(columns)
    table = polars.concat([table.with_columns(polars.col("height") + i / 10) for i in range(40)])
    model = sl.Mixture(k=2, contributionsCol="contributions").fit(table)
    scored = model.transform(table)
    assert isinstance(scored, pandas.DataFrame)
    assert scored["day"][0] == date(2020, 1, 1) and pandas.isna(scored["at"][2])

    class Stream:
        def __arrow_c_stream__(self, requested_schema=None):
            return table.__arrow_c_stream__(requested_schema)

    class Convertible:
        def to_pandas(self):
            return table.to_pandas()

    for other in table.to_arrow(), Stream(), Convertible():
        found = model.transform(other)
        assert isinstance(found, pandas.DataFrame) and found["prediction"].equals(scored["prediction"])

    class OnSpark:  # PySpark's own are not for pandas 3
        def to_spark(self):
            return spark.range(50)

    assert sl.Mixture(k=1).fit(OnSpark()).transform(OnSpark()).count() == 50
    explained = model.explain(table)
    assert isinstance(explained, pandas.DataFrame) and sorted(explained.index) == list(range(120))
    assert explained["severity"].is_monotonic_decreasing
    assert list(model.drift(table)["column"]) == table.columns
    for name, other in {"polars.LazyFrame": table.lazy(), "polars.Series": table["city"]}.items():
        with pytest.raises(sl.LatentError, match=rf"dataset is a {name}, expected a table of Spark, pandas, Polars or"):
            model.transform(other)


@pytest.mark.both
def test_the_verbs_of_scikit_learn(mixture, gaussians, axis, autoencoder, points, people):
    groups = gaussians.predict(points)
    assert groups.columns == ["features", "label", "prediction"]
    assert groups.collect() == gaussians.transform(points).select(*groups.columns).collect()
    vector = points.first()["features"]
    assert gaussians.predict(vector) == gaussians.predict(vector.toArray()) == groups.first()["prediction"]
    density = gaussians.score_samples(points).first()["logDensity"]
    assert density == -gaussians.decision_function(points).first()["anomalyScore"]
    named = mixture.copy().setProbabilityCol("share").setPredictionCol("").setContributionsCol("")
    assert named.predict_proba(people).columns == [*people.columns, "share"]
    flagged = named.predict(people)
    assert flagged.dtypes[-1] == ("isAnomaly", "int") and flagged.where("id = 5").first()["isAnomaly"] == 1
    assert flagged.where("isAnomaly = 1").count() == mixture.transform(people).where("isAnomaly").count()
    with pytest.raises(sl.LatentError, match="severities need the anomaly scores of the training rows"):
        axis.predict(points)
    with pytest.raises(sl.LatentError, match="ProbabilisticPcaModel has no groups"):
        axis.predict_proba(points)
    rows = people.where("city is not null").select("city", "height")
    assert autoencoder.predict(rows).columns == ["city", "height", "isAnomaly"]
    with pytest.raises(sl.LatentError, match="AutoencoderModel has no groups"):
        autoencoder.predict_proba(rows)
    with pytest.raises(sl.LatentError, match="AutoencoderModel has no log density"):
        autoencoder.score_samples(rows)


def test_the_verbs_of_frames_and_of_a_detector(people, tmp_path):
    pandas = pytest.importorskip("pandas")
    frame = people.select("height", "weight").toPandas().set_index(pandas.Index(range(1000, 1600)))
    model = sl.AnomalyDetector(k="auto").fit(frame)
    flagged = model.predict(frame)
    assert list(flagged.columns) == ["height", "weight", "isAnomaly"] and flagged["isAnomaly"][1005] == 1
    assert set(flagged["isAnomaly"]) == {0, 1} and flagged.index.equals(frame.index)
    assert list(model.transform(frame).columns[2:]) == ["anomalyScore", "severity", "isAnomaly", "contributions"]
    assert model.decision_function(frame)["anomalyScore"].idxmax() == 1005
    model.save(str(tmp_path / "model"))
    assert sl.load(str(tmp_path / "model")).predict(frame).equals(flagged)
    with pytest.raises(sl.LatentError, match="value and rank of a number have no joint density; use decision_function"):
        model.score_samples(frame)


@pytest.mark.both
def test_another_thread(mixture, people, tmp_path):
    path = str(tmp_path / "model")
    mixture.save(path)

    def work():
        again = sl.load(path)
        return again.metrics, again.sample(3).count(), again.transform(people).count()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(work).result() == (mixture.metrics, 3, 600)


def test_pictures(mixture, people, points):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    assert mixture.plot().get_xlabel() == "round"
    assert sl.AnomalyDetector(k=1).fit(people).plot().get_title("left").startswith("Severity of 600 rows; ")
    profiles = mixture.plot("profiles")
    assert [text.get_text() for text in profiles.get_yticklabels()] == ["weight (column)", "height", "city"]
    cities = [text.get_text() for text in profiles.texts if text.get_text().endswith("%")]
    assert {city.split("\n")[0] for city in cities} == {"Bonn", "Kiel", "Ulm"}
    long = people.selectExpr("height", "concat(city, '-upon-the-river') as city", "id % 12 as month")
    wide = sl.Mixture(k=8, inputCols="*", seed=1).fit(long)
    heat = wide.plot("profiles")
    heat.figure.canvas.draw()
    cell = heat.get_window_extent().width / 8
    assert all(text.get_window_extent().width < cell for text in heat.texts)
    months = next(one for one in wide.plot("synthetic").figure.axes if one.get_title() == "month, %")
    assert len(months.patches) == 24 and all(bar.get_height() for bar in months.patches[:12])  # a bin for each number
    born = people.selectExpr("height", "date_add(date'2020-01-01', id) as born")
    days = sl.Mixture(k=2, inputCols=["height", "born"]).fit(born).plot("profiles")
    assert any(text.get_text().startswith("202") and len(text.get_text()) == 10 for text in days.texts)  # a whole date
    assert "born" in [text.get_text() for text in days.get_yticklabels()]
    axes = sl.ProbabilisticPca(latent=2, logDensityCol="density").fit(points)
    assert len(axes.plot("codes", points, color="label").collections) == 2
    some = [axes.plot("codes", points, rows=20).collections[0].get_offsets().tolist() for _ in range(2)]
    assert some[0] == some[1]
    scored = axes.transform(points)
    assert len(axes.plot("codes", scored, color="label").collections) == 2
    numbers = axes.plot("codes", points, color="density")
    assert len(numbers.collections) == 1 and len(numbers.figure.axes) == 2  # with a colour bar
    assert mixture.plot("drift", people).get_xlabel().startswith("population stability index")
    severities = mixture.plot("severity")
    assert severities.get_title("left").startswith("Severity of 600 rows; ")
    assert sum(bar.get_height() for bar in severities.patches) == 600
    drawn = mixture.plot("synthetic", people).figure
    titles = ["city, %", "height, %", "weight, %", "correlations of numbers"]
    assert [axes.get_title() for axes in drawn.axes[:4]] == titles
    figure, (left, right) = matplotlib.pyplot.subplots(1, 2, layout="constrained")
    places = [one.get_subplotspec() for one in (mixture.plot("synthetic", people, ax=right), left)]
    assert left in figure.axes and right not in figure.axes
    assert places[0].get_topmost_subplotspec().colspan.start == 1 != places[1].colspan.start
    own = mixture.plot("synthetic", people, ax=figure.add_axes((0.1, 0.1, 0.3, 0.4)), columns=2)
    assert own.get_position().x1 < 0.4
    dotted = sl.Mixture(k=1, inputCols=["home.city"]).fit(people.selectExpr("city as `home.city`"))
    assert dotted.plot("synthetic").figure.axes[0].get_title() == "home.city, %"
    with pytest.raises(sl.LatentError, match="there is no column lable to color by"):
        axes.plot("codes", points, color="lable")
    with pytest.raises(sl.LatentError, match="has no latent codes"):
        mixture.plot("codes", people)


def test_pictures_of_a_row(mixture, people):
    pytest.importorskip("matplotlib").use("Agg")
    (first,) = mixture.top(1, people)
    bars, ranges = mixture.plot("reasons", people).figure.axes
    assert bars.get_title("left") == f"Reasons of the most anomalous row, severity {first['severity']:.2f}"
    assert bars.get_yticklabels()[0].get_text() == "height = 400"
    assert re.fullmatch(r"expected 15\d\.\d+ \(14\d\.\d+ to 15\d\.\d+\)", ranges.texts[0].get_text())
    fall = mixture.plot("waterfall", people)
    heights = [bar.get_width() for bar in fall.patches]
    assert len(heights) == len(first["contributions"]) and heights[0] == max(heights)
    assert fall.patches[-1].get_x() + sum(heights) == pytest.approx(first["anomalyScore"])
    usual = people.where("id <> 5")
    names = [fall.get_yticklabels()[i].get_text() for i in (0, -1)]
    assert names[0].startswith("height = 400\nexpected") and names[1].startswith("all of these as expected\nscore")
    assert fall.patches[-1].get_x() < mixture.top(1, usual)[0]["anomalyScore"]
    for axes in bars, fall:
        axes.figure.canvas.draw()
        words = [one for place in axes.figure.axes for one in (*place.texts, *place.get_yticklabels())]
        boxes = [one.get_window_extent() for one in words]
        assert not any(one.overlaps(other) for i, one in enumerate(boxes) for other in boxes[:i])
    with pytest.raises(sl.LatentError, match="row is 600, expected a number from 0 to 599"):
        mixture.plot("reasons", people, row=600)


def test_pictures_of_labels(mixture, gaussians, people, points):
    pytest.importorskip("matplotlib").use("Agg")
    tall = people.selectExpr("*", "id = 5 or id % 50 = 2 as tall", "1 as one", "city = 'Bonn' as bonn")
    curve = mixture.plot("roc", tall, labelCol="tall")
    auc = mixture.evaluate(tall, "tall")["auc"]
    assert 0.3 < auc < 0.9 and curve.get_title("left") == f"AUC {auc:.3f}; anomalies: 13 of 600 rows"
    alerts = mixture.plot("precision", tall, labelCol="tall")
    precision, recall, chance = (line.get_ydata() for line in alerts.lines)
    assert precision[0] == 100 and recall[0] == pytest.approx(100 / 13)
    assert precision[-1] == chance[0] == pytest.approx(100 * 13 / 600) and recall[-1] == 100
    known = tall.where("bonn is not null").count()
    assert f"of {known} rows" in mixture.plot("roc", tall, labelCol="bonn").get_title("left")
    sampled = gaussians.plot("roc", points, labelCol="label", rows=100).get_title("left")
    assert 50 < int(re.search(r"of (\d+) rows", sampled)[1]) < 150
    for label, text in {
        None: "the picture needs labelCol",
        "none": 'labelCol is "none", but the table has no such column',
        "city": 'labelCol "city" has texts, expected 1 or true',
        "one": 'labelCol "one" has one value in the rows that are drawn',
    }.items():
        with pytest.raises(sl.LatentError, match=text):
            mixture.plot("precision", tall, labelCol=label)


def test_a_picture_of_missing_cells(mixture, people):
    pytest.importorskip("matplotlib").use("Agg")
    from pyspark.sql.functions import lit

    training = mixture.plot("missing")
    assert training.get_title("left") == "Missing cells: 1 of 3 columns have none"
    assert [name.get_text() for name in training.get_yticklabels()] == ["city", "weight"]
    assert training.patches[0].get_width() == pytest.approx(100 * 85 / 600, abs=0.5) and training.get_legend() is None
    other = mixture.plot("missing", people.where("city is not null").withColumn("height", lit(None).cast("double")))
    assert [name.get_text() for name in other.get_yticklabels()] == ["height", "weight", "city"]
    assert [round(bar.get_width()) for bar in other.patches[:3]] == [100, 9, 0]
    assert [text.get_text() for text in other.get_legend().get_texts()] == ["these rows", "rows of the training"]


def test_names_of_many_components_are_read(people):
    pytest.importorskip("matplotlib").use("Agg")
    from spark_latent import plot
    from spark_latent._show import Table

    class Many:
        @staticmethod
        def _groups():
            rows = [{"component": k, "weight": 0.98 if k == 0 else 0.02 / 29, "description": ""} for k in range(30)]
            return Table([{**row, "height": float(row["component"]), "age": 2.0} for row in rows])

    axes = plot.draw(Many, "profiles", None)
    axes.figure.canvas.draw()
    names = axes.get_xticklabels()
    assert names[0].get_text() == "0\n98%" and names[29].get_text() == "29\n<1%"
    boxes = [name.get_window_extent() for name in names]
    assert all(left.x1 < right.x0 for left, right in pairwise(boxes))
    assert boxes[0].height / 2 > 0.1 * axes.figure.dpi  # 7 points


def test_the_traversal_names_what_it_needs(monkeypatch):
    pytest.importorskip("matplotlib").use("Agg")
    from spark_latent import plot

    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(sl.LatentError, match="the picture traversal needs the extra onnx: pip install onnxruntime"):
        plot.draw(None, "traversal", None)


def test_what_latent_dimensions_change(network_of, points):
    pytest.importorskip("matplotlib").use("Agg")
    pytest.importorskip("onnxruntime")
    vae = network_of("VariationalAutoencoder")
    (heat,) = vae.plot("traversal", points).images[:1]
    assert heat.get_array().shape == (4, 2)
    sheet = vae.plot("traversal", points, shape=(1, 4), dimensions=1).images[0].get_array()
    assert sheet.shape == (1, 44)


def test_images():
    pytest.importorskip("matplotlib").use("Agg")
    from spark_latent import plot

    sheet = plot.images([[1, 2, 3, 4, 5, 6]] * 3, (2, 3), columns=2).images[0].get_array()
    assert sheet.shape == (5, 7)
    assert list(sheet[3, :3]) == [1, 2, 3]
    with pytest.raises(sl.LatentError, match="an image has 6 pixels, expected 2 x 2"):
        plot.images([[1, 2, 3, 4, 5, 6]], (2, 2))


def test_what_a_notebook_shows(mixture):
    from spark_latent._show import Table

    assert "3 components" in mixture._repr_html_()
    assert "<table>" in mixture._groups()._repr_html_()
    assert "component" in repr(mixture._groups())
    assert mixture._groups()["weight"] == list(mixture.profiles["weight"])
    assert repr(Table([{"version": "3.10", "share": 0.123456}])).endswith("3.10     0.12346")  # texts stay as they are


def test_a_table_without_features_is_read_whole(people):
    model = sl.ProbabilisticPca(latent=1, handleInvalid="skip").fit(people.select("height", "weight"))
    assert model.transform(people.dropna()).columns == [*people.columns, "anomalyScore", "severity", "isAnomaly"]
    with pytest.raises(sl.LatentError, match='features column "measures" does not exist'):
        sl.ProbabilisticPca(latent=1, featuresCol="measures").fit(people)


@pytest.mark.connect
def test_a_model_that_is_collected_calls_no_server(people, monkeypatch):
    import gc

    from pyspark.ml import util

    deleted = []
    monkeypatch.setattr(util, "del_remote_cache", deleted.append)
    model = sl.ProbabilisticPca(latent=1, inputCols=["height", "weight"], handleInvalid="skip").fit(people)
    name = model._java_obj.ref_id
    other = model.copy()
    del model
    gc.collect()
    assert name not in deleted
    other.transform(people)
    assert name not in deleted  # the copy needs it
    del other
    gc.collect()
    sl.Mixture(k=1, inputCols=["height"]).fit(people)
    assert name in deleted


@pytest.mark.classic
def test_the_progress_of_a_training(people, capfd):
    from spark_latent import _progress

    logged = "GMM full K=3, round 6 of 10: objective -5.894665, change 0.1, 53.4k rows/s, at most 4 s left"
    line = _progress._line(_progress._ROUND.match(logged))
    assert line == "GMM full K=3: round 6 of 10 [############        ], at most 4 s left"
    logged = "VAE 4-128-2, round 7, epoch 2.50 of 3: objective 9.633009, change -5.01"
    assert _progress._line(_progress._ROUND.match(logged)) == "VAE 4-128-2: epoch 2 of 3 [#############       ]"
    sl.Mixture(k=3, inputCols=["height"]).fit(people)
    assert ": " not in capfd.readouterr().err.replace("WARN ", "")  # neither a terminal nor a notebook
    for estimator in (sl.Mixture(k=3), sl.Mixture(k=3, numPartitions=2), sl.VAE(latent=1, maxEpochs=2)):
        estimator.setInputCols(["height"]).fit(people, verbose=True)
        assert re.search(": (round|epoch) [0-9]", capfd.readouterr().err)


@pytest.mark.classic
def test_a_bar_shows_the_progress(people, monkeypatch):
    tqdm = pytest.importorskip("tqdm.auto")
    from spark_latent import _progress

    bars = []
    monkeypatch.setattr(_progress, "_is_screen", lambda: True)
    monkeypatch.setattr(tqdm, "tqdm", lambda **options: bars.append(tqdm_bar(**options)) or bars[-1])
    sl.Mixture(k=3, inputCols=["height", "weight"]).fit(people)
    assert len(bars) == 1 and bars[0].desc.startswith("GMM full K=3") and 0 < bars[0].n <= bars[0].total == 100


@pytest.mark.classic
def test_rounds_are_shown_of_one_training_and_still_logged(spark):
    from spark_latent import _progress

    jvm = spark._jvm
    log4j, logger = jvm.org.apache.logging.log4j, jvm.org.slf4j.LoggerFactory.getLogger(_progress._LOGGER)
    settings = log4j.LogManager.getContext(False).getConfiguration()

    def thread():
        return str(jvm.java.lang.Thread.currentThread().getId())

    def other(text):  # a thread of Python has one of its own in Java
        with ThreadPoolExecutor(1) as pool:
            pool.submit(logger.info, text).result()

    def configured():
        return settings.getLoggers().get(_progress._LOGGER)

    def level(name, value):
        log4j.core.config.Configurator.setLevel(name, value)

    root = settings.getRootLogger().getAppenders().size()
    try:
        level("io.github.sparklatent", log4j.Level.WARN)
        with _progress._logged(jvm, thread()) as first:
            with _progress._logged(jvm, "0") as second:
                logger.info("round 1")
                other("round 2")
                assert (first(), first(), second()) == (["round 1"], [], [])
            logger.info("round 3")
            assert first() == ["round 3"] and not configured().isAdditive()  # the driver does not log rounds
        assert configured() is None
        level("io.github.sparklatent", log4j.Level.INFO)
        with _progress._logged(jvm, thread()) as lines:
            assert configured() is None
            logger.info("round 4")
            assert lines() == ["round 4"]
        level(_progress._LOGGER, log4j.Level.WARN)  # the operator's own
        with _progress._logged(jvm, thread()) as lines:
            logger.info("round 5")
            assert lines() == [] and configured().isAdditive()
        assert configured().getAppenders().isEmpty()
    finally:
        settings.removeLogger(_progress._LOGGER)
        settings.removeLogger("io.github.sparklatent")
        log4j.LogManager.getContext(False).updateLoggers()
    assert settings.getRootLogger().getAppenders().size() == root


def tqdm_bar(**options):
    import tqdm

    return tqdm.tqdm(**options)
