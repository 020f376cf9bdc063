"""From a Parquet file to a saved mixture by scikit-learn, in one process: the peer of jobs/bench pipeline.

    python3 pipeline.py                                   prints the versions
    python3 pipeline.py PARQUET MODEL COMPONENTS ROUNDS   reads the columns with pandas, fits full covariances, saves the model
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
    sys.exit(f"{error}: apt-get install python3-sklearn python3-pandas; pip install pyarrow")


def main():
    if len(sys.argv) == 1:
        versions = f"scikit-learn {sklearn.__version__}, pandas {pandas.__version__}, pyarrow {pyarrow.__version__}"
        print(json.dumps({"description": versions}))
        return
    parquet, model, components, rounds = sys.argv[1:]
    rows = pandas.read_parquet(parquet).to_numpy()
    mixture = GaussianMixture(int(components), max_iter=int(rounds), tol=0, random_state=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        mixture.fit(rows)
    joblib.dump(mixture, model)
    print(json.dumps({"meanLogLikelihood": mixture.lower_bound_, "rounds": mixture.n_iter_}))


main()
