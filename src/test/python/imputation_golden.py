"""Errors of scikit-learn's imputers on iris with missing values, for ImputationAgreementTest.

Run as: /usr/bin/python3 src/test/python/imputation_golden.py (scikit-learn 1.2.1).
The error is the root of the mean squared error of the missing values, each column divided by its
standard deviation. The missing values are those of MissingValues.in, whose random numbers are Java's
SplittableRandom (Steele, Lea and Flood 2014).
"""

import numpy as np
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer, KNNImputer, SimpleImputer

MASK = (1 << 64) - 1


class SplittableRandom:
    def __init__(self, seed):
        self.seed = seed

    def _next(self):
        self.seed = (self.seed + 0x9E3779B97F4A7C15) & MASK
        return self.seed

    def next_double(self):
        z = self._next()
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return ((z ^ (z >> 31)) >> 11) * 2.0**-53

    def next_power_of_two(self, bound):
        z = self._next()
        z = ((z ^ (z >> 33)) * 0x62A9D9ED799705F5) & MASK
        return ((((z ^ (z >> 28)) * 0xCB24D0A5C88C35B3) & MASK) >> 32) & (bound - 1)


def incomplete(rows, share, seed):
    random = SplittableRandom(seed)
    found = rows.copy()
    for i in range(rows.shape[0]):
        kept = random.next_power_of_two(rows.shape[1])
        for j in range(rows.shape[1]):
            if random.next_double() < share and j != kept:
                found[i, j] = np.nan
    return found


def main():
    rows = np.loadtxt("src/test/resources/data/iris.csv", delimiter=",", skiprows=1, usecols=range(4))
    deviations = rows.std(axis=0)
    imputers = {
        "mean": SimpleImputer(),
        "iterative": IterativeImputer(max_iter=100, tol=1e-4, random_state=0),
        "neighbours": KNNImputer(),
    }
    for share in (0.1, 0.3, 0.5):
        table = incomplete(rows, share, 4)
        missing = np.isnan(table)
        for name, imputer in imputers.items():
            error = ((imputer.fit_transform(table) - rows) / deviations)[missing]
            print(f"{share} {name} {missing.sum()} {np.sqrt((error**2).mean()):.6f}")


if __name__ == "__main__":
    main()
