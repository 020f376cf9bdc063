"""The command ``spark-latent``: the commands of a job on PySpark's own Spark.

``spark-latent train table.csv --preset anomalies -- --master spark://host:7077``
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys

from spark_latent._errors import LatentError
from spark_latent._session import SETTINGS, jar, logs

_APPLICATION = "io.github.sparklatent.app.Latent"


def command(arguments: list[str]) -> list[str]:
    """Returns the command line of spark-submit for a command of the job. What follows ``--`` are its options."""
    import pyspark

    submit = os.path.join(os.environ.get("SPARK_HOME") or os.path.dirname(pyspark.__file__), "bin", "spark-submit")
    if not os.path.isfile(submit):
        raise LatentError(f"there is no {submit}; set SPARK_HOME to a Spark installation, or unset it")
    options: list[str] = []
    if "--" in arguments:
        split = arguments.index("--")
        arguments, options = arguments[:split], arguments[split + 1 :]
    if {"-h", "--help", "-V", "--version"} & set(arguments):  # Spark is not started
        libraries = os.path.join(os.path.dirname(os.path.dirname(submit)), "jars", "*")
        return [_java(), "-XX:TieredStopAtLevel=1", "-cp", jar() + os.pathsep + libraries, _APPLICATION, *arguments]
    line = [submit, "--conf", "spark.ui.showConsoleProgress=false"]
    is_local = not any(option.rpartition("=")[2] == "cluster" for option in options)
    if is_local and logs() is not None:
        line += ["--conf", f"spark.driver.defaultJavaOptions=-Dlog4j2.configurationFile={logs()}"]
    if "SPARK_CONF_DIR" not in os.environ and "SPARK_HOME" not in os.environ:
        for name, value in SETTINGS.items():
            line += ["--conf", f"{name}={value}"]
    return [*line, *options, "--class", _APPLICATION, jar(), *arguments]


def _mlflow(arguments: list[str]) -> int:
    """Runs a command in this process. What follows ``--`` are options of Spark."""
    if "--" in arguments:
        split = arguments.index("--")
        os.environ["PYSPARK_SUBMIT_ARGS"] = shlex.join([*arguments[split + 1 :], "pyspark-shell"])
        arguments = arguments[:split]
    from spark_latent.mlflow import main

    return main(arguments)


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    java = os.path.join(home, "bin", "java") if home else shutil.which("java")
    if not java or not os.path.isfile(java):
        raise LatentError("no Java found: install a JDK 17, or set JAVA_HOME to one")
    return java


def _mistake(sentence: str) -> int:
    print(f"spark-latent: {sentence}", file=sys.stderr)
    return 2


def main() -> None:
    arguments = sys.argv[1:]
    try:
        if arguments == ["jar"]:
            print(jar())
            return
        if arguments[:1] == ["mlflow"]:
            sys.exit(_mlflow(arguments[1:]))
        line = command(arguments or ["--help"])
    except LatentError as error:
        sys.exit(_mistake(str(error)))
    except ImportError as error:
        extras = "mlflow,spark" if arguments[:1] == ["mlflow"] else "spark"
        sys.exit(_mistake(f"{error}; install the extra: pip install 'PATH-OF-THE-WHEEL[{extras}]'"))
    os.environ.setdefault("LATENT_COMMAND", "spark-latent")
    os.execv(line[0], line)


if __name__ == "__main__":
    main()
