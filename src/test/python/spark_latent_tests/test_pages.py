"""The lines of Python in the pages by task run as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT

import spark_latent as sl

GUIDE = ROOT / "src" / "site" / "markdown" / "guide"
PAGES = ["anomalies", "compress", "generate", "groups", "missing-values", "mixed-types", "model-per-group"]
CODE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def df(spark):
    table = str(Path(ROOT) / "conf" / "data" / "adult.csv.gz")
    rows = spark.read.csv(table, header=True, inferSchema=True)
    return rows.select("age", "workclass", "education_num", "sex", "hours_per_week").limit(80).cache()


@pytest.mark.parametrize("page", PAGES)
def test_the_lines_of_a_page_run(page, spark, mode, df):
    if mode == "connect":
        pytest.skip("the other tests compare both modes")
    blocks = CODE.findall((GUIDE / f"{page}.md").read_text(encoding="utf-8"))
    assert blocks, f"{page}.md has no lines of Python"
    for block in blocks:
        exec(compile(block, f"{page}.md", "exec"), {"sl": sl, "spark": spark, "df": df})
