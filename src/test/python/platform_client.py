"""A client of Spark Connect on a machine without Spark: trains and scores on the cluster of the server.

    python platform_client.py sc://HOST:PORT

It runs with the wheel, pyspark-client and pandas only, and ends with an error if something is not as expected.
"""

import importlib.util
import sys

from pyspark.sql import SparkSession

import spark_latent as sl

assert importlib.util.find_spec("py4j") is None, "this Python has all of PySpark, expected pyspark-client"
spark = sl.session(SparkSession.builder.remote(sys.argv[1]))
columns = ["10 * (id % 3) + rand(1) as size", "cast(id % 3 as string) as shop", "if(id = 7, 99.0, rand(2)) as price"]
sales = spark.range(20_000).selectExpr("id", *columns)

model = sl.AnomalyDetector(idCol="id", k=3, numPartitions=2).fit(sales)
first = model.top(1)[0]
assert first["id"] == 7 and first["reasons"].startswith("price = 99"), first
assert len(model.profiles) == 3 and model.getK() == 3
further = sl.Mixture(k=3, numbers="student-t", idCol="id", numPartitions=2, initialModel=model).fit(sales)
gain = further.history["objective"].iloc[0] - model.history["objective"].iloc[-1]
assert abs(gain) < 0.1, gain  # it begins where the other has ended; a new training begins 2 nats below
print(first["reasons"], f"log-likelihood {further.logLikelihood:.4f}")
spark.stop()
