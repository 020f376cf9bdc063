"""scikit-learn's imputers: peers of jobs/bench missing.

    python3 missing.py      prints the versions, then answers each table on standard input

A line has the incomplete rows (null where a value is missing) and the indices of the columns of levels. The answer has
the imputed rows by method.
"""

import json
import sys
import warnings

from mixture import answer, numpy, versions
from sklearn.exceptions import ConvergenceWarning
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer, KNNImputer, SimpleImputer


def impute(imputer, rows):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return imputer.fit_transform(rows)


def imputed(rows, levels):
    simple = impute(SimpleImputer(), rows)
    simple[:, levels] = impute(SimpleImputer(strategy="most_frequent"), rows)[:, levels]
    return {
        "SimpleImputer": simple.tolist(),
        "IterativeImputer": impute(IterativeImputer(max_iter=100, tol=1e-4, random_state=0), rows).tolist(),
        "KNNImputer": impute(KNNImputer(), rows).tolist(),
    }


def main():
    answer(description=versions())
    for line in sys.stdin:
        table = json.loads(line)
        rows = numpy.array(table["rows"], dtype=float)
        answer(**imputed(rows, table["levels"]))


main()
