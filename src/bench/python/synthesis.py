"""SDMetrics and XGBoost on generated rows: the peers of the page "Generated rows".

    python3 synthesis.py REAL.csv DRAWN HOLDOUT.csv NUMBER,NUMBER,...

REAL and HOLDOUT are files of comma-separated values without a header, DRAWN is a folder of Parquet files that
`jobs/latent sample` wrote. The last argument lists the columns of numbers, the other columns are levels; ? is a missing
cell. Needs: pip install sdmetrics==0.32.0 xgboost==3.2.0 scikit-learn==1.9.1 pyarrow

Prints the report of SDMetrics, once as it is by default and once over all pairs of columns, and how well XGBoost tells
drawn rows from as many rows of REAL and of HOLDOUT: the area under the ROC curve over five folds, and the score
1 - max(0, 2 * area - 1).
"""

import sys
import warnings

import numpy
import pandas
import sdmetrics
import xgboost
from sdmetrics.reports.single_table import QualityReport
from sdmetrics.single_column import MissingValueSimilarity
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

warnings.filterwarnings("ignore")


def quality(real, drawn, numbers, correlation, association):
    columns = {name: {"sdtype": "numerical" if name in numbers else "categorical"} for name in real}
    report = QualityReport()
    report.real_correlation_threshold = correlation
    report.real_association_threshold = association
    report.generate(real, drawn, {"columns": columns}, verbose=False)
    return report.get_properties()["Score"]


def detection(real, drawn, numbers):
    """Returns the area under the ROC curve of rows that XGBoost was not trained on."""
    count = min(len(real), len(drawn))
    both = pandas.concat([real.sample(count, random_state=1), drawn.sample(count, random_state=1)], ignore_index=True)
    for name in both.columns.difference(numbers):
        both[name] = both[name].astype("category")
    labels = numpy.repeat([0, 1], count)
    trees = xgboost.XGBClassifier(tree_method="hist", enable_categorical=True, random_state=1, n_jobs=2)
    folds = StratifiedKFold(5, shuffle=True, random_state=1)
    return roc_auc_score(labels, cross_val_predict(trees, both, labels, cv=folds, method="predict_proba")[:, 1])


def main(real_path, drawn_path, holdout_path, numbers):
    drawn = pandas.read_parquet(drawn_path).drop(columns="component", errors="ignore")
    numbers = numbers.split(",")
    real, holdout = (
        pandas.read_csv(path, header=None, names=drawn.columns, skipinitialspace=True, na_values="?")
        for path in (real_path, holdout_path)
    )
    print(f"SDMetrics {sdmetrics.__version__}, XGBoost {xgboost.__version__}")
    shape, related = quality(real, drawn, numbers, 0.5, 0.3)
    print(f"shape {shape:.4f}, trend {related:.4f}, all pairs {quality(real, drawn, numbers, 0, 0)[1]:.4f}")
    print(f"missing {numpy.mean([MissingValueSimilarity.compute(real[name], drawn[name]) for name in real]):.4f}")
    for name, rows in ("training", real), ("held-out", holdout):
        area = detection(rows, drawn, numbers)
        print(f"detection beside {name} rows: area {area:.4f}, score {1 - max(0, 2 * area - 1):.4f}")


main(*sys.argv[1:])
