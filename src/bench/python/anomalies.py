"""scikit-learn's detectors on the tables of jobs/bench anomalies.

    python3 anomalies.py    prints the versions, then answers lines of "METHOD FILE" on standard input

FILE is a gzipped CSV file with a header; its columns are a row number, the features and the label (1: anomaly).
Each answer is a line of JSON on standard output. Detectors have the defaults of their class.
"""

import sys
import time
import warnings

from mixture import answer, numpy, versions
from sklearn.covariance import EllipticEnvelope
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.neighbors import LocalOutlierFactor, NearestNeighbors
from sklearn.preprocessing import StandardScaler
from sklearn.svm import OneClassSVM
from threadpoolctl import threadpool_limits

LARGEST_SVM = 5000  # rows that the one-class SVM is fitted to: its time grows with their square


def components(rows):
    """The squared distance of the mean, in units of the deviation of each principal component."""
    fitted = PCA(svd_solver="full").fit(rows)
    used = fitted.explained_variance_ > 1e-10
    return (fitted.transform(rows)[:, used] ** 2 / fitted.explained_variance_[used]).sum(axis=1)


def support_vectors(rows):
    some = numpy.random.RandomState(0).permutation(len(rows))[:LARGEST_SVM]
    return -OneClassSVM().fit(rows[some]).score_samples(rows)


METHODS = {
    "isolation-forest": lambda rows: -IsolationForest(random_state=0).fit(rows).score_samples(rows),
    "lof": lambda rows: -LocalOutlierFactor().fit(rows).negative_outlier_factor_,
    "knn": lambda rows: NearestNeighbors(n_neighbors=5).fit(rows).kneighbors()[0][:, -1],
    "pca": components,
    "elliptic-envelope": lambda rows: EllipticEnvelope(random_state=0).fit(rows).mahalanobis(rows),
    "one-class-svm": support_vectors,
}


def measure(method, file):
    table = numpy.loadtxt(file, delimiter=",", skiprows=1)
    rows = StandardScaler().fit_transform(table[:, 1:-1])
    began = time.perf_counter()
    with warnings.catch_warnings(), threadpool_limits(1):
        warnings.simplefilter("ignore")
        scores = METHODS[method](rows)
    seconds = time.perf_counter() - began
    label = table[:, -1]
    return {
        "area": roc_auc_score(label, scores),
        "precision": average_precision_score(label, scores),
        "seconds": seconds,
    }


def main():
    answer(description=versions())
    for line in sys.stdin:
        method, file = line.rstrip("\n").split(" ", 1)
        answer(**measure(method, file))


if __name__ == "__main__":
    main()
