"""The tasks, with the settings of their presets."""

from __future__ import annotations

import inspect
import json
import pydoc
import re
import textwrap

import numpy
import pytest

import spark_latent as sl
from spark_latent import families
from spark_latent.families import _presets


@pytest.fixture(scope="module")
def table(people):
    """People with a number that is a name, a key and a known class."""
    return people.selectExpr(
        "id", "city", "height", "weight", "10000 + 7 * (id % 3) as zip", "id = 5 as odd"
    ).cache()


def test_anomalies_are_found_and_explained(table):
    detector = sl.AnomalyDetector(
        columnTypes={"zip": "category"},
        idCol="id",
        labelCol="odd",
        alertRate=0.02,
        k=3,
        restarts=2,
    )
    model = detector.fit(table)
    assert isinstance(model, sl.MixtureModel)
    assert {"height", "zip", "city", "weight (column)"} == set(
        model.profiles.columns[2:]
    )
    assert all("(" in text for text in model.profiles["zip"])  # the share of a category
    first = model.top(1)
    assert first.columns[:3] == [
        "severity",
        "anomalyScore",
        "reasons",
    ]  # a wide table is cut on the right
    assert first[0]["id"] == 5 and first[0]["reasons"].startswith("height = 400")
    assert first == model.top(1, table)
    assert (
        6 <= model.transform(table).where("isAnomaly").count() <= 18
    )  # about 2% of 600
    found = model.evaluate(table)
    assert (
        found["auc"] == 1 == model.evaluate(table, labelCol="odd")["averagePrecision"]
    )
    budgets = found["budgets"]
    assert (
        budgets["alertRate"] == [0.001, 0.005, 0.01, 0.02, 0.05]
        and budgets["recall"][-1] == 1
    )
    assert budgets["threshold"] == sorted(budgets["threshold"], reverse=True)
    assert budgets["rows"][3] == model.transform(table).where("isAnomaly").count()
    assert budgets["precision"][3] == 1 / budgets["rows"][3]


def test_a_number_of_rows_or_costs_decide(table):
    twice = table.union(table)  # each score is there twice
    detector = sl.AnomalyDetector(idCol="id", labelCol="odd", k=3)
    model = detector.fit(table).setAlerts(4)
    with pytest.raises(
        sl.LatentError, match="rows are flagged one by one here: use top or evaluate"
    ):
        model.transform(table)
    assert len(model.top(dataset=twice)) == 4 and len(model.top(3)) == 3
    found = model.evaluate(twice, rates=[0.1, 0.02], costs={"missed": 3, "review": 1})
    budgets, costs = found["budgets"], found["costs"]
    assert (
        budgets["alerts"][0] == 4
        and budgets["rows"][0] == 4
        and budgets["alertRate"][1:] == [0.02, 0.1]
    )
    assert (
        model.setAlerts(3).evaluate(twice)["budgets"]["rows"][0] == 4
    )  # ties are flagged
    assert (
        costs["rows"] == 2 == costs["cost"]
        and costs["recall"] == costs["precision"] == 1
    )
    assert costs["costOfNone"] == 6 and costs["costOfAll"] == 1200
    assert costs["lower"] <= costs["threshold"] <= costs["upper"]
    with pytest.raises(
        sl.LatentError, match="threshold and alerts are set, expected at most one"
    ):
        model.setThreshold(costs["threshold"]).transform(table)
    model = detector.fit(table).setThreshold(
        costs["threshold"]
    )  # Spark Connect keeps each Param of a model
    flagged = model.transform(table).where("isAnomaly")
    assert [row["id"] for row in flagged.collect()] == [5]
    for wrong, message in [
        (
            {"rates": [0]},
            "rates has an element that is 0, must be a number > 0 and <= 1",
        ),
        (
            {"costs": {"missed": -1, "review": 1}},
            "costs is { missed = -1, review = 1 }, must have missed and review",
        ),
        (
            {"costs": {"mised": 1, "review": 1}},
            "costs is { mised = 1, review = 1 }, must have missed and review",
        ),
    ]:
        with pytest.raises(sl.LatentError, match=re.escape(message)):
            model.evaluate(table, **wrong)
    with pytest.raises(sl.LatentError, match="costs needs labelCol"):
        model.evaluate(table.drop("odd"), costs={"missed": 1, "review": 1})
    with pytest.raises(sl.LatentError, match="alertRate and alerts are set"):
        sl.AnomalyDetector(alertRate=0.1, alerts=4).fit(table)
    with pytest.raises(sl.LatentError, match="alerts is 0, must be an integer >= 1"):
        sl.AnomalyDetector(alerts=0).fit(table)


def test_numbers_are_evaluated(table):
    numbers = table.select("height", "weight", "odd")
    found = sl.AnomalyDetector(labelCol="odd").fit(numbers).evaluate(numbers)
    assert (
        found["auc"] > 0.9
        and "meanLogDensity" not in found
        and len(found["budgets"]) == 5
    )
    numbers = numbers.drop("odd")
    assert sl.AnomalyDetector(robust="none").estimator(numbers).getRobust() == "none"
    with pytest.raises(sl.LatentError, match="did you mean alertRate"):
        sl.AnomalyDetector(contamination=0.1).fit(numbers)
    with pytest.raises(sl.LatentError, match="Clusterer has no Param n_clusters; did you mean k"):
        sl.Clusterer(n_clusters=3)


def test_a_preset_suits_the_columns(table):
    detector = sl.AnomalyDetector(idCol="id", labelCol="odd")
    assert type(detector.estimator(table)) is sl.Mixture
    numbers = table.select("id", "height", "weight")
    robust = detector.estimator(numbers)
    assert (type(robust), robust.getRobust(), robust.getScale()) == (
        sl.GaussianMixture,
        "refit",
        "both",
    )
    several = sl.AnomalyDetector(idCol="id", k=3).estimator(numbers)
    assert (type(several), several.getK(), several.getNumbers()) == (
        sl.Mixture,
        3,
        "student-t",
    )
    assert type(sl.AnomalyDetector(k="auto").estimator(numbers)) is sl.GaussianMixture
    assert sl.AnomalyDetector(novelty=True).estimator(numbers).getNovelty()
    assert type(sl.AnomalyDetector(novelty=True).estimator(table)) is sl.Mixture
    assert (
        type(sl.AnomalyDetector(columnTypes={"id": "category"}).estimator(numbers))
        is sl.Mixture
    )
    assert type(sl.AnomalyDetector(inputCols="c*").estimator(table)) is sl.Mixture
    assert type(sl.AnomalyDetector(inputCols=["CITY"]).estimator(table)) is sl.Mixture
    assert type(sl.AnomalyDetector(idCol="ID").estimator(numbers)) is sl.GaussianMixture
    brackets = table.selectExpr("weight", "height as `x[1]`", "city as x1")
    assert (
        type(sl.AnomalyDetector(inputCols=["x[1]", "w*"]).estimator(brackets))
        is sl.GaussianMixture
    )
    assert sl.Clusterer().estimator(table).getK() == [*range(1, 9)]
    assert sl.Clusterer(k=[2, 3]).estimator(table).getK() == [2, 3]
    assert sl.Synthesizer().estimator(table).getWithin() == "trees"
    embedder = sl.Embedder(latent=3).estimator(table)
    assert (type(embedder), embedder.getLatent(), embedder.getEncoder()) == (
        sl.VAE,
        3,
        [64, 64],
    )
    with pytest.raises(sl.LatentError, match="Clusterer has no Param clusters"):
        sl.Clusterer(clusters=3).fit(table)


@pytest.mark.classic
def test_the_presets_are_those_of_the_job(spark):
    empty = spark._jvm.java.util.OptionalInt.empty()
    shaded = spark._jvm.io.github.sparklatent.shaded.com.typesafe.config
    concise = shaded.ConfigRenderOptions.concise()
    for preset, tables in _presets.PRESETS.items():
        for kind, numbers in {
            "mixed": empty,
            "few": empty.of(1),
            "many": empty.of(_presets.MANY),
        }.items():
            name, settings = tables[kind]
            job = spark._jvm.io.github.sparklatent.app.config.Preset.of(
                preset, numbers
            ).settings()
            estimator = getattr(families, name)(**settings)
            left = {**settings}
            for key in estimator._java_obj.family().type().params():
                if job.hasPath(key.path()):
                    assert left.pop(key.param()) == json.loads(
                        job.getValue(key.path()).render(concise)
                    )
                elif key.param() in left:
                    assert left.pop(key.param()) == key.preset()
                else:
                    assert key.preset() == key.estimatorPreset(), key.path()
            added = (
                job.getStringList("score.columns")
                if job.hasPath("score.columns")
                else []
            )
            assert left == {f"{column}Col": column for column in added}
    assert _presets.PRESETS["anomalies"]["mixed"][1]["holdoutFraction"] == 0.1


def test_rows_are_synthesized(table, tmp_path):
    model = sl.Synthesizer(leafRows=5, idCol="id").fit(table)
    drawn = model.sample(20, seed=2, given={"city": "Kiel"})
    assert {row["city"] for row in drawn.collect()} == {"Kiel"}
    assert "id" not in drawn.columns
    some = model.sample(20, seed=2, where="height > 170 and city = 'Kiel'").collect()
    assert len(some) == 20 and all(
        row["height"] > 170 and row["city"] == "Kiel" for row in some
    )
    with pytest.raises(
        sl.LatentError, match=r"alertRate is 2\.0, must be a number > 0"
    ):
        sl.AnomalyDetector(alertRate=2).fit(table)
    with pytest.raises(
        sl.LatentError, match='where is "heigth > 1", expected a condition of Spark SQL'
    ):
        model.sample(20, where="heigth > 1")
    with pytest.raises(sl.LatentError, match=r"Spark says: .*PARSE_SYNTAX_ERROR"):
        model.sample(20, where="height >")
    with pytest.raises(
        sl.LatentError, match='where = "height > 999" holds for 0 of 100000 drawn rows'
    ):
        model.sample(20, where="height > 999").collect()
    model.save(str(tmp_path / "model"))
    with pytest.raises(ValueError, match="has trees, expected within = independent"):
        sl.serve.Scorer(str(tmp_path / "model"))
    with pytest.raises(sl.LatentError, match="gives none, as any with within = trees"):
        sl.Synthesizer(leafRows=5, imputedCol="whole").fit(table)


@pytest.mark.both
def test_the_columns_of_a_frame_stay_as_they_are(spark):
    pandas, arrow = pytest.importorskip("pandas"), pytest.importorskip("pyarrow")
    ids = [2**60 + i if i != 7 else None for i in range(60)]
    frame = pandas.DataFrame({"id": pandas.array(ids, "Int64"), 5: range(60), "x": [i * i for i in range(60)]})
    frame["x"] = frame["x"].astype("float32")
    frame["at"] = pandas.date_range("2020-01-01", periods=60, tz="Europe/Berlin").as_unit("us")
    frame["kind"] = pandas.Categorical(["a", "b", None] * 20)
    scored = sl.Clusterer(k=2, inputCols="x").fit(frame).predict(frame)
    pandas.testing.assert_frame_equal(scored[list(frame.columns)], frame)
    table = arrow.table({"id": ids, "features": [[float(i % 5), float(i % 7)] for i in range(60)]})
    scored = sl.Clusterer(k=1, inputCols="features").fit(table).score_samples(table)
    mixed = pandas.DataFrame({"features": [[1.0, 2.0], numpy.array([2.0, 1.0])] * 20})
    assert len(sl.Clusterer(k=1, inputCols="features").fit(mixed).predict(mixed)) == 40
    with pytest.raises(sl.LatentError, match='several columns "A"'):
        sl.Clusterer(k=1).fit(pandas.DataFrame({"A": [1, 2], "a": [2, 1]}))
    assert scored["id"].astype(object).where(scored["id"].notna(), None).tolist() == ids
    with pytest.raises(sl.LatentError, match=r'column "at" is of type period\[D\], which Spark cannot read'):
        sl.Clusterer(k=1).fit(frame.assign(at=pandas.period_range("2020-01-01", periods=60)))

    class Strict(sl.AnomalyDetector):
        def __init__(self):
            super().__init__(alertRate=0.001, k=1)

    assert Strict().fit(frame[["x", 5]]).getAlertRate() == 0.001


@pytest.mark.both
def test_missing_cells_are_filled_in(spark):
    rows = [
        (i, "north" if i % 2 else "south", 10.0 * (i % 2) + i % 5, i % 2 == 1)
        for i in range(400)
    ]
    rows += [
        (400, None, 12.0, True),
        (401, " ? ", 2.0, False),
        (402, "north", float("nan"), None),
        (403, "east", 1.0, False),
    ]
    table = spark.createDataFrame(
        rows, "id int, `town.name` string, size double, open boolean"
    )
    model = sl.Imputer(k=2, idCol="id").fit(table)
    filled = model.impute(table)
    assert filled.dtypes == table.dtypes
    cells = [tuple(row) for row in filled.orderBy("id").collect()]
    assert cells[:400] == rows[:400]
    assert cells[400][1:] == ("north", 12.0, True) and cells[401][1:] == (
        "south",
        2.0,
        False,
    )
    assert cells[402][2] == pytest.approx(12, abs=0.5) and cells[402][3] is True
    assert cells[403][1] == "east"  # a category that is rare, but not missing
    frame = model.impute(table.toPandas().set_index("id", drop=False))
    assert frame["size"].tolist() == [row[2] for row in cells] and list(
        frame.index
    ) == list(range(404))
    pairs = [([float(i), 2.0 * i + i % 3],) for i in range(100)] + [
        ([70.0, float("nan")],)
    ]
    arrays = spark.createDataFrame(pairs, "features array<double>")
    of_arrays = (
        sl.Imputer(k=1, inputCols="features").fit(arrays).impute(arrays).collect()
    )
    assert of_arrays[100][0][1] == pytest.approx(141, abs=4) and of_arrays[1][
        0
    ] == pytest.approx([1, 3])
    (*copies,) = model.impute(table, 3).orderBy("id", "imputation").collect()
    assert len(copies) == 1212 and [row["imputation"] for row in copies[:3]] == [1, 2, 3]
    assert [tuple(row)[:4] for row in copies[:1200:3]] == rows[:400]
    assert len({row["size"] for row in copies[1206:1209]}) == 3 and model.impute(table, 1).columns == table.columns
    known = [row[2] for row in rows[:400]]
    assert all(min(known) <= row["size"] <= max(known) for row in copies)
    frame = model.setImputations(2).impute(table.toPandas())
    assert frame["imputation"].tolist() == [1, 2] * 404 and not frame["size"].isna().any()
    assert sl.Imputer(imputations=2, k=2).fit(table).getImputations() == 2
    upper = table.toPandas().rename(columns={"size": "SIZE"})
    assert list(model.setImputations(1).impute(upper).columns) == list(upper.columns)
    assert not model.impute(upper)["SIZE"].isna().any()
    texts = table.selectExpr("id", "`town.name`", "if(id = 5, 'abc', string(size)) as size", "open")
    written = [row["size"] for row in model.impute(texts).orderBy("id").collect()]
    assert None not in written and written[4] == str(rows[4][2]) and 1 < float(written[5]) < 13
    with pytest.raises(sl.LatentError, match='has a column "imputation", which several imputations add: rename it'):
        model.impute(table.withColumn("imputation", table["open"]), 2)
    with pytest.raises(sl.LatentError, match="imputes no cells; fit an Imputer"):
        sl.Autoencoder(latent=1, inputCols="size", maxEpochs=1).fit(
            table.where("id < 400")
        ).impute(table)


def test_rows_are_encoded(people):
    pandas = pytest.importorskip("pandas")
    frame = (
        people.select("id", "height", "weight").toPandas().set_index("id", drop=False)
    )
    model = sl.Embedder(latent=1).fit(frame)
    assert isinstance(model, sl.ProbabilisticPcaModel)
    codes = model.encode(frame)
    assert isinstance(codes, pandas.DataFrame)
    assert list(codes.columns) == ["latent_0"] and list(codes.index) == list(
        frame.index
    )
    assert abs(codes["latent_0"].corr(frame["weight"])) > 0.3
    with_codes = model.encode(people)
    assert with_codes.columns == [*people.columns, "latent"]
    assert with_codes.first()["latent"][0] == pytest.approx(
        codes["latent_0"].iloc[0], abs=1e-9
    )


@pytest.mark.both
def test_metrics_of_other_rows(mixture, people):
    found = mixture.evaluate(people)
    assert {"meanAnomalyScore", "meanLogDensity"} == found.keys() - {"budgets"}
    assert found["meanLogDensity"] == pytest.approx(mixture.logLikelihood, abs=1e-9)


@pytest.mark.both
def test_drift(mixture, saved, people):
    moved = people.selectExpr(
        "id", "if(id = 8, null, city) as city", "height + 60 as height", "weight"
    )
    for model in mixture, sl.load(saved):
        assert not any(row["drifted"] for row in model.drift(people).collect())
        found = {row["column"]: row for row in model.drift(moved).collect()}
        assert [name for name, row in found.items() if row["drifted"]] == ["height"]
        assert found["height"]["psi"] > 0.2 > found["weight"]["psi"]
        assert 600 * found["city"]["missing"] == pytest.approx(
            600 * found["city"]["trainingMissing"] + 1
        )
    complete = people.where("city is not null and weight is not null")
    detector = sl.AnomalyDetector(idCol="id", seed=1).fit(
        complete
    )  # one missing cell of new rows is no error
    assert detector.transform(people).where("severity is not null").count() == 600
    assert {
        row["column"] for row in detector.drift(people).collect() if row["drifted"]
    } >= {"city", "weight"}


def test_metrics_of_rows_with_weights(people):
    rows = people.selectExpr("height", "if(id % 2 = 0, 1.0, 3.0) as w", "id = 5 as odd")
    model = sl.Mixture(
        k=2, inputCols="height", weightCol="w", labelCol="odd", seed=1
    ).fit(rows)
    found = model.evaluate(rows)
    assert (
        found["meanLogDensity"] == pytest.approx(model.logLikelihood, abs=1e-9)
        and found["auc"] == 1
    )
    repeated = (
        rows.union(rows.where("w = 3"))
        .union(rows.where("w = 3"))
        .selectExpr("height", "1.0 as w", "odd")
    )
    again = model.evaluate(repeated)
    assert again.pop("budgets") == found.pop("budgets") and again == pytest.approx(
        found
    )


def test_metrics_of_a_table_with_other_columns(people):
    rows = people.selectExpr(
        "height", "if(id % 2 = 0, 1.0, 3.0) as `a.w`", "struct(id = 5 as odd) as b"
    )
    model = sl.Mixture(
        k=2, inputCols="height", weightCol="a.w", labelCol="known", seed=1
    ).fit(rows.withColumn("known", rows.b.odd))
    found = model.evaluate(rows)
    assert (
        found["meanLogDensity"] == pytest.approx(model.logLikelihood, abs=1e-9)
        and "auc" not in found
    )
    assert model.evaluate(rows, labelCol="b.odd")["auc"] == 1
    with pytest.raises(
        sl.LatentError, match='labelCol is "known", but the table has no such column'
    ):
        model.evaluate(rows, labelCol="known")
    assert model.evaluate(people) == model.evaluate(
        rows.withColumn("a.w", rows.height * 0 + 1)
    )
    far = rows.union(rows.selectExpr("height + 1000", "0.0", "b"))
    again = model.evaluate(far)  # rows of weight 0
    assert again.pop("budgets") == found.pop("budgets") and again == pytest.approx(
        found
    )
    for weight, message in {
        "0.0": "no rows of positive weight",
        "-1.0": "not below 0",
        "null": "not below 0",
    }.items():
        with pytest.raises(sl.LatentError, match=message):
            model.evaluate(rows.selectExpr("height", f"double({weight}) as `a.w`"))


@pytest.mark.both
def test_labels_of_anomalies_are_0_or_1(people, capfd):
    rows = people.selectExpr(
        "height",
        "id",
        "int(id = 5) as odd",
        "if(id % 2 = 0, null, decimal(int(id = 5))) as some",
        "if(id % 2 = 0, double('nan'), double(id = 5)) as gaps",
        "date_add(date'2020-01-01', id) as day",
        "array(1) as list",
        "if(id = 9, 2.5D, 1D) as lab_9",
        "id % 3 as shop",
    )
    model = sl.Mixture(k=2, inputCols="height", labelCol="shop", seed=1).fit(rows)
    expected = ", expected 1 or true for anomalies, else 0 or false"
    for label, found in {
        "lab_9": "the value 2.5",
        "day": "values of the type date",
        "list": "values of the type array<int>",
    }.items():
        with pytest.raises(sl.LatentError) as error:
            model.evaluate(rows, labelCol=label)
        assert str(error.value) == f'labelCol "{label}" has {found}{expected}'
    with pytest.raises(sl.LatentError, match='labelCol "id" has the value '):
        model.evaluate(rows, labelCol="id")
    assert "auc" not in model.evaluate(rows)  # the label of the model is that of shops
    assert model.evaluate(rows, labelCol="odd")["auc"] == 1
    for label in ("some", "gaps"):  # of some rows it is not known
        found = model.evaluate(rows, labelCol=label)
        assert found["auc"] == 1 and found["budgets"]["recall"][-1] == 1
    capfd.readouterr()
    for label in ("lab", "b.odd", "lab.nine"):
        with pytest.raises(
            sl.LatentError,
            match=f'labelCol is "{label}", but the table has no such column',
        ):
            model.evaluate(rows, labelCol=label)
    assert capfd.readouterr().err == ""


def test_a_column_of_the_table_does_not_replace_the_reasons(people):
    rows = people.selectExpr("height", "concat('text of ', id) as reasons")
    model = sl.Mixture(k=1, inputCols="height", seed=1).fit(rows)
    row = model.top(1)[0]
    assert (
        row["reasons"].startswith("height = 400")
        and row["reasons (column)"] == "text of 5"
    )


def test_a_model_without_codes_does_not_encode(mixture, people):
    with pytest.raises(sl.LatentError, match="MixtureModel has no latent codes"):
        mixture.encode(people)


@pytest.mark.both
def test_a_loaded_model_needs_rows(saved):
    with pytest.raises(
        sl.LatentError, match="a loaded model does not have its training rows"
    ):
        sl.load(saved).top(3)


def test_short_names(spark):
    assert sl.VAE is sl.VariationalAutoencoder and sl.PPCA is sl.ProbabilisticPca
    assert sl.DLGM(latent=2).getLatent() == 2
    assert sl.DLGM.__name__ + "Model" == sl.DeepLatentGaussianModel.__name__


@pytest.mark.parametrize("name", ["AnomalyDetector", "Mixture"])
def test_help_begins_with_the_basic_settings(name):
    page = pydoc.plain(pydoc.render_doc(getattr(sl, name)))
    lines = [
        part for line in page.splitlines() for part in textwrap.wrap(line, 100) or [""]
    ]
    last = next(i for i, line in enumerate(lines) if "alertRate :" in line)
    assert "inputCols : " in "\n".join(lines[:15]) and last < 40


@pytest.mark.parametrize(
    ("task", "name"),
    [
        ("AnomalyDetector", "alertRate"),
        ("Clusterer", "k"),
        ("Imputer", "k"),
        ("Synthesizer", "leafRows"),
        ("Embedder", "latent"),
    ],
)
def test_editors_list_the_parameters_of_a_task(spark, task, name):
    parameters = inspect.signature(getattr(sl, task)).parameters
    assert {
        "inputCols",
        "columnTypes",
        "idCol",
        "labelCol",
        "weightCol",
        "seed",
        name,
    } <= parameters.keys()
    help_of = inspect.getdoc(getattr(sl, task))
    assert all(
        re.search(rf"^(\w+, )*{one}(, \w+)* : ", help_of, re.MULTILINE)
        for one in parameters
        if one != "params"
    )
    default = parameters[name].default
    if default is not None:  # None: it depends on the table
        for family, settings in _presets.PRESETS[getattr(sl, task)._preset].values():
            estimator = getattr(families, family)(**settings)
            assert getattr(estimator, f"get{name[0].upper()}{name[1:]}")() == (
                list(default) if isinstance(default, tuple) else default
            )


def test_docstrings_have_no_word_of_configurations():
    keys = re.compile(r"\b(?:model|data|train|score|sample|output)\.[a-z]+(?![a-z]*\()")
    types = ("mog-vae", "cluster-vae", "vae-gan", "factor-analysis", "vade", "dlgm")
    for name in families.__all__:
        cls = getattr(families, name)
        text = re.sub(r">>>.*", "", cls.__doc__) + " ".join(
            getattr(cls, declared).doc
            for declared in dir(cls)
            if hasattr(getattr(cls, declared), "typeConverter")
        )
        assert ">>> " in cls.__doc__
        assert not keys.findall(text), name
        assert not [
            word for word in types if re.search(rf"(?<![\w-]){word}(?![\w-])", text)
        ], name


EXAMPLES = [
    name
    for name in sl.__all__
    if inspect.isclass(cls := getattr(sl, name))
    and not issubclass(cls, sl.LatentModel)
    and name == cls.__name__
    and name not in ("Champion", "LatentError")
]


@pytest.mark.classic
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_of_a_class_runs(name, people, tmp_path):
    names = {
        "sl": sl,
        "df": people.where("city is not null and weight is not null").limit(200),
    }
    exec(example(getattr(sl, name), tmp_path), names)
    model = names.get("model")
    if isinstance(model, sl.LatentModel):  # its own example, and that of all models
        model.save(f"{tmp_path}/models/mine")
        for cls in (type(model), sl.LatentModel):
            exec(example(cls, tmp_path), names)


def example(cls, folder):
    lines = [
        line[4:] for line in inspect.getdoc(cls).splitlines() if line.startswith(">>> ")
    ]
    assert lines, f"{cls.__name__} has no example"
    program = re.sub('"(?=models/|report.html)', f'"{folder}/', "\n".join(lines))
    return compile(program, cls.__name__, "exec")
