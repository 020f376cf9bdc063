package io.github.sparklatent.gmm.stochastic;

import io.github.sparklatent.learn.em.Expectation;
import java.io.Serializable;
import java.util.List;

/**
 * The E-step and the M-step of a family of mixtures, as the tasks of a {@link LocalFit} need them. Statistics begin
 * with the three entries of {@link io.github.sparklatent.gmm.em.StatisticsLayout}. Parts of them are centred at a
 * mixture, which is that of their E-step unless they have been moved.
 *
 * @param <M> the mixture
 */
public interface LocalProblem<M> extends Serializable {
    int components();

    /** Returns the number of columns of a row. Each level of a discrete column counts as one more. */
    int columns();

    int length();

    /** Returns the E-step under a mixture, prepared on the core of the task that calls this. */
    Expectation expectation(M mixture);

    /**
     * Returns the statistics that rows distributed as a mixture would have, centred at it. The log-likelihood is 0.
     *
     * @param weight total weight of the rows
     */
    double[] expected(M mixture, double weight);

    /**
     * Returns the mixture of the M-step.
     *
     * @param statistics centred at {@code mixture}. Modified only where a component has almost no weight.
     * @param mixture the mixture before
     * @param warnings receives a sentence for each repair. Modified.
     */
    M maximize(double[] statistics, M mixture, List<String> warnings);

    /**
     * Moves statistics that are centred at one mixture to another.
     *
     * @param statistics centred at {@code from} before, and at {@code to} after. Modified.
     */
    void moveCentres(double[] statistics, M from, M to);

    /**
     * The state of a {@link LocalFit} between two traversals.
     *
     * @param mixture the current mixture
     * @param progress what is kept beside it; null if the tasks no longer improve the mixture, and in plain EM
     * @param <M> the mixture
     */
    public record LocalModel<M>(M mixture, Progress progress) implements Serializable {
        /**
         * The state that is kept beside a mixture while tasks improve it.
         *
         * @param steps mean number of steps that a row's task has taken
         * @param objective of the last traversal; NaN before the first one
         * @param memory memory of the {@link LocalRule}; empty before the first traversal. Not to be modified.
         */
        public record Progress(double steps, double objective, double[] memory) implements Serializable {
            /** The progress before the first traversal. */
            public static final Progress START = new Progress(0, Double.NaN, new double[0]);
        }
    }
}
