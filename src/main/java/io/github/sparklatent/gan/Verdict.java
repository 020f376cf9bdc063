package io.github.sparklatent.gan;

/**
 * What a discriminator makes of a batch, means by the rows' shares.
 *
 * @param loss of the discriminator; 2 log 2 = 1.386 where it cannot tell, without smoothed labels
 * @param realAccuracy share of the real rows that it takes for real: a(x) &gt; 0
 * @param generatedAccuracy share of the generated rows that it takes for generated: a(x) &le; 0
 */
public record Verdict(double loss, double realAccuracy, double generatedAccuracy) {}
