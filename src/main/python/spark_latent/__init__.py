"""Latent-variable models on Apache Spark: mixtures, probabilistic PCA, autoencoders and adversarial networks.

>>> import spark_latent as sl
>>> spark = sl.session()
>>> model = sl.Mixture(k="auto", inputCols="*").fit(spark.read.csv("table.csv", header=True))
"""

try:
    from spark_latent._api import *  # noqa: F403
    from spark_latent._api import __all__, __version__  # noqa: F401
except ModuleNotFoundError as error:  # spark_latent.serve works without PySpark
    if error.name is None or error.name.split(".")[0] != "pyspark":
        raise

    def __getattr__(name: str) -> object:
        raise AttributeError(f"spark_latent.{name} is not there without PySpark: pip install pyspark")
