package io.github.sparklatent.gan;

/**
 * The discriminator's loss of a batch, and its accuracies; means by the rows' shares.
 *
 * @param loss loss of the discriminator; 2 log 2 = 1.386 if the discriminator cannot distinguish real from generated
 *     rows, and less with smoothed labels
 * @param realAccuracy share of the real rows that the discriminator classifies as real: D(x) is above its value for
 *     rows that cannot be distinguished ({@link AdversarialTerm})
 * @param generatedAccuracy share of the generated rows that the discriminator classifies as generated
 */
public record DiscriminatorLoss(double loss, double realAccuracy, double generatedAccuracy) {}
