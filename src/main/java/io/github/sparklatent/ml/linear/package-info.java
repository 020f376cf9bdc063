/**
 * Probabilistic PCA and factor analysis as families of models: {@link io.github.sparklatent.ml.linear.ProbabilisticPca}
 * and {@link io.github.sparklatent.ml.linear.FactorAnalysis} are the Estimators, {@code LinearOptions} declares the
 * hyperparameters, and {@code LinearResult.LinearTraining} fits a {@link io.github.sparklatent.linear.LinearGaussian}
 * to the rows of a table.
 */
package io.github.sparklatent.ml.linear;
