"""scikit-learn's models beside Gaussian mixtures, on the rows of a benchmark: peers of jobs/bench race.

    python3 models.py                    prints the versions
    python3 models.py FOLDER KIND SIZE   reads the rows, then fits for each number of iterations on standard input

KIND is bayes (SIZE components; an iteration is a round), ppca or factor-analysis (SIZE latent variables; an
iteration is a fit to the default tolerance).
Each answer is a line of JSON on standard output.
"""

import sys
import time
import warnings

from mixture import ConvergenceWarning, answer, read, threadpool_limits, versions
from sklearn.decomposition import PCA, FactorAnalysis
from sklearn.mixture import BayesianGaussianMixture


def model(kind, size, iterations):
    if kind == "bayes":
        return BayesianGaussianMixture(
            n_components=size, max_iter=iterations, tol=0, init_params="random_from_data", random_state=1
        )
    if kind == "factor-analysis":
        return FactorAnalysis(n_components=size)
    # By itself PCA chooses a randomised method for many rows, which does not reach the likelihood of the exact one.
    return PCA(n_components=size, svd_solver="full")


def fit(rows, kind, size, iterations, threads):
    repetitions = 1 if kind == "bayes" else iterations
    with warnings.catch_warnings(), threadpool_limits(threads):
        warnings.simplefilter("ignore", ConvergenceWarning)
        began = time.perf_counter()
        for _ in range(repetitions):
            fitted = model(kind, size, iterations)
            fitted.fit(rows)
        seconds = time.perf_counter() - began
        objective = fitted.lower_bound_ if kind == "bayes" else fitted.score(rows)
    return {"seconds": seconds, "rounds": iterations, "meanLogLikelihood": objective}


def main():
    if len(sys.argv) == 1:
        answer(description=versions())
        return
    folder, kind, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
    rows, _ = read(folder)
    seconds = {threads: fit(rows, kind, size, 1, threads)["seconds"] for threads in (1, 2)}
    threads = min(seconds, key=seconds.get)
    answer(description=f"{threads} BLAS threads")
    for line in sys.stdin:
        answer(**fit(rows, kind, size, int(line), threads))


main()
