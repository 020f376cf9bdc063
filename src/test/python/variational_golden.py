#!/usr/bin/python3
"""Golden values for the tests of variational Bayes, from scikit-learn.

Run from the project's root with Debian's python3-sklearn; a few seconds:

    /usr/bin/python3 src/test/python/variational_golden.py

scikit-learn's BayesianGaussianMixture runs exactly 5 and 1000 rounds for every covariance type and both priors
of the weights, on iris and wine with five components. The start is an M-step on clusters: each row belongs to the
nearest of the means that three steps of Lloyd's k-means find. The results go to
src/test/resources/golden/variational-NAME.txt.gz.

scikit-learn leaves the constants of the prior out of its bound; "bound" has them, divided by the number of rows.
Its prior covariance is given, because its default divides by n - 1.
"""
import gzip
import io
import warnings

import numpy
from mixture_golden import RESOURCES, TYPES, start_of, write
from scipy.special import betaln, gammaln
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import BayesianGaussianMixture

ROUNDS = (5, 1000)
COMPONENTS = 5
REGULARIZATION = 0  # with another, scikit-learn's bound is that of rows with more variance
PRIORS = {"dirichlet": "dirichlet_distribution", "dirichlet-process": "dirichlet_process"}  # our name: theirs


class FromClusters(BayesianGaussianMixture):
    """Starts from given clusters."""

    def _initialize_parameters(self, rows, random_state):
        self._initialize(rows, numpy.eye(self.n_components)[self.clusters])


def fit(rows, clusters, covariance_type, weights, rounds):
    """Exactly so many rounds; returns the model and its bound with all constants, per row."""
    count, width = rows.shape
    whole = numpy.cov(rows.T, bias=True) + REGULARIZATION * numpy.eye(width)
    prior = {"full": whole, "tied": whole, "diagonal": numpy.diag(whole),
             "spherical": numpy.diag(whole).mean()}[covariance_type]
    model = FromClusters(n_components=COMPONENTS, covariance_type=TYPES[covariance_type], tol=0, reg_covar=REGULARIZATION,
                         max_iter=rounds, weight_concentration_prior_type=PRIORS[weights], covariance_prior=prior)
    model.clusters = clusters
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(rows)
    assert model.n_iter_ == rounds
    alpha, freedom = 1 / COMPONENTS, width
    log_determinant = {"full": lambda: numpy.linalg.slogdet(whole)[1], "tied": lambda: numpy.linalg.slogdet(whole)[1],
                       "diagonal": lambda: numpy.log(prior).sum(),
                       "spherical": lambda: width * numpy.log(prior)}[covariance_type]()
    log_wishart = freedom / 2 * log_determinant - freedom * width / 2 * numpy.log(2) \
        - gammaln((freedom - numpy.arange(width)) / 2).sum()
    log_weights = gammaln(COMPONENTS * alpha) - COMPONENTS * gammaln(alpha) if weights == "dirichlet" \
        else -COMPONENTS * betaln(1, alpha)
    bound = model.lower_bound_ + log_weights + COMPONENTS * log_wishart - count * width / 2 * numpy.log(2 * numpy.pi)
    return model, bound / count


def main():
    for name in ("iris", "wine"):
        rows = numpy.loadtxt(f"{RESOURCES}/data/{name}.csv", delimiter=",", skiprows=1)[:, :-1]
        means = start_of(rows, COMPONENTS, REGULARIZATION)[1]
        clusters = ((rows[:, None, :] - means) ** 2).sum(axis=2).argmin(axis=1)
        with open(f"{RESOURCES}/golden/variational-{name}.txt.gz", "wb") as target, \
                gzip.GzipFile(fileobj=target, mode="wb", mtime=0, filename="") as packed, \
                io.TextIOWrapper(packed, encoding="ascii", newline="\n") as file:
            file.write(f"# Variational Bayes of {name}; by src/test/python/variational_golden.py.\n")
            write(file, "regularization", REGULARIZATION)
            write(file, "start/means", means)
            for weights in PRIORS:
                for covariance_type in TYPES:
                    for rounds in ROUNDS:
                        model, bound = fit(rows, clusters, covariance_type, weights, rounds)
                        prefix = f"{weights}/{covariance_type}/{rounds}/"
                        write(file, prefix + "weights", model.weights_)
                        write(file, prefix + "means", model.means_)
                        write(file, prefix + "covariances", model.covariances_,
                              lower=covariance_type in ("full", "tied"))
                        write(file, prefix + "bound", bound)


if __name__ == "__main__":
    main()
