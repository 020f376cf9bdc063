package io.github.sparklatent.gan;

/**
 * The discriminator's loss of a batch, and its accuracies; means by the rows' shares.
 *
 * @param loss loss of the discriminator; 2 log 2 = 1.386 if it cannot tell real rows from generated
 *     ones, and less with smoothed labels
 * @param realAccuracy share of the real rows that it classifies as real: D(x) is above what it says
 *     of rows that cannot be told apart ({@link AdversarialTerm})
 * @param generatedAccuracy share of the generated rows that it classifies as generated
 */
public record DiscriminatorLoss(double loss, double realAccuracy, double generatedAccuracy) {}
