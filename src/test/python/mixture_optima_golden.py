#!/usr/bin/python3
"""The best optima of Gaussian mixtures that many starts of scikit-learn find.

Run from the project's root with Debian's python3-sklearn; about four minutes:

    /usr/bin/python3 src/test/python/mixture_optima_golden.py

Each table is standardised: every column has mean 0 and variance 1. For every covariance type, scikit-learn's
GaussianMixture is fitted from 200 starts: 50 seeds of each of its four initialisations. The ten best fits are
continued until a round changes the mean log-likelihood by less than 1e-11. The greatest mean log-likelihood goes to
src/test/resources/golden/mixture-optima.csv, with the number of the 200 starts that came within 1e-3 of it.

scikit-learn's default regularisation of 1e-6 leaves the likelihood of full and diagonal covariances practically
without bound: components collapse onto rows with equal values, and each start that meets such rows ends at another
optimum. So the regularisation is 0.01 here, a hundredth of the variance of a column.
"""
import argparse
import os
import sys
import warnings

os.environ["OMP_NUM_THREADS"] = "1"  # the same sums in the same order on every machine
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy
from sklearn.mixture import GaussianMixture

TYPES = {"full": "full", "tied": "tied", "diagonal": "diag", "spherical": "spherical"}  # our name: theirs
INITIALIZATIONS = ("kmeans", "k-means++", "random", "random_from_data")
CASES = ("iris:2", "iris:3", "wine:2", "wine:3", "cancer:2", "vertebral:2", "vertebral:3", "glass:2", "glass:3")
RESOURCES = "src/test/resources"


def standardized(name):
    rows = numpy.loadtxt(f"{RESOURCES}/data/{name}.csv", delimiter=",", skiprows=1)[:, :-1]
    return (rows - rows.mean(axis=0)) / rows.std(axis=0)


def converged(model, rows):
    """The same fit, continued until it no longer changes."""
    return GaussianMixture(model.n_components, covariance_type=model.covariance_type, reg_covar=model.reg_covar,
                           tol=1e-11, max_iter=20000, weights_init=model.weights_, means_init=model.means_,
                           precisions_init=model.precisions_, init_params="random_from_data",
                           random_state=0).fit(rows)


def best(rows, components, covariance_type, regularization, seeds):
    """The greatest mean log-likelihood, and the number of starts that came within 1e-3 of it."""
    models = [GaussianMixture(components, covariance_type=TYPES[covariance_type], reg_covar=regularization, tol=1e-5,
                              max_iter=500, init_params=initialization, random_state=seed).fit(rows)
              for initialization in INITIALIZATIONS for seed in range(seeds)]
    scores = numpy.array([model.score(rows) for model in models])
    order = numpy.argsort(-scores)
    optimum = max(converged(models[i], rows).score(rows) for i in order[:10])
    return optimum, int((scores > optimum - 1e-3).sum())


def main():
    parser = argparse.ArgumentParser(description="Best optima of Gaussian mixtures from scikit-learn.")
    parser.add_argument("--regularization", type=float, default=0.01)
    parser.add_argument("--seeds", type=int, default=50, help="starts of each initialisation, default %(default)s")
    parser.add_argument("--output", default=f"{RESOURCES}/golden/mixture-optima.csv")
    parser.add_argument("cases", nargs="*", default=CASES, help="TABLE:COMPONENTS, default all")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    lines = ["table,components,covariance,regularization,starts,found,meanLogLikelihood"]
    for case in arguments.cases:
        name, components = case.split(":")
        rows = standardized(name)
        for covariance_type in TYPES:
            optimum, found = best(rows, int(components), covariance_type, arguments.regularization, arguments.seeds)
            starts = arguments.seeds * len(INITIALIZATIONS)
            lines.append(f"{name},{components},{covariance_type},{arguments.regularization},{starts},{found},"
                         f"{optimum:.8f}")
            print(lines[-1], file=sys.stderr, flush=True)
    with open(arguments.output, "w", encoding="ascii", newline="\n") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
