package io.github.sparklatent.learn.em;

/** EM as most tests need it. */
public final class EmRounds {
    private EmRounds() {}

    /** Runs so many rounds at most, without a listener. */
    public static <M> EmResult<M> run(
            ExpectationMaximization<M> problem, RowBlocks data, M start, int rounds, double tolerance) {
        StoppingRule rule = new StoppingRule(rounds, tolerance);
        return EmLoop.run(problem, data, EmState.start(start), rule, (round, state) -> {});
    }
}
