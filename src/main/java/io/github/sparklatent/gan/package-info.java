/**
 * Adversarial training, without Spark.
 *
 * <p>Read {@link io.github.sparklatent.gan.GameObjective} first: the game of a generator (a
 * {@link io.github.sparklatent.nn.likelihood.Decoder}) and a {@link io.github.sparklatent.gan.Discriminator}. The
 * averaging loop moves the two players in turn. Other adversarial models extend this game.
 * {@link io.github.sparklatent.gan.AdversarialTerm} has the losses of both players with their derivatives.
 * {@link io.github.sparklatent.gan.AdversarialHealth} turns measures into warnings.
 *
 * <p>Notation: x a real row of d columns, z a code of l columns, G(z) a generated row, a(x) the discriminator's logit,
 * D(x) = σ(a(x)) its probability that the row is real; n rows in a batch, w_i their weights, share_i = w_i / Σ w. All
 * logarithms are natural.
 *
 * <p>Sources: Goodfellow et al., Generative Adversarial Nets, 2014; Miyato et al., Spectral Normalization for
 * Generative Adversarial Networks, 2018; Mescheder, Geiger, Nowozin, Which Training Methods for GANs do actually
 * Converge?, 2018. May import: {@code nn}, {@code learn}, {@code linalg}.
 */
package io.github.sparklatent.gan;
