#!/usr/bin/python3
"""Golden values for LinearScikitLearnTest, from scikit-learn 1.2.1. Prints the numbers that stand in the test:

    /usr/bin/python3 src/test/python/linear_golden.py

PCA divides the covariance by n - 1, so its score is that of a model whose variances are n / (n - 1) times those of
maximum likelihood.
"""
from sklearn.datasets import load_digits, load_iris, load_wine
from sklearn.decomposition import PCA, FactorAnalysis

TABLES = {"iris": load_iris().data, "wine": load_wine().data, "digits": load_digits().data}

for name, latent in (("iris", 2), ("wine", 4), ("digits", 10)):
    pca = PCA(latent, svd_solver="full").fit(TABLES[name])
    print("PCA", name, latent, repr(pca.score(TABLES[name])), repr(pca.noise_variance_))

wine = TABLES["wine"]
analysis = FactorAnalysis(2, tol=1e-13, max_iter=1_000_000, svd_method="lapack").fit(wine)
print("FactorAnalysis wine 2", repr(analysis.score(wine)), analysis.noise_variance_.tolist())
