"""Rows that a synthesizer of SDV draws, with its defaults: `sdv_rows.py SYNTHESIZER TABLE.csv CATEGORIES OUT.parquet`.

CATEGORIES are the columns of categories, separated by commas. Prints the seconds of the fit and of drawing, and
the version of SDV, as JSON.
"""

import json
import sys
import time
import warnings

import pandas
import sdv
from sdv import single_table
from sdv.metadata import Metadata

warnings.filterwarnings("ignore")


def main():
    name, path, categories, out = sys.argv[1:]
    table = pandas.read_csv(path)
    kinds = {c: {"sdtype": "categorical" if c in categories.split(",") else "numerical"} for c in table}
    metadata = Metadata.load_from_dict({"tables": {"table": {"columns": kinds}}, "relationships": []})
    start = time.perf_counter()
    synthesizer = getattr(single_table, name)(metadata)
    synthesizer.fit({"table": table})
    fitted = time.perf_counter()
    rows = synthesizer.sample(len(table))["table"]
    drawn = time.perf_counter()
    rows.to_parquet(out)
    print(json.dumps({"fit": fitted - start, "draw": drawn - fitted, "version": sdv.__version__}))


main()
