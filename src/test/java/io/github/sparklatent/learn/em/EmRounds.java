package io.github.sparklatent.learn.em;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Runs EM without a listener, and checks its history. */
public final class EmRounds {
    private EmRounds() {}

    /** Runs so many rounds at most, without a listener. */
    public static <M> EmResult<M> run(
            ExpectationMaximization<M> problem, RowBlocks data, M start, int rounds, double tolerance) {
        StoppingRule rule = new StoppingRule(rounds, tolerance);
        return EmLoop.run(problem, data, EmState.start(start), rule, (round, state) -> {});
    }

    /** Requires that no round lowers the objective by more than a slack of absolute + relative · |objective|. */
    public static void assertNeverFalls(List<Round> history, double absolute, double relative) {
        assertThat(history).hasSizeGreaterThan(1);
        double before = Double.NEGATIVE_INFINITY;
        for (Round round : history) {
            double slack = absolute + relative * Math.abs(round.objective());
            assertThat(round.objective()).isGreaterThanOrEqualTo(before - slack);
            before = round.objective();
        }
    }
}
