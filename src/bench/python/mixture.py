"""scikit-learn's GaussianMixture on the rows of a benchmark: the peer of jobs/bench race.

    python3 mixture.py              prints the versions
    python3 mixture.py FOLDER       reads the rows, then fits once for each number of rounds on standard input

The folder has rows/*.f64 and start.json. Each answer is a line of JSON on standard output.
"""

import glob
import json
import os
import sys
import time
import warnings

import numpy
import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture
from threadpoolctl import threadpool_info, threadpool_limits


def answer(**values):
    print(json.dumps(values), flush=True)


def versions():
    numpy.ones((2, 2)) @ numpy.ones((2, 2))
    blas = [library for library in threadpool_info() if library["user_api"] == "blas"]
    kernels = sorted(f"{b['internal_api']} {b['version']} ({b['architecture']})" for b in blas)  # NumPy's and SciPy's
    return f"scikit-learn {sklearn.__version__}, NumPy {numpy.__version__}, {', '.join(kernels) or 'no known BLAS'}"


def read(folder):
    """Reads the rows, n x d, float64, and the initial parameters."""
    with open(os.path.join(folder, "start.json"), encoding="utf-8") as file:
        start = json.load(file)
    means = numpy.array(start["means"])
    parts = sorted(glob.glob(os.path.join(folder, "rows", "*.f64")))
    rows = numpy.concatenate([numpy.fromfile(part, dtype="<f8") for part in parts]).reshape(-1, means.shape[1])
    k, d = means.shape
    precision = 1 / start["variance"]
    parameters = {
        "n_components": k,
        "weights_init": numpy.full(k, 1 / k),
        "means_init": means,
        "init_params": "random_from_data",  # the cheapest; its result is replaced by weights, means and precisions
    }
    precisions = {
        "full": ("full", numpy.tile(precision * numpy.eye(d), (k, 1, 1))),
        "tied": ("tied", precision * numpy.eye(d)),
        "diagonal": ("diag", numpy.full((k, d), precision)),
        "spherical": ("spherical", numpy.full(k, precision)),
    }
    parameters["covariance_type"], parameters["precisions_init"] = precisions[start["covariance"]]
    return rows, parameters


def fit(rows, parameters, rounds, threads):
    mixture = GaussianMixture(max_iter=rounds, tol=0, random_state=1, **parameters)
    with warnings.catch_warnings(), threadpool_limits(threads):
        warnings.simplefilter("ignore", ConvergenceWarning)
        began = time.perf_counter()
        mixture.fit(rows)
        seconds = time.perf_counter() - began
    return {"seconds": seconds, "rounds": mixture.n_iter_, "meanLogLikelihood": mixture.lower_bound_}


def fastest(rows, parameters):
    """Returns the number of threads with which these rows take the least time."""
    candidates = {1, len(os.sched_getaffinity(0))}
    fit(rows, parameters, 1, 1)
    return min(candidates, key=lambda threads: fit(rows, parameters, 2, threads)["seconds"])


def main():
    if len(sys.argv) == 1:
        answer(description=versions())
        return
    rows, parameters = read(sys.argv[1])
    threads = fastest(rows, parameters)
    answer(description=f"{threads} BLAS threads")
    for line in sys.stdin:
        answer(**fit(rows, parameters, int(line), threads))


if __name__ == "__main__":
    main()
