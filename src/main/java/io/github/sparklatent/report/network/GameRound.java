package io.github.sparklatent.report.network;

/**
 * How a round of an adversarial game went.
 *
 * @param epochs over the rows that were done when it ended, of all stages together
 * @param training of the batches of this round, along the way
 * @param holdout of the held-out rows after it; {@link Verdicts#NONE}: not evaluated
 */
public record GameRound(double epochs, Verdicts training, Verdicts holdout) {

    /**
     * What the two players reach; NaN: not measured.
     *
     * @param discriminatorLoss in nats per row, lower is better for it
     * @param generatorLoss in nats per row, lower is better for it
     * @param realAccuracy share of the real rows that the discriminator takes for real
     * @param generatedAccuracy share of the generated rows that it takes for generated
     * @param coverage share of the real rows that have a generated one near, against what a perfect
     *     generator would have
     */
    public record Verdicts(
            double discriminatorLoss,
            double generatorLoss,
            double realAccuracy,
            double generatedAccuracy,
            double coverage) {
        public static final Verdicts NONE =
                new Verdicts(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
}
