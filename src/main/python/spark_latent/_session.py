"""Spark sessions with the job jar, and the check that a session has it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import warnings
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spark_latent._errors import LatentError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: A class of the job jar.
_CLASS = "io.github.sparklatent.ml.mixture.GaussianMixture"

#: Port of a Spark Connect server that PySpark starts; its client knows no other.
_PORT = 15002

#: Archives of classes in the cache of a user, of 180 MB each: one for each Java, PySpark and job jar.
_ARCHIVES = 3

#: Most code of a short fit runs a few times: here Java's second compiler waits for ten times as many calls as usual,
#: but for the kernels on vectors, which are slow until then.
_TIERS = (
    "-XX:Tier4InvocationThreshold=50000",
    "-XX:Tier4MinInvocationThreshold=6000",
    "-XX:Tier4CompileThreshold=150000",
    "-XX:Tier4BackEdgeThreshold=400000",
    "-XX:CompileCommand=quiet",
    "-XX:CompileCommand=CompileThresholdScaling,io/github/sparklatent/linalg/kernels/*.*,0.1",
)

_JAVA_OPTIONS = "spark.driver.defaultJavaOptions"

#: Settings of a Spark on one machine, unless the user has settings of their own.
SETTINGS = {
    "spark.driver.memory": "4g",
    "spark.task.maxDirectResultSize": "64m",
    "spark.broadcast.compress": "false",
    "spark.sql.codegen.hugeMethodLimit": "8000",  # HotSpot interprets longer methods
}


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
        Builder of the session, ``SparkSession.builder.master("yarn")``, or ``SparkSession.builder.remote("local[2]")``
        for a Spark Connect server of this machine on port 15002; there can be one at a time. Default: the session that
        is active or that another thread has started, else one of this machine on all cores.

    Raises
    ------
    LatentError
        If Java does not start, if the port of the server is in use, or if the JVM of the session does not have the jar.
        Over Spark Connect, the first ``fit`` says that the jar is missing.
    """
    from pyspark.errors import PySparkRuntimeError
    from pyspark.sql import SparkSession

    if builder is None:
        try:
            active = SparkSession.active()
        except PySparkRuntimeError:  # there is none
            pass
        else:
            require_jar()
            return active
        builder = SparkSession.builder.appName("spark-latent")
        if "SPARK_REMOTE" in os.environ:
            return _connected(builder)
        builder = builder.master(os.environ.get("MASTER", "local[*]"))
        for name, value in _defaults().items():
            builder = builder.config(name, value)
    options = getattr(builder, "_options", {})
    if "spark.remote" in options or "SPARK_REMOTE" in os.environ:
        return _connected(builder)
    started = _started(_with_jar(builder))
    require_jar()
    return started


def _started(builder: Any) -> SparkSession:
    try:
        return builder.getOrCreate()
    except Exception as error:
        if "JAVA_GATEWAY_EXITED" in str(error) or isinstance(error, FileNotFoundError):
            sentence = f"Spark's Java did not start: {_java()}; PySpark needs Java 17 or 21"
            if used := re.search('SharedArchiveFile=([^"]+)', getattr(builder, "_options", {}).get(_JAVA_OPTIONS, "")):
                # Java trusts an archive, and ends at one of which a part is missing.
                Path(used[1]).unlink(missing_ok=True)
                sentence += f". If it is one of these, start again: the archive of classes {used[1]} was removed"
            raise LatentError(sentence) from error
        if "SparkConnectService" in str(error) and "BindException" in str(error):
            raise LatentError(
                f"port {_PORT} of this machine is in use, so no Spark Connect server starts; end the program that uses"
                " it, which may be such a server, or start a session without Spark Connect"
            ) from error
        raise


def _defaults() -> dict[str, str]:
    """Returns the settings of a Spark of this machine, which the variables of the environment can change."""
    settings = {"spark.ui.showConsoleProgress": "false", **SETTINGS}
    if "SPARK_DRIVER_MEMORY" in os.environ:
        settings["spark.driver.memory"] = os.environ["SPARK_DRIVER_MEMORY"]
    os.environ.setdefault("LATENT_LOG_LEVEL", "error")  # warnings of a fit are those of Python
    options = [*_TIERS, *_archive()]
    if (file := logs()) is not None:
        options.append(f"-Dlog4j2.configurationFile={file}")
    settings[_JAVA_OPTIONS] = " ".join(f'"{option}"' for option in options)
    return settings


def _archive() -> list[str]:
    """Returns options of Java that start it from an archive of loaded classes, or that write one when it ends.

    The archive lies in the cache of the user. Java leaves one alone that does not fit or that it cannot read.
    """
    import pyspark

    java = _program()
    if java is None:
        return []
    parts = [os.path.realpath(java), os.path.dirname(pyspark.__file__), pyspark.__version__, jar()]
    parts += [str(os.stat(path).st_mtime_ns) for path in (parts[0], parts[-1])]
    # The class path begins with these; an archive of another one is of no use.
    parts += [os.environ.get(name, "") for name in ("SPARK_HOME", "SPARK_CONF_DIR", "HADOOP_CONF_DIR")]
    name = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
    quiet = ["-Xshare:auto", "-Xlog:cds=off", "-Xlog:cds+dynamic=off"]
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "spark-latent"
        folder.mkdir(parents=True, exist_ok=True)
        archive = folder / f"classes-{name}.jsa"
        if archive.exists():
            with archive.open("rb") as file:
                is_whole = any(file.read(4))  # else somebody has ended Java while it wrote
            if is_whole:
                with contextlib.suppress(OSError):  # of a cache that can only be read
                    archive.touch()
                return [f"-XX:SharedArchiveFile={archive}", *quiet]
        others = sorted(folder.glob("classes-*.jsa"), key=lambda path: path.stat().st_mtime)
        for path in others[: -_ARCHIVES + 1]:
            path.unlink(missing_ok=True)
    except (OSError, RuntimeError):  # no home, or none that can be written
        return []
    return [f"-XX:ArchiveClassesAtExit={archive}", *quiet]


def _with_jar(builder: Any) -> Any:
    given = getattr(builder, "_options", {}).get("spark.jars")
    return builder.config("spark.jars", ",".join([*([given] if given else []), jar()]))


def _connected(builder: Any) -> SparkSession:
    """Returns a session of Spark Connect. Remotes such as ``local[2]`` start the server, which then has the jar."""
    from pyspark.sql import SparkSession

    remote = getattr(builder, "_options", {}).get("spark.remote") or os.environ.get("SPARK_REMOTE", "")
    if not remote.startswith("local") or SparkSession.getActiveSession() is not None:
        return builder.getOrCreate()
    given = getattr(builder, "_options", {})
    settings = {name: value for name, value in _defaults().items() if name not in given}
    for name, value in settings.items():
        builder = builder.config(name, value)
    with warnings.catch_warnings():  # PySpark gives settings of the server to the client, too, which cannot have them
        for name in ("spark.jars", *settings):
            warnings.filterwarnings("ignore", f"Failed to set {re.escape(name)} ")
        return _started(_with_jar(builder))


def _program() -> str | None:
    """Returns the path of the Java that PySpark starts; None if there is none."""
    home = os.environ.get("JAVA_HOME")
    program = os.path.join(home, "bin", "java") if home else shutil.which("java")
    return program if program and os.path.isfile(program) else None


def _java() -> str:
    """Says which Java PySpark starts."""
    program = _program()
    if program is None:
        home = os.environ.get("JAVA_HOME")
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
    from py4j.protocol import Py4JJavaError
    from pyspark import SparkContext

    context = SparkContext._active_spark_context
    if context is None:
        raise LatentError("there is no Spark session; start one with spark_latent.session()")
    loader = context._jvm.java.lang.Thread.currentThread().getContextClassLoader()  # type: ignore[union-attr]
    try:
        context._jvm.java.lang.Class.forName(_CLASS, False, loader)  # type: ignore[union-attr]
    except Py4JJavaError:  # ClassNotFoundException
        raise LatentError(
            "the JVM of this Spark session does not have the jar of spark-latent; start the session with"
            " spark_latent.session(), which takes a builder, too, or give Spark the jar at its start:"
            f" spark.jars={jar()}. A jar that is added later has another class loader."
        ) from None
