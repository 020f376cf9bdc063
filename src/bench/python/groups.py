"""scikit-learn's GaussianMixture for each group of rows: the peer of jobs/bench groups.

    python3 groups.py       prints the versions, then answers each group on standard input

A line has the rows of a group. The answer has the seconds of the fits with 1, 2 and 3 components, and the mean
log-likelihood of the rows under the one with the least BIC.
"""

import json
import sys
import time
import warnings

from mixture import ConvergenceWarning, GaussianMixture, answer, numpy, threadpool_limits, versions


def main():
    answer(description=versions())
    warnings.simplefilter("ignore", ConvergenceWarning)
    with threadpool_limits(1):
        for line in sys.stdin:
            rows = numpy.array(json.loads(line))
            start = time.perf_counter()
            fits = [GaussianMixture(k, tol=1e-4, random_state=0).fit(rows) for k in (1, 2, 3)]
            best = min(fits, key=lambda fit: fit.bic(rows))
            seconds = time.perf_counter() - start
            answer(seconds=seconds, logLikelihood=best.score(rows))


main()
