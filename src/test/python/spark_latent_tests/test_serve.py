"""Saved models give the numbers of the job without Spark."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest
import scorer_agreement

import spark_latent as sl

numpy = pytest.importorskip("numpy")
pandas = pytest.importorskip("pandas")

ROW = {"city": ["Bonn"], "height": [400.0], "weight": [50.0]}


def test_the_scores_are_those_of_spark(mixture, people, saved):
    from spark_latent.serve import Scorer

    scorer = mixture.copy()
    scorer.setAnomalyScoreCol("anomalyScore")
    columns = ["id", "city", "height", "weight", "prediction", "anomalyScore", "severity", "isAnomaly", "contributions"]
    expected = scorer.transform(people).select(*columns).orderBy("id").toPandas()
    found = Scorer(saved).predict(expected[["city", "height", "weight"]])
    for name in ("anomalyScore", "severity"):
        assert numpy.abs(found[name] - expected[name]).max() <= 1e-9 * numpy.abs(expected[name]).max(), name
    assert (found["prediction"] == expected["prediction"]).all()
    assert (found["isAnomaly"] == expected["isAnomaly"]).all()
    for job, own in zip(expected["contributions"], found["contributions"], strict=True):
        assert (job is None) == (own is None)
        for cell, other in zip([] if job is None else job, own or [], strict=True):
            assert cell["column"] == other["column"]
            assert cell["contribution"] == pytest.approx(other["contribution"], rel=1e-9)
            for name in ("expected", "low", "high"):
                same = other[name] if isinstance(other[name], str | None) else pytest.approx(other[name], rel=6e-5)
                assert (cell[name] if isinstance(other[name], str | None) else float(cell[name])) == same


@pytest.mark.classic  # the commands of the job run in the JVM of the session
@pytest.mark.parametrize("name", scorer_agreement.QUICK)
def test_the_scores_are_those_of_the_job(name, spark, tmp_path):
    result = scorer_agreement.run(name, scorer_agreement.Program(spark), tmp_path)
    assert scorer_agreement.is_as_the_job(result), result


def test_errors_that_repeat_are_anomalies(people, tmp_path):
    from spark_latent.serve import Scorer

    errors = people.selectExpr("city", "if(id % 60 = 0, height * 1000, height) as height", "weight")
    model = sl.Mixture(k=4, inputCols=["city", "height", "weight"], severityCol="severity", seed=1).fit(errors)
    model.save(str(tmp_path / "model"))
    expected = model.transform(errors).toPandas()
    found = Scorer(str(tmp_path / "model")).predict(expected[["city", "height", "weight"]])
    assert numpy.allclose(found["severity"], expected["severity"])
    assert (found["severity"][expected["height"] > 1000] == 100).all()


def test_values_of_any_types_are_read(saved):
    from spark_latent.serve import Scorer

    scorer = Scorer(saved)
    texts = scorer.predict(pandas.DataFrame({"city": [" Ulm "], "height": ["190.5"], "weight": [""]}))
    numbers = scorer.predict(pandas.DataFrame({"city": ["Ulm"], "height": [190.5], "weight": [numpy.nan]}))
    pandas.testing.assert_frame_equal(texts, numbers)
    with pytest.warns(UserWarning, match="Paris"):
        unknown = scorer.predict(pandas.DataFrame({"city": ["Paris"], "height": [190.5], "weight": [None]}))
    assert unknown["severity"].notna().all()
    empty = scorer.predict(pandas.DataFrame({"city": [None], "height": [None], "weight": [None]}))
    assert numpy.isnan(empty["severity"][0]) and not empty["isAnomaly"][0]


def test_dates_are_those_of_the_time_zone_of_the_model():
    from spark_latent.serve import _Column

    form = {"column": "at", "type": "timestamp", "writtenAs": '"timestamp"', "parts": [], "least": 0}
    form["zone"] = "Europe/Berlin"
    summer = pandas.DatetimeIndex(["2024-07-01 10:00:00+00:00"])
    known = [datetime(2024, 7, 1, 12, tzinfo=timezone(timedelta(hours=2))), None]
    numbers = _Column(form).numbers(known)[:, 0] % 1 * 24
    assert numbers[0] == pytest.approx(12, abs=1e-6) and numpy.isnan(numbers[1])
    for moment, hour in (
        (summer, 12),
        (summer.tz_localize(None), 10),
        (["2024-07-01 12:00:00"], 12),
        (["2024-07-01T12:00:00+02:00"], 10),  # as in a job
        (["9999-12-31T06:30:00.25Z"], 6.5 + 0.25 / 3600),
    ):
        assert _Column(form).numbers(pandas.Series(moment))[0, 0] % 1 * 24 == pytest.approx(hour, abs=1e-6)
    with pytest.warns(UserWarning, match=r"31\.12\.2024"):
        assert numpy.isnan(_Column(form).numbers(pandas.Series(["31.12.2024"]))[0, 0])


def test_dates_of_a_mixture_have_categories():
    from spark_latent.serve import _Column

    form = {"column": "at", "type": "timestamp", "writtenAs": '"timestamp"', "parts": ["YEAR", "WEEK", "DAY"]}
    column = _Column({**form, "code": True, "wholeDays": False, "least": 10957.375, "greatest": 18261.75})
    moments = ["2000-01-01 09:00:00", "2005-02-28 09:30:00", "2019-12-31 17:59:59", None]
    numbers = column.numbers(pandas.Series(moments))
    assert numbers[1, 1:].tolist() == [1, 0, 9] and numpy.isnan(numbers[3]).all()
    assert [column.value(row) for row in numbers] == moments
    assert column.value([0, numpy.nan, numpy.nan, numpy.nan]) == "2009-12-31 13:30:00"
    assert column.value([0, 6, 6, 4]) == "2009-07-26 04:30:00"  # a Sunday in July, near the end of it


def test_vectors(gaussians, points, tmp_path):
    from spark_latent.serve import Scorer

    gaussians.save(str(tmp_path / "model"))
    expected = gaussians.transform(points).select("features", "logDensity").toPandas()
    rows = pandas.DataFrame({"features": [vector.toArray() for vector in expected["features"]]})
    found = Scorer(tmp_path / "model").predict(rows, contributions=2)
    assert numpy.abs(found["logDensity"] - expected["logDensity"]).max() <= 1e-9 * expected["logDensity"].abs().max()
    assert len(found["contributions"][0]) == 2 and found["contributions"][0][0]["column"].startswith("features[")
    with pytest.raises(ValueError, match="features"):
        Scorer(tmp_path / "model").predict(pandas.DataFrame({"features": [[1.0], [1.0, 2.0]]}))


def test_a_network_in_an_onnx_file(network):
    pytest.importorskip("onnxruntime")
    from spark_latent.serve import Scorer

    found = Scorer(network).predict(pandas.DataFrame({"city": ["Bonn"], "height": [150.0]}))
    assert 0 <= found["severity"][0] <= 100 and "contributions" not in found


def test_rows_without_pandas(mixture, people, saved):
    from spark_latent.serve import Scorer

    scorer = Scorer(saved)
    table = people.select("city", "height", "weight")
    frame = scorer.predict(table.toPandas())
    rows = [row.asDict() for row in table.collect()]
    columns = {name: [row[name] for row in rows] for name in table.columns}
    for given in (rows, columns, {**columns, "height": numpy.array(columns["height"])}):
        found = scorer.predict(given)
        assert list(found) == list(frame.columns)
        for name in found:
            left, right = list(found[name]), list(frame[name])
            assert left == right or numpy.allclose(left, right, rtol=1e-12, equal_nan=True), name
    with pytest.raises(ValueError, match=r"the columns have \[1, 2\] values"):
        scorer.predict({**ROW, "city": ["Bonn", "Kiel"]})


def test_rows_of_other_forms(saved):
    from spark_latent.serve import Scorer

    scorer = Scorer(saved)
    row = {"city": "Bonn", "height": 150.0, "weight": None}
    one, many = scorer.predict(row), scorer.predict([row])
    assert list(one) == list(many) and one["severity"] == many["severity"] and len(one["severity"]) == 1
    assert scorer.predict(iter([row, row]))["severity"].tolist() == [one["severity"][0]] * 2
    twice = pandas.DataFrame([["Bonn", 1.0, 2.0, 3.0]], columns=["city", "height", "weight", "height"])
    for given, message in (
        ("Bonn", "rows is a str, expected a frame of pandas, a dictionary"),
        (None, "rows is a NoneType, expected"),
        (7, "rows is a int, expected"),
        (pandas.Series([1.0]), "rows is a Series, expected"),
        ([row, "Bonn"], "rows has a str at place 1, expected"),
        ({**row, "height": [1.0, 2.0]}, 'rows has one value for the column "city" and several for another'),
        (twice, 'the frame has several columns "height"'),
    ):
        with pytest.raises(ValueError, match=message):
            scorer.predict(given)
    for wrong in ("x", -1, 1.5):
        with pytest.raises(ValueError, match=f"contributions is {wrong!r}, expected a number of columns from 0"):
            scorer.predict([row], contributions=wrong)
    assert "contributions" not in scorer.predict([row], contributions=numpy.int64(0))


def test_what_is_no_model_is_named(saved, tmp_path, monkeypatch):
    from spark_latent.serve import Scorer

    (tmp_path / "rows.csv.gz").write_bytes(b"rows")
    with pytest.raises(ValueError, match="is no model: expected the directory of a saved model, or the ONNX"):
        Scorer(tmp_path / "rows.csv.gz")
    (tmp_path / "one" / "model").mkdir(parents=True)
    with pytest.raises(ValueError) as error:
        Scorer(tmp_path)
    assert str(error.value) == (
        f"there is no model at {tmp_path}: it has neither a directory metadata, as a saved model, nor a directory"
        f" model, as the result of a training; name one of the directories inside, such as {tmp_path}/one"
    )
    (tmp_path / "model.onnx").write_bytes(b"network")
    with pytest.raises(ValueError, match="is no ONNX file that can be read, export it again"):
        pytest.importorskip("onnxruntime") and Scorer(tmp_path / "model.onnx")
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(ImportError, match="networks need the extra onnx"):
        Scorer(tmp_path / "model.onnx")


def test_the_scorer_works_without_pyspark(saved):
    program = (
        "import sys; sys.modules['pyspark'] = sys.modules['pandas'] = None\n"
        "import spark_latent\n"
        "from spark_latent.serve import Scorer\n"
        "try: spark_latent.Mixture\n"
        "except AttributeError as error: assert 'without PySpark' in str(error)\n"
        f"print(*Scorer({saved!r}).predict([{{'city': 'Bonn', 'height': 150, 'weight': None}}]))\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    assert "severity" in ended.stdout


def test_mistakes_are_named(mixture, saved, network, tmp_path):
    from spark_latent.serve import Scorer

    with pytest.raises(ValueError, match="height"):
        Scorer(saved).predict(pandas.DataFrame({"city": ["Bonn"]}))
    with pytest.raises(ValueError, match="height has inf"):
        Scorer(saved).predict(pandas.DataFrame({**ROW, "height": [numpy.inf]}))
    with pytest.raises(ValueError, match="there is no model"):
        Scorer(tmp_path / "none")
    content = Path(saved, "content.cbor").read_bytes()
    damaged = tmp_path / "damaged"
    mixture.save(str(damaged))
    for wrong, message in ((b"", "damaged"), (content[: len(content) // 2], "damaged"), (b"\x82\x02\xf6", "format 2")):
        (damaged / "content.cbor").write_bytes(wrong)
        with pytest.raises(ValueError, match=message):
            Scorer(damaged)
    (damaged / "content.cbor").write_bytes(content)
    (damaged / "_CHECKSUMS").write_text(f"{'0' * 64}  content.cbor\n", encoding="utf-8")
    with pytest.raises(ValueError, match="does not have the checksum in _CHECKSUMS"):
        Scorer(damaged)
    files = {file: file.relative_to(damaged).as_posix() for file in damaged.rglob("*") if file.is_file()}
    lines = [f"{sha256(file.read_bytes()).hexdigest()}  {name}" for file, name in files.items()]
    (damaged / "_CHECKSUMS").write_text("\n".join(lines), encoding="utf-8")
    assert "severity" in Scorer(damaged).outputs
    (damaged / "columns.cbor").unlink()
    with pytest.raises(ValueError, match=r"damaged.*columns\.cbor"):
        Scorer(damaged)
    with pytest.raises(sl.LatentError, match="exists"):
        mixture.export(network)
    with pytest.raises(sl.LatentError, match="not a network"):
        mixture.export(str(tmp_path / "mixture.onnx"))
