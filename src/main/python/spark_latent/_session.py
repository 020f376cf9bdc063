"""Spark sessions with the job jar, and the check that a session has it."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib import resources
from typing import TYPE_CHECKING, Any

from spark_latent._errors import LatentError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: A class of the job jar.
_CLASS = "io.github.sparklatent.ml.mixture.GaussianMixture"


def jar() -> str:
    """Returns the path of the job jar in this package.

    A Spark Connect server needs it at its start: ``start-connect-server.sh --jars $(python -m spark_latent jar)``. A
    cluster gets it by ``spark.jars``, which :py:func:`session` sets.
    """
    path = os.environ.get("SPARK_LATENT_JAR") or _packed("spark-latent-job.jar")
    if not os.path.isfile(path):
        raise LatentError(
            f"there is no job jar at {path}; install the wheel, or set SPARK_LATENT_JAR to the jar"
            " target/spark-latent-VERSION-job.jar of a build"
        )
    return path


def _packed(name: str) -> str:
    """Returns the path of a file that the build has put beside the sources."""
    return str(resources.files("spark_latent") / "jars" / name)


def logs() -> str | None:
    """Returns the path of the settings of the logs in this package; None in a source tree."""
    path = _packed("log4j2.properties")
    return path if os.path.isfile(path) else None


def session(builder: Any = None) -> SparkSession:
    """Returns a Spark session whose JVM has the job jar.

    Parameters
    ----------
    builder : SparkSession.Builder, optional
        Builder of the session, ``SparkSession.builder.master("yarn")``. Default: this machine on all cores, or the
        session that is active if its JVM has the jar.
    """
    from pyspark.sql import SparkSession

    if builder is None:
        active = SparkSession.getActiveSession()
        if active is not None:
            require_jar()
            return active
        builder = SparkSession.builder.appName("spark-latent")
        if "SPARK_REMOTE" in os.environ:
            return builder.getOrCreate()
        builder = (
            builder.master(os.environ.get("MASTER", "local[*]"))
            .config("spark.driver.memory", os.environ.get("SPARK_DRIVER_MEMORY", "4g"))
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.task.maxDirectResultSize", "64m")
            .config("spark.broadcast.compress", "false")
        )
        os.environ.setdefault("LATENT_LOG_LEVEL", "warn")
        settings = logs()
        if settings is not None:
            builder = builder.config("spark.driver.defaultJavaOptions", f"-Dlog4j2.configurationFile={settings}")
    options = getattr(builder, "_options", {})
    if "spark.remote" in options:
        return builder.getOrCreate()
    jars = [options["spark.jars"]] if options.get("spark.jars") else []
    builder = builder.config("spark.jars", ",".join([*jars, jar()]))
    try:
        started = builder.getOrCreate()
    except Exception as error:
        if "JAVA_GATEWAY_EXITED" not in str(error) and not isinstance(error, FileNotFoundError):
            raise
        raise LatentError(f"Spark's Java did not start: {_java()}; PySpark needs Java 17 or 21") from error
    require_jar()
    return started


def _java() -> str:
    """Says which Java PySpark starts."""
    home = os.environ.get("JAVA_HOME")
    program = os.path.join(home, "bin", "java") if home else shutil.which("java")
    if program is None or not os.path.isfile(program):
        return (
            f"there is no Java at JAVA_HOME={home}"
            if home
            else "no Java was found on the PATH and JAVA_HOME is not set"
        )
    shown = subprocess.run([program, "-version"], capture_output=True, text=True).stderr.splitlines()
    return f"{program} is {shown[0] if shown else 'silent'}"


def is_remote() -> bool:
    """Returns whether the session is one of Spark Connect."""
    from pyspark.sql.utils import is_remote

    return is_remote()


def require_jar() -> None:
    """Requires that the JVM of the session has the job jar; over Spark Connect the server says so itself."""
    if is_remote():
        return
    from pyspark import SparkContext

    context = SparkContext._active_spark_context
    if context is None:
        raise LatentError("there is no Spark session; start one with spark_latent.session()")
    loader = context._jvm.java.lang.Thread.currentThread().getContextClassLoader()  # type: ignore[union-attr]
    try:
        context._jvm.java.lang.Class.forName(_CLASS, False, loader)  # type: ignore[union-attr]
    except Exception:
        raise LatentError(
            "the JVM of this Spark session does not have the jar of spark-latent; start the session with"
            " spark_latent.session(), which takes a builder, too, or give Spark the jar at its start:"
            f" spark.jars={jar()}. A jar that is added later has another class loader."
        ) from None
