/**
 * Layer 2: the Gaussian mixture p(x) = Σ_k π_k N(x; μ_k, Σ_k), fitted by expectation-maximisation (EM). It does not use
 * Spark.
 *
 * <ul>
 *   <li>{@code gmm.model}: the mixture, its log densities, responsibilities and samples.
 *   <li>{@code gmm.em}: one round of EM: sums of statistics on workers, the next mixture on the driver.
 *   <li>{@code gmm.initialization}: where EM starts: k-means, random starts, over-clustering.
 *   <li>{@code gmm.robust}: rounds that leave out the rows of lowest density.
 *   <li>{@code gmm.training}: several starts and numbers of components, and the choice among them, for any family of
 *       mixtures.
 * </ul>
 *
 * <p>Each sub-package may import those above it. Read {@link io.github.sparklatent.gmm.model.MixtureParameters} first,
 * then {@link io.github.sparklatent.gmm.em.GaussianMixtureEm} and
 * {@link io.github.sparklatent.gmm.training.MixtureTrainer}.
 *
 * <p>Notation: n rows, d columns, k components; r_nk is the responsibility of component k for row n times the weight of
 * the row. Sources: Bishop, Pattern Recognition and Machine Learning, section 9.2; McLachlan and Peel, Finite Mixture
 * Models. May import: {@code learn}, {@code linalg}, and {@code linear}, the components with factored covariances.
 */
package io.github.sparklatent.gmm;
