"""The sample tables of the wheel."""

from __future__ import annotations

import gzip

import pytest
from conftest import ROOT

import spark_latent as sl


@pytest.mark.both
def test_the_sample_tables(spark):
    found = {name: getattr(sl.datasets, name)(spark) for name in sl.datasets.__all__}
    rows = {name: (table.count(), len(table.columns)) for name, table in found.items()}
    assert rows == {"adult": (5000, 14), "credit": (5000, 25), "digits": (1797, 65), "shoppers": (12330, 18)}
    types = dict(found["shoppers"].dtypes)
    assert (types["ProductRelated"], types["ExitRates"]) == ("int", "double")
    assert (types["VisitorType"], types["Weekend"]) == ("string", "boolean")
    assert {kind for _, kind in found["digits"].dtypes} == {"int"}
    durations = [name for name in types if name.endswith("_Duration")]
    assert found["shoppers"].where(" or ".join(f"{name} is null" for name in durations)).count() == 47
    assert found["adult"].where("workclass is null").count() == 331
    assert found["credit"].where("pay_1 = -1").count() > 0  # a status


@pytest.mark.both
def test_the_rows_are_those_of_the_files(spark):
    with gzip.open(ROOT / "conf" / "data" / "digits.csv.gz", "rt") as file:
        lines = [line.strip() for line in file]
    table = sl.datasets.digits()
    assert [",".join(map(str, row)) for row in table.collect()] == lines
    assert table.columns[:2] == ["pixel0", "pixel1"] and table.columns[-1] == "label"
