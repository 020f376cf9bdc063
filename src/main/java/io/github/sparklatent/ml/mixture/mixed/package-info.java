/**
 * The mixture of columns of several types as a spark.ml Estimator and Model. Read {@code Mixture} first. May import
 * {@code ml.mixture}, which trains mixtures of any family, and what that package may import.
 */
package io.github.sparklatent.ml.mixture.mixed;
