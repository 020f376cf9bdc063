"""Counts the rows of folders NAME=VALUE with pandas and with DuckDB, which share no code: rows.py PATH ROWS WEBHDFS."""

import os
import sys
import tempfile

import duckdb
import fsspec
import pandas

path, expected, webhdfs = sys.argv[1:]
scheme, _, rest = path.partition("://")
if scheme == "s3a":
    key = "drill-drill-drill"
    endpoint = {"endpoint_url": "http://127.0.0.1:" + os.environ["DRILL_S3_PORT"], "region_name": "us-east-1"}
    place, options = "s3://" + rest, {"key": key, "secret": key, "client_kwargs": endpoint}
elif scheme == "hdfs":
    place, options = f"webhdfs://{webhdfs}/" + rest.split("/", 1)[1], {}
else:
    place, options = rest, {}
copy = place
if "://" in place:
    files, folder = fsspec.url_to_fs(place, **options)
    copy = tempfile.mkdtemp() + "/nights"  # DuckDB has no client of HDFS
    files.get(folder, copy, recursive=True)
drawn = duckdb.sql(f"select night, count(*) as n from read_parquet('{copy}/*/*.parquet', hive_partitioning = true) group by 1")
read = pandas.read_parquet(place, storage_options=options or None)
for name, table in {"pandas": read.groupby("night", observed=True).size(), "DuckDB": drawn.df().set_index("night")["n"]}.items():
    print(f"{name}: {table.to_dict()} at {path}", file=sys.stderr)
    if set(table) != {int(expected)}:
        sys.exit(f"{name} finds {set(table)} rows of a night, expected {expected}")
