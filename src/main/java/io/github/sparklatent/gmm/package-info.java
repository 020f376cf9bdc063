/**
 * Layer 2: the Gaussian mixture p(x) = Σ_k π_k N(x; μ_k, Σ_k), fitted by expectation-maximisation
 * (EM). No Spark.
 *
 * <p>One round: the driver sends {@link io.github.sparklatent.gmm.MixtureFactors} (the model in the
 * form that the E-step reads) to the workers, inside a {@code MixtureExpectation}. There {@code
 * LogDensities} computes the log joint densities of a block by matrix products, {@code
 * Responsibilities} normalises them in the log domain, and a {@code Scatter} adds the centred
 * statistics. From their sums {@code MaximizationStep} computes the next {@link
 * io.github.sparklatent.gmm.Mixture} on the driver.
 *
 * <p>A fit can also be chosen by {@link io.github.sparklatent.gmm.MutualInformation} of row and
 * component instead of the likelihood: it prefers groups that are well separated, and {@code
 * OverClustering} searches for them.
 *
 * <p>Notation: n rows, d columns, k components; r the responsibilities times the rows' weights.
 * Sources: Bishop, Pattern Recognition and Machine Learning, section 9.2; McLachlan and Peel,
 * Finite Mixture Models. May import: {@code learn}, {@code linalg}.
 */
package io.github.sparklatent.gmm;
