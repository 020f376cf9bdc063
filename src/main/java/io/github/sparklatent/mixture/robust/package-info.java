/**
 * Layer 2: fits of a mixture that outliers do not move.
 *
 * <p>Each round leaves out the rows of lowest density, a fixed share of the total weight ({@code TrimmedEm}).
 * {@code DensityQuantile} finds the density that separates them, to a fixed resolution and without sorting.
 * {@code KeptRowBlocks} are the rows that such a fit of one component keeps, for another fit. The result is an ordinary
 * {@link io.github.sparklatent.mixture.MixedMixture}.
 */
package io.github.sparklatent.mixture.robust;
