"""Latent-variable models on Apache Spark: mixtures, probabilistic PCA, autoencoders and adversarial networks.

>>> import spark_latent as sl
>>> spark = sl.session()
>>> df = spark.read.csv("table.csv", header=True, inferSchema=True)
>>> sl.AnomalyDetector().fit(df).top(10)
"""

from typing import TYPE_CHECKING

try:
    from spark_latent._api import *  # noqa: F403
    from spark_latent._api import __all__ as _others
    from spark_latent._api import __version__  # noqa: F401
    from spark_latent.families import *  # noqa: F403
    from spark_latent.families import __all__ as _families

    __all__ = [*_others, *_families]
except ModuleNotFoundError as error:  # spark_latent.serve works without PySpark
    if error.name is None or error.name.split(".")[0] != "pyspark":
        raise

    if not TYPE_CHECKING:  # else every name would have the type of the result

        def __getattr__(name: str) -> object:
            raise AttributeError(f"spark_latent.{name} is not there without PySpark: pip install 'pyspark>=4.1,<4.4'")
