"""scikit-learn's way from a Parquet file to a saved mixture, in one process: the peer of jobs/bench --pipeline.

    python3 pipeline.py                                   says which versions there are
    python3 pipeline.py PARQUET MODEL COMPONENTS PASSES   reads the columns with pandas, fits a full covariance, saves the model
"""

import json
import sys
import warnings

try:
    import joblib
    import pandas
    import pyarrow
    import sklearn
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.mixture import GaussianMixture
except ImportError as error:
    sys.exit(f"{error}: apt-get install python3-sklearn python3-pandas; pyarrow is on PyPI")


def main():
    if len(sys.argv) == 1:
        versions = f"scikit-learn {sklearn.__version__}, pandas {pandas.__version__}, pyarrow {pyarrow.__version__}"
        print(json.dumps({"description": versions}))
        return
    parquet, model, components, passes = sys.argv[1:]
    rows = pandas.read_parquet(parquet).to_numpy()
    mixture = GaussianMixture(int(components), max_iter=int(passes), tol=0, random_state=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        mixture.fit(rows)
    joblib.dump(mixture, model)
    print(json.dumps({"meanLogLikelihood": mixture.lower_bound_, "passes": mixture.n_iter_}))


main()
