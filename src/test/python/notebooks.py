"""Executes the notebooks, two at a time, and compares their outputs with the committed ones or replaces them.

    notebooks.py --check|--write FOLDER

They share one Spark Connect server; one notebook has a Spark of its own in classic mode. Bits are the same in both.
FOLDER receives the executed notebooks and the log of the server.
"""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import connect_server
import notebook_outputs

from spark_latent._session import SETTINGS

NOTEBOOKS = Path(__file__).resolve().parents[3] / "notebooks"
CLASSIC = "anomalies"
LONGEST = "gallery"


def execute(notebook, folder, remote):
    """Returns what a notebook has printed if it failed, else None."""
    started = time.monotonic()
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    if notebook.stem != CLASSIC:
        environment["SPARK_REMOTE"] = remote
    command = ["-m", "jupyter", "execute", "--kernel_name=python3", "--timeout=300"]
    command.append(f"--output={folder / notebook.name}")
    ended = subprocess.run(
        [sys.executable, *command, notebook.name],
        cwd=NOTEBOOKS,  # its paths begin there
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    print(f"Executed notebooks/{notebook.name} in {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return ended.stdout if ended.returncode else None


def main(mode, folder):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server ends, too
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    notebooks = sorted(NOTEBOOKS.glob("*.ipynb"), key=lambda path: (path.stem != LONGEST, path.stem))
    settings = {"spark.master": "local[*]", **SETTINGS}
    with connect_server.server(NOTEBOOKS, folder / "server.log", settings) as remote, ThreadPoolExecutor(2) as pool:
        printed = list(pool.map(lambda notebook: execute(notebook, folder, remote), notebooks))
    code = 0
    for notebook, text in zip(notebooks, printed, strict=True):
        if text is not None:
            print(f"{text}\nnotebooks/{notebook.name} failed", file=sys.stderr)
            code = 1
        else:
            code |= notebook_outputs.main(mode, notebook, folder / notebook.name)
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
