/**
 * Probabilistic PCA as a family of models: {@link io.github.sparklatent.ml.ppca.ProbabilisticPca}
 * is the Estimator, {@code PpcaKeys} declares the hyperparameters, and {@code PpcaTraining} fits
 * the closed form of {@link io.github.sparklatent.ppca.Ppca} to the rows of a table.
 */
package io.github.sparklatent.ml.ppca;
