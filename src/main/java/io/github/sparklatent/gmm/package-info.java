/**
 * Floor 2: the Gaussian mixture p(x) = Σ_k π_k N(x; μ_k, Σ_k), fitted by expectation-maximisation.
 * No Spark.
 *
 * <p>The way of a round: {@link io.github.sparklatent.gmm.MixtureFactors} (the model in the form
 * the E-step reads) travels inside a {@code MixtureExpectation} to the workers; there {@code
 * LogDensities} fills a block's log joint densities by matrix products, they are normalised in the
 * log domain to responsibilities, and a {@code Scatter} adds the centred statistics; the sums come
 * back and {@code MaximizationStep} makes the next {@link io.github.sparklatent.gmm.Mixture} of
 * them.
 *
 * <p>The likelihood is not the only judge of a fit: {@link
 * io.github.sparklatent.gmm.MutualInformation} of row and component prefers groups that are told
 * apart, and {@code OverClustering} looks for them.
 *
 * <p>Notation: n rows, d columns, k components; r the responsibilities times the rows' weights.
 * Sources: Bishop, Pattern Recognition and Machine Learning, section 9.2; McLachlan and Peel,
 * Finite Mixture Models. May import: {@code learn}, {@code linalg}.
 */
package io.github.sparklatent.gmm;
