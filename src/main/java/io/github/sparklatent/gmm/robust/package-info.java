/**
 * Layer 2: fits of a Gaussian mixture that outliers do not move.
 *
 * <p>Each round leaves out the rows of lowest density, a fixed share of the total weight ({@code TrimmedEm}).
 * {@code DensityQuantile} finds the density that separates them, to a fixed resolution and without sorting. With one
 * component, {@code MinimumCovarianceDeterminant} then admits all rows that belong to the fitted Gaussian, so that no
 * more rows are left out than necessary. The result is an ordinary {@link io.github.sparklatent.gmm.model.Mixture}.
 */
package io.github.sparklatent.gmm.robust;
