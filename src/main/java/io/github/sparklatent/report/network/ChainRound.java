package io.github.sparklatent.report.network;

/**
 * The result of the Hamiltonian chains of one round.
 *
 * @param epochs epochs completed at the end of the round, over all stages
 * @param training measures of the chains during the round
 * @param holdout measures of the chains of held-out rows after the round; {@link Measures#NONE}: not evaluated
 */
public record ChainRound(double epochs, Measures training, Measures holdout) {

    /**
     * The measures of chains; NaN: not measured.
     *
     * @param acceptance mean acceptance probability of a transition
     * @param stepSize step size in standard deviations of the encoder's posterior
     * @param divergent share of the transitions that were divergent
     * @param effectiveSize effective sample size of one transition
     */
    public record Measures(double acceptance, double stepSize, double divergent, double effectiveSize) {
        /** The value if nothing was measured. */
        public static final Measures NONE = new Measures(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
}
