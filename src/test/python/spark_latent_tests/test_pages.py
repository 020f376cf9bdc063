"""The lines of Python in the pages run as they are; only paths are made absolute."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT

import spark_latent as sl

SITE = ROOT / "src" / "site" / "markdown"
CODE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = [ROOT / "README.md", *sorted(SITE.rglob("*.md"))]
BLOCKS = {page: CODE.findall(page.read_text(encoding="utf-8")) for page in PAGES}


@pytest.fixture(scope="module")
def df(spark):
    table = str(Path(ROOT) / "conf" / "data" / "adult.csv.gz")
    rows = spark.read.csv(table, header=True, inferSchema=True)
    return rows.select("age", "workclass", "education_num", "sex", "hours_per_week").limit(80).cache()


def test_each_page_by_task_has_lines_of_python():
    without = {page.stem for page, blocks in BLOCKS.items() if page.parent.name == "guide" and not blocks}
    assert without == {"cluster", "job", "nightly"}


@pytest.mark.classic
@pytest.mark.parametrize("page", [page for page, blocks in BLOCKS.items() if blocks], ids=lambda page: page.stem)
def test_the_lines_of_a_page_run(page, spark, df, tmp_path):
    names = {}
    for block in BLOCKS[page]:
        if page.stem != "README" or not names:  # its blocks are one program
            names |= {"sl": sl, "spark": spark, "df": df}
        code = block.replace('"conf/data/', f'"{ROOT}/conf/data/').replace('"models/', f'"{tmp_path}/models/')
        exec(compile(code, page.name, "exec"), names)
