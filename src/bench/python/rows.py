"""Counts the rows of folders NAME=VALUE with pandas and with fastparquet, which share no code: rows.py PATH ROWS WEBHDFS."""

import os
import sys

import fastparquet
import fsspec
import pandas

path, expected, webhdfs = sys.argv[1:]
scheme, _, rest = path.partition("://")
if scheme == "s3a":
    key = "drill-drill-drill"
    endpoint = {"endpoint_url": "http://127.0.0.1:" + os.environ["DRILL_S3_PORT"], "region_name": "us-east-1"}
    files, folder = fsspec.filesystem("s3", key=key, secret=key, client_kwargs=endpoint), rest
elif scheme == "hdfs":
    host, port = webhdfs.split(":")
    files, folder = fsspec.filesystem("webhdfs", host=host, port=int(port)), "/" + rest.split("/", 1)[1]
else:
    files, folder = fsspec.filesystem("file"), rest
for name, table in {
    "pandas": pandas.read_parquet(folder, filesystem=files),
    "fastparquet": fastparquet.ParquetFile(folder, fs=files).to_pandas(),
}.items():
    counts = set(table.groupby("night", observed=True).size())
    print(f"{name}: {len(table)} rows at {path}", file=sys.stderr)
    if counts != {int(expected)}:
        sys.exit(f"{name} finds {counts} rows of a night, expected {expected}")
