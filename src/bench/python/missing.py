"""scikit-learn's imputers: peers of jobs/bench missing.

    python3 missing.py      prints the versions, then answers each table on standard input

A line has the incomplete rows (null where a value is missing) and the complete ones. The answer has the root mean
squared error of the imputed values by method.
"""

import json
import sys
import warnings

from mixture import answer, numpy, versions
from sklearn.exceptions import ConvergenceWarning
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer, KNNImputer, SimpleImputer


def main():
    answer(description=versions())
    for line in sys.stdin:
        table = json.loads(line)
        rows = numpy.array(table["rows"], dtype=float)
        complete = numpy.array(table["complete"])
        missing = numpy.isnan(rows)
        imputers = {
            "mean": SimpleImputer(),
            "iterative": IterativeImputer(max_iter=100, tol=1e-4, random_state=0),
            "neighbours": KNNImputer(),
        }
        errors = {}
        for name, imputer in imputers.items():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ConvergenceWarning)
                error = (imputer.fit_transform(rows) - complete)[missing]
            errors[name] = numpy.sqrt((error**2).mean())
        answer(**errors)


main()
