"""The names of the package besides the families, which need PySpark."""

from spark_latent import datasets
from spark_latent._base import LatentEstimator, LatentModel
from spark_latent._errors import LatentError
from spark_latent._evaluators import AnomalyEvaluator, MixtureEvaluator
from spark_latent._grouped import GroupedMixture, GroupedMixtureModel
from spark_latent._load import load
from spark_latent._register import register as _register
from spark_latent._registry import Champion, registry
from spark_latent._session import jar, session
from spark_latent._show import Report, Table
from spark_latent._tasks import AnomalyDetector, Clusterer, Embedder, Imputer, Synthesizer

try:
    from spark_latent._version import __version__
except ImportError:  # the source tree, whose version the build writes
    __version__ = "0+source"

__all__ = [
    "AnomalyDetector",
    "AnomalyEvaluator",
    "Champion",
    "Clusterer",
    "Embedder",
    "GroupedMixture",
    "GroupedMixtureModel",
    "Imputer",
    "LatentError",
    "LatentEstimator",
    "LatentModel",
    "MixtureEvaluator",
    "Report",
    "Synthesizer",
    "Table",
    "__version__",
    "datasets",
    "jar",
    "load",
    "registry",
    "session",
]

_register()
