package io.github.sparklatent.report.network;

/**
 * The result of one round of adversarial training.
 *
 * @param epochs epochs completed at the end of the round, over all stages
 * @param training losses and accuracies of the batches during the round
 * @param holdout losses and accuracies of the held-out rows after the round; {@link Verdicts#NONE}: not evaluated
 */
public record GameRound(double epochs, Verdicts training, Verdicts holdout) {

    /**
     * The losses and accuracies of discriminator and generator; NaN: not measured.
     *
     * @param discriminatorLoss loss of the discriminator in nats per row, lower is better for the discriminator
     * @param generatorLoss loss of the generator in nats per row, lower is better for the generator
     * @param realAccuracy share of the real rows that the discriminator classifies as real
     * @param generatedAccuracy share of the generated rows that the discriminator classifies as generated
     */
    public record Verdicts(
            double discriminatorLoss, double generatorLoss, double realAccuracy, double generatedAccuracy) {
        /** The value if nothing was measured. */
        public static final Verdicts NONE = new Verdicts(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
}
