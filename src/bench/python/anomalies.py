"""PyOD's detectors, and DTE-NP, on the tables of jobs/bench anomalies.

    python3 anomalies.py    prints the versions, then answers lines of "METHOD FILE FITTED" on standard input

FILE is a gzipped CSV file with a header; its columns are row, the features, perhaps part, and the label (1: anomaly).
FITTED has a 1 for each row to fit and a 0 for each row to score; if all rows are fitted, all are scored.
Each answer is a line of JSON on standard output. Detectors have the defaults of their class. All rows have the same
score if a detector cannot be fitted.
"""

import gzip
import json
import sys
import time
import warnings
from importlib.metadata import version

import numpy
from pyod.models.copod import COPOD
from pyod.models.ecod import ECOD
from pyod.models.hbos import HBOS
from pyod.models.iforest import IForest
from pyod.models.knn import KNN
from pyod.models.lof import LOF
from pyod.models.mcd import MCD
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits


class DiffusionTime:
    """DTE-NP: the diffusion time at which a row is likeliest, by its nearest rows (Livernoche et al. 2024).

    The posterior of the variance of the noise is an inverse gamma distribution, of shape d / 2 - 1 and of half the mean
    squared distance to the five nearest rows as scale. The score is the step of the schedule where it is greatest.
    """

    variances = 1 - numpy.cumprod(1 - numpy.linspace(1e-4, 1e-2, 300))

    def fit(self, rows):
        self.width = rows.shape[1]
        self.neighbors = NearestNeighbors(n_neighbors=5).fit(rows)
        self.decision_scores_ = self.steps(self.neighbors.kneighbors()[0])
        return self

    def decision_function(self, rows):
        return self.steps(self.neighbors.kneighbors(rows)[0])

    def steps(self, distances):
        squared = (distances**2).mean(axis=1, keepdims=True)
        density = -self.width / 2 * numpy.log(self.variances) - squared / (2 * self.variances)
        return density.argmax(axis=1)


METHODS = {
    "iforest": lambda: IForest(random_state=0),
    "knn": KNN,
    "lof": LOF,
    "ecod": ECOD,
    "copod": COPOD,
    "hbos": HBOS,
    "mcd": lambda: MCD(random_state=0),
    "dte-np": DiffusionTime,
}


def measure(method, file, fitted):
    with gzip.open(file, "rt") as lines:
        names = next(lines).strip().split(",")
        numbers = [j for j, name in enumerate(names) if name not in ("row", "part")]
        table = numpy.loadtxt(lines, delimiter=",", usecols=numbers)
    rows, label = table[:, :-1], table[:, -1]
    fitted = numpy.array(list(fitted)) == "1"
    same = fitted.all()
    scored = fitted if same else ~fitted
    scaler = StandardScaler().fit(rows[fitted])
    began = time.perf_counter()
    try:
        with warnings.catch_warnings(), threadpool_limits(1):
            warnings.simplefilter("ignore")
            detector = METHODS[method]().fit(scaler.transform(rows[fitted]))
            scores = detector.decision_scores_ if same else detector.decision_function(scaler.transform(rows[scored]))
            scores = numpy.asarray_chkfinite(scores)
    except ValueError as error:
        print(f"  {method} fails on {file}, all scores are 0: {error}", file=sys.stderr)
        scores = numpy.zeros(scored.sum())
    seconds = time.perf_counter() - began
    return {
        "area": roc_auc_score(label[scored], scores),
        "precision": average_precision_score(label[scored], scores),
        "seconds": seconds,
    }


def main():
    versions = ", ".join(f"{name} {version(name)}" for name in ("pyod", "scikit-learn", "numpy"))
    print(json.dumps({"description": versions}), flush=True)
    for line in sys.stdin:
        print(json.dumps(measure(*line.split())), flush=True)


if __name__ == "__main__":
    main()
