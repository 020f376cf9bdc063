/**
 * Layer 2: mixtures p(x) = Σ_k π_k N(x_G; μ_k, Σ_k) Π_j p_j(x_j; θ_kj) of columns of one or several types. They do not
 * use Spark. This package has the parameters, {@code MixedMixture}, the densities, {@code MixedDensity}, the
 * distributions of single columns, {@code MixedSampler}, which draws rows, and what scoring and reasons add.
 *
 * <ul>
 *   <li>{@code mixture.gaussian}: the numbers with a joint Gaussian distribution: parameters, log densities, missing
 *       values.
 *   <li>{@code mixture.em}: one round of EM: sums of statistics on workers, the next mixture on the driver.
 *   <li>{@code mixture.initialization}: where EM starts: k-means, random starts, over-clustering.
 *   <li>{@code mixture.bayes}, {@code mixture.stochastic}, {@code mixture.robust}: variational methods, steps by
 *       batches of rows, rounds that leave out the rows of lowest density.
 *   <li>{@code mixture.training}: several starts and numbers of components, and the choice among them.
 * </ul>
 *
 * <p>Notation: n rows, d columns, k components; r_nk is the responsibility of component k for row n times the weight of
 * the row. Sources: Bishop, Pattern Recognition and Machine Learning, section 9.2; McLachlan and Peel, Finite Mixture
 * Models. May import: {@code learn}, {@code linalg}, and {@code linear}, the components with factored covariances.
 */
package io.github.sparklatent.mixture;
