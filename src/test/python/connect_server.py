"""A Spark Connect server of this machine whose JVM has the job jar, for the tests and the notebooks."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

from spark_latent import _session

#: As for sessions of this machine: much code runs, but little of it long.
JAVA_OPTIONS = " ".join(("-XX:+UseParallelGC", *_session._TIERS))


@contextmanager
def server(folder, log, settings):
    """Starts a server in a folder, with settings of Spark; gives its address, and ends the server in any case."""
    import pyspark

    import spark_latent as sl

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "spark.connect.grpc.binding.port": port,
        "spark.driver.extraJavaOptions": JAVA_OPTIONS,
        "spark.ui.enabled": "false",
        **settings,
    }
    process = subprocess.Popen(
        [
            os.fspath(Path(pyspark.__file__).parent / "bin" / "spark-submit"),
            *("--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "--jars", sl.jar()),
            *(part for name, value in settings.items() for part in ("--conf", f"{name}={value}")),
            "local:///dev/null",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        # Functions of streams run in this Python.
        env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable},
        text=True,
    )
    try:
        _wait(process)
        threading.Thread(target=_keep, args=(process.stdout, log), daemon=True).start()
        yield f"sc://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process):
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "Spark Connect server started" in line:
            return
    raise RuntimeError(f"the Spark Connect server ended with code {process.wait()}:\n{''.join(lines[-20:])}")


def _keep(output, file):
    """Writes what the server prints to a file, so that it never waits for a reader."""
    with open(file, "w") as log:
        log.writelines(output)
