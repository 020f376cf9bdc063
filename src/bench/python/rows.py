"""Counts the rows of folders NAME=VALUE with pandas and with DuckDB, which share no code: rows.py PATH ROWS."""

import os
import sys

import duckdb
import fsspec
import pandas

path, expected = sys.argv[1:]
place, options = path.removeprefix("file:"), {}
if path.startswith("s3a:"):
    key = "drill-drill-drill"
    endpoint = {"endpoint_url": "http://127.0.0.1:" + os.environ["DRILL_S3_PORT"], "region_name": "us-east-1"}
    place, options = path.replace("s3a:", "s3:"), {"key": key, "secret": key, "client_kwargs": endpoint}
    duckdb.register_filesystem(fsspec.filesystem("s3", **options))
drawn = duckdb.sql(f"select night, count(*) as n from read_parquet('{place}/*/*.parquet', hive_partitioning = true) group by 1")
read = pandas.read_parquet(place, storage_options=options or None)
for name, table in {"pandas": read.groupby("night", observed=True).size(), "DuckDB": drawn.df().set_index("night")["n"]}.items():
    print(f"{name}: {table.to_dict()} at {path}", file=sys.stderr)
    if set(table) != {int(expected)}:
        sys.exit(f"{name} finds {set(table)} rows of a night, expected {expected}")
