#!/usr/bin/python3
"""Golden values for the tests of the Gaussian mixture, from scikit-learn.

Run from the project's root with Debian's python3-sklearn; about three minutes:

    /usr/bin/python3 src/test/python/mixture_golden.py

From one start, written beside the results to the last bit, scikit-learn's GaussianMixture runs exactly
1, 5 and 50 rounds of EM for every covariance type, on three data sets: iris, wine and the digits.
The results go to src/test/resources/golden/mixture-NAME.txt.gz, one file per data set.

The start: three steps of Lloyd's k-means from K rows at equal distances, weights = shares of the clusters,
covariance = pooled within the clusters. It knows no class and leaves no component with few rows, so the
rounds after it are well conditioned. Two numbers per result prove that, and stand in the file:

  moved start     the largest change of the result when every number of the start moves by up to 1e-13 of itself
  extended        the largest difference to a naive EM in 80-bit arithmetic from the same start:
                  scikit-learn's own rounding error

A weight's change is measured against the weight, a mean's against the larger of |mean| and the deviation of its
column in its component, a covariance's against the two deviations: sqrt(S_ii S_jj) bounds |S_ij|.

The regularisation is scikit-learn's default of 1e-6, and 0.1 for the digits, which have constant pixels.
scikit-learn adds 10 eps to every component's size, 2e-15 in all; that stays under the numbers above.
"""
import argparse
import gzip
import io
import os
import platform
import warnings

os.environ["OMP_NUM_THREADS"] = "1"  # the same sums in the same order on every machine

import numpy
import scipy
import sklearn
from scipy import linalg
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

ROUNDS = (1, 5, 50)
TYPES = {"full": "full", "tied": "tied", "diagonal": "diag", "spherical": "spherical"}  # our name: theirs
RESOURCES = "src/test/resources"


def start_of(rows, components, regularization):
    """Shares, means and pooled covariance of the clusters after three steps of Lloyd's algorithm."""
    count, width = rows.shape
    means = rows[[int((k + 0.5) * count / components) for k in range(components)]]
    for step in range(4):
        cluster = ((rows[:, None, :] - means) ** 2).sum(axis=2).argmin(axis=1)
        means = numpy.stack([rows[cluster == k].mean(axis=0) for k in range(components)])
    deviations = rows - means[cluster]
    pooled = deviations.T @ deviations / count + regularization * numpy.eye(width)
    return numpy.bincount(cluster) / count, means, (pooled + pooled.T) / 2


def covariances_of(covariance_type, pooled, components):
    """The start's covariances in scikit-learn's shape for the type."""
    return {"full": lambda: numpy.stack([pooled] * components),
            "tied": lambda: pooled,
            "diagonal": lambda: numpy.stack([numpy.diag(pooled)] * components),
            "spherical": lambda: numpy.full(components, numpy.diag(pooled).mean())}[covariance_type]()


def inverse(covariance):
    """By Cholesky, whose error follows the condition of the correlations, whatever the units of the columns."""
    return linalg.cho_solve((linalg.cholesky(covariance, lower=True), True), numpy.eye(len(covariance)))


def precisions_of(covariance_type, covariances):
    if covariance_type == "full":
        return numpy.stack([inverse(covariance) for covariance in covariances])
    return inverse(covariances) if covariance_type == "tied" else 1 / covariances


def fit(rows, covariance_type, start, rounds, regularization):
    """Exactly so many rounds of scikit-learn's EM: a tolerance of 0 never stops it."""
    weights, means, covariances = start
    model = GaussianMixture(len(weights), covariance_type=TYPES[covariance_type], tol=0, reg_covar=regularization,
                            max_iter=rounds, weights_init=weights, means_init=means,
                            precisions_init=precisions_of(covariance_type, covariances),
                            init_params="random", random_state=0)  # computed, then overwritten by the start
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(rows)
    assert model.n_iter_ == rounds
    return model.weights_, model.means_, model.covariances_, model.score(rows)


def moved(start, seed):
    """The start with every number moved by up to 1e-13 of itself; a covariance by one factor, to stay symmetric."""
    random = numpy.random.RandomState(seed)
    weights, means = (part * (1 + 1e-13 * random.uniform(-1, 1, part.shape)) for part in start[:2])
    return weights / weights.sum(), means, start[2] * (1 + 1e-13)


def matrices(covariance_type, covariances, components, width):
    """The covariances of any type as K full matrices."""
    return {"full": lambda: covariances,
            "tied": lambda: numpy.stack([covariances] * components),
            "diagonal": lambda: numpy.stack([numpy.diag(variances) for variances in covariances]),
            "spherical": lambda: numpy.stack([variance * numpy.eye(width) for variance in covariances]),
            }[covariance_type]()


def difference(covariance_type, found, expected):
    """The largest differences of weights, means, covariances and mean log-likelihood; measures: see the top."""
    components, width = expected[1].shape
    ours, theirs = (matrices(covariance_type, result[2], components, width) for result in (found, expected))
    deviations = numpy.sqrt(numpy.stack([numpy.diag(matrix) for matrix in theirs]))
    return (numpy.max(abs(found[0] - expected[0]) / expected[0]),
            numpy.max(abs(found[1] - expected[1]) / numpy.maximum(abs(expected[1]), deviations)),
            numpy.max(abs(ours - theirs) / (deviations[:, :, None] * deviations[:, None, :])),
            abs(found[3] - expected[3]) / abs(expected[3]))


def log_densities(rows, weights, means, covariances):
    """n x K, log(weight) + log N, by the column-wise Cholesky factor and forward substitution; any precision."""
    result = numpy.empty((len(rows), len(weights)), dtype=rows.dtype)
    for k, covariance in enumerate(covariances):
        rest, left = covariance.copy(), (rows - means[k]).T.copy()
        distance, log_determinant = 0, 0
        for j in range(len(covariance)):
            column = rest[j:, j] / numpy.sqrt(rest[j, j])
            solved = left[j] / column[0]
            distance, log_determinant = distance + solved ** 2, log_determinant + numpy.log(column[0])
            rest[j:, j:] -= numpy.outer(column, column)
            left[j:] -= numpy.outer(column, solved)
        two_pi = 2 * numpy.arctan2(rows.dtype.type(0), rows.dtype.type(-1))
        result[:, k] = numpy.log(weights[k]) - (len(covariance) * numpy.log(two_pi) + distance) / 2 - log_determinant
    return result


def extended(rows, covariance_type, start, regularization):
    """A naive EM in numpy's long double (80 bits on x86), every type by K full matrices."""
    rows, weights, means = (part.astype(numpy.longdouble) for part in (rows, start[0], start[1]))
    (count, width), components = rows.shape, len(weights)
    unit = numpy.eye(width, dtype=numpy.longdouble)
    covariances = matrices(covariance_type, start[2].astype(numpy.longdouble), components, width)
    joint = log_densities(rows, weights, means, covariances)
    for number in range(1, ROUNDS[-1] + 1):
        responsibilities = numpy.exp(joint - numpy.logaddexp.reduce(joint, axis=1)[:, None])
        sizes = responsibilities.sum(axis=0)
        weights, means = sizes / count, responsibilities.T @ rows / sizes[:, None]
        scatters = numpy.stack([((rows - means[k]).T * responsibilities[:, k]) @ (rows - means[k])
                                for k in range(components)])
        if covariance_type == "tied":
            covariances = numpy.stack([scatters.sum(axis=0) / count] * components)
        else:
            covariances = scatters / sizes[:, None, None]
        if covariance_type == "diagonal":
            covariances = covariances * unit
        if covariance_type == "spherical":
            covariances = numpy.stack([numpy.trace(matrix) / width * unit for matrix in covariances])
        covariances = covariances + regularization * unit
        joint = log_densities(rows, weights, means, covariances)
        if number in ROUNDS:
            shaped = {"full": covariances, "tied": covariances[0],
                      "diagonal": numpy.stack([numpy.diag(matrix) for matrix in covariances]),
                      "spherical": covariances[:, 0, 0]}[covariance_type]
            yield number, (weights, means, shaped, numpy.logaddexp.reduce(joint, axis=1).mean())


def write(file, name, values, lower=False):
    """An array: its name and count, then a line for each row; of symmetric matrices the lower triangles."""
    values = numpy.asarray(values, dtype=float)
    lines = values.reshape(-1, values.shape[-1] if values.ndim else 1)
    if lower:
        lines = [line[: i % len(line) + 1] for i, line in enumerate(lines)]
    file.write(f"array {name} {sum(len(line) for line in lines)}\n")
    file.writelines(" ".join(repr(float(value)) for value in line) + "\n" for line in lines)


def write_results(file, rows, regularization, weights, means, pooled):
    for covariance_type in TYPES:
        start = weights, means, covariances_of(covariance_type, pooled, len(weights))
        shifted = moved(start, seed=1)
        for rounds, exact in extended(rows, covariance_type, start, regularization):
            result = fit(rows, covariance_type, start, rounds, regularization)
            change = difference(covariance_type, fit(rows, covariance_type, shifted, rounds, regularization), result)
            error = difference(covariance_type, result, exact)
            assert max(change) < 1e-9 and max(error) < 1e-10, (covariance_type, rounds, change, error)
            numbers = [" ".join(f"{float(part):.0e}" for part in parts) for parts in (change, error)]
            file.write(f"# {covariance_type}, rounds: {rounds}; weights, means, covariances, likelihood:"
                       f" moved start {numbers[0]}; extended {numbers[1]}\n")
            name = f"{covariance_type}/{rounds}/"
            write(file, name + "weights", result[0])
            write(file, name + "means", result[1])
            write(file, name + "covariances", result[2], lower=covariance_type in ("full", "tied"))
            write(file, name + "meanLogLikelihood", result[3])


def write_data_set(name, table, components, regularization):
    rows = table[:, :-1]  # the last column is the class: never used
    weights, means, pooled = start_of(rows, components, regularization)
    with open(f"{RESOURCES}/golden/mixture-{name}.txt.gz", "wb") as target, \
            gzip.GzipFile(fileobj=target, mode="wb", mtime=0, filename="") as packed, \
            io.TextIOWrapper(packed, encoding="ascii", newline="\n") as file:
        file.write(f"# Gaussian mixtures of {name}, {len(rows)} x {rows.shape[1]};"
                   " by src/test/python/mixture_golden.py,\n"
                   f"# Python {platform.python_version()}, scikit-learn {sklearn.__version__},"
                   f" numpy {numpy.__version__}, scipy {scipy.__version__}. Regularization {regularization}.\n"
                   "# Covariances: of full and tied the lower triangles, row by row; diagonal K x d; spherical K.\n"
                   "# start/covariance: full starts from K copies, tied from it, diagonal from its diagonal,\n"
                   "# spherical from the mean of its diagonal, start/variance.\n")
        write(file, "regularization", regularization)
        write(file, "start/weights", weights)
        write(file, "start/means", means)
        write(file, "start/covariance", pooled, lower=True)
        write(file, "start/variance", numpy.diag(pooled).mean())
        write_results(file, rows, regularization, weights, means, pooled)


def main():
    parser = argparse.ArgumentParser(description="Golden values of Gaussian mixtures from scikit-learn.")
    parser.add_argument("--digits", default="conf/data/digits.csv.gz", help="the digits, default %(default)s")
    arguments = parser.parse_args()
    for name, path, header, components, regularization in (
            ("iris", f"{RESOURCES}/data/iris.csv", 1, 3, 1e-6),
            ("wine", f"{RESOURCES}/data/wine.csv", 1, 3, 1e-6),
            ("digits", arguments.digits, 0, 10, 0.1)):
        write_data_set(name, numpy.loadtxt(path, delimiter=",", skiprows=header), components, regularization)


if __name__ == "__main__":
    main()
