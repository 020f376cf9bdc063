/**
 * Floor 2: adversarial training. No Spark.
 *
 * <p>A {@link io.github.sparklatent.gan.Generator} makes rows of codes, a {@link
 * io.github.sparklatent.gan.Discriminator} tells them from real ones; {@link
 * io.github.sparklatent.gan.AdversarialObjective} is the game of the two, whose players the
 * averaging loop moves in turn. What other models need of it stands alone: {@link
 * io.github.sparklatent.gan.AdversarialTerm}, the losses of both sides with their derivatives, and
 * {@link io.github.sparklatent.gan.Coverage}, which shows a generator that makes few kinds of rows
 * only.
 *
 * <p>Notation: x a real row of d columns, z a code of l columns, G(z) a generated row, a(x) the
 * discriminator's logit, D(x) = σ(a(x)) the probability that it gives a row of being real; n rows
 * in a batch, w_i their weights, share_i = w_i / Σ w. All logarithms are natural.
 *
 * <p>Sources: Goodfellow et al., Generative Adversarial Nets, 2014; Miyato et al., Spectral
 * Normalization for Generative Adversarial Networks, 2018; Mescheder, Geiger, Nowozin, Which
 * Training Methods for GANs do actually Converge?, 2018; Naeem et al., Reliable Fidelity and
 * Diversity Metrics for Generative Models, 2020. May import: {@code nn}, {@code learn}, {@code
 * linalg}.
 */
package io.github.sparklatent.gan;
