package io.github.sparklatent.gan;

/**
 * What a discriminator makes of a batch, means by the rows' shares.
 *
 * @param loss of the discriminator; 2 log 2 = 1.386 where it cannot tell, and less with smoothed
 *     labels
 * @param realAccuracy share of the real rows that it takes for real: D(x) above what it says of
 *     rows that cannot be told apart ({@link AdversarialTerm})
 * @param generatedAccuracy share of the generated rows that it takes for generated: the others
 */
public record Verdict(double loss, double realAccuracy, double generatedAccuracy) {}
