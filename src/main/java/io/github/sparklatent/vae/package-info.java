/**
 * Trained autoencoders, variational autoencoders and adversarial networks, without Spark: encode, reconstruct, score,
 * sample.
 *
 * <p>Read {@link io.github.sparklatent.vae.TrainedNetwork} first, then {@link io.github.sparklatent.vae.NetworkScorer}
 * and {@link io.github.sparklatent.vae.NetworkSampler}. The sub-packages, from the bottom up:
 *
 * <ul>
 *   <li>{@code model}: which models there are, and the shapes and priors they are composed of;
 *   <li>{@code latent}: posteriors, samples and densities of latent codes for a batch of rows;
 *   <li>{@code objective}: the losses that training follows;
 *   <li>{@code adversarial}: the losses of games against a discriminator;
 *   <li>{@code cluster}: the initialisation of clusters from latent codes;
 *   <li>{@code stage}: the stages of a training.
 * </ul>
 *
 * <p>Notation: x a row of d columns, z its code of l latent dimensions, q(z|x) the encoder's posterior, p(z) the prior,
 * p(x|z) the decoder's likelihood; n rows in a batch, L samples of z for each row, K components. If samples of all rows
 * are in one matrix, row s n + i is sample s of row i. All logarithms are natural; all measures are in nats for each
 * row.
 *
 * <p>Sources: Kingma and Welling, Auto-Encoding Variational Bayes, 2014; Rezende, Mohamed and Wierstra 2014; Burda,
 * Grosse and Salakhutdinov, Importance Weighted Autoencoders, 2016. May import: {@code nn}, {@code learn},
 * {@code linalg}, {@code gmm}, {@code gan}.
 */
package io.github.sparklatent.vae;
