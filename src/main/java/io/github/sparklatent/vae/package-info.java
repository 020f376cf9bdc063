/**
 * Floor 2: autoencoders and variational autoencoders. No Spark.
 *
 * <p>An {@link io.github.sparklatent.vae.Architecture} says which networks there are; {@code
 * Networks} makes them, with all parameters in one flat vector: encoder, decoder, what the
 * likelihood itself learns. {@link io.github.sparklatent.vae.AutoencoderObjective} and {@link
 * io.github.sparklatent.vae.VariationalObjective} give the gradient of a batch to whatever loop
 * follows it downhill; a {@link io.github.sparklatent.vae.TrainedNetwork} does what a trained model
 * is for: encode, reconstruct, score, sample, interpolate. {@link
 * io.github.sparklatent.vae.MixtureVariationalObjective} has mixtures for prior and posterior, and
 * is trained in {@link io.github.sparklatent.vae.MixtureStages}. What differs between kinds of
 * trained networks stands in their {@code KindScorer} and their {@code CodePrior}.
 *
 * <p>Where rows fall into groups: {@link io.github.sparklatent.vae.EmbeddingObjective} (a mixture
 * as the prior, one normal distribution as each row's posterior) and {@link
 * io.github.sparklatent.vae.EmbeddingStages}, which train it from an autoencoder's codes; {@link
 * io.github.sparklatent.vae.ClassifyingObjective}, whose classes a small network tells from the
 * code.
 *
 * <p>Notation: x a row of d columns, z its code of l latent dimensions, q(z|x) = N(μ, diag σ²) the
 * encoder's posterior, p(z) = N(0, I) the prior, p(x|z) the decoder's likelihood; n rows in a
 * batch, L samples of z a row, K components. Where samples of all rows lie in one matrix, row s n +
 * i is sample s of row i. All logarithms are natural, all figures nats a row.
 *
 * <p>Sources: Kingma and Welling, Auto-Encoding Variational Bayes, 2014; Rezende, Mohamed and
 * Wierstra 2014; Burda, Grosse and Salakhutdinov, Importance Weighted Autoencoders, 2016. May
 * import: {@code nn}, {@code learn}, {@code linalg}.
 */
package io.github.sparklatent.vae;
