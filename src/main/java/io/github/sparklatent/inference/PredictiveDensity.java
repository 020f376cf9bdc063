package io.github.sparklatent.inference;

import io.github.sparklatent.learn.UserCodeException;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.LogSumExp;
import org.ejml.data.DMatrixRMaj;

/**
 * Log posterior predictive densities of rows: log (1/S) Σ_s p(x | θ_s) over draws of the posterior. Where a density is
 * not a number or infinite, it counts as 0. Holds buffers; used by one thread.
 */
public final class PredictiveDensity {
    private final BayesianModel model;
    private final int draws;
    private final BayesianModel.Likelihood likelihood;
    private final DMatrixRMaj densities = new DMatrixRMaj(0, 0);
    private double[] sums = new double[0];

    public PredictiveDensity(BayesianModel model, DMatrixRMaj draws) {
        this.model = model;
        this.draws = draws.numRows;
        this.likelihood = UserCodeException.calling(model, "likelihood", () -> model.likelihood(draws));
    }

    /**
     * Computes the log density of each row of a block.
     *
     * @return at least n numbers; the same array until the next call
     */
    public double[] evaluate(Block block) {
        int n = block.size();
        DrawsExpectation.evaluate(model, likelihood, block, densities, null, draws);
        for (int i = 0; i < draws * n; i++) {
            if (!(densities.data[i] < Double.POSITIVE_INFINITY)) {
                densities.data[i] = Double.NEGATIVE_INFINITY;
            }
        }
        if (sums.length < n) {
            sums = new double[n];
        }
        LogSumExp.normalizeColumns(densities, sums);
        double logDraws = StrictMath.log(draws);
        for (int i = 0; i < n; i++) {
            sums[i] -= logDraws;
        }
        return sums;
    }

    /**
     * Sums over the rows: the total weight and the log predictive densities.
     *
     * @param draws S × p. Not modified.
     */
    public record Evaluation(BayesianModel model, DMatrixRMaj draws) implements Expectation {
        /** Index of the total weight. */
        public static final int WEIGHT = 0;

        /** Index of the sum of the log densities. */
        public static final int LOG_DENSITY = 1;

        @Override
        public int length() {
            return 2;
        }

        @Override
        public Accumulator accumulator() {
            PredictiveDensity density = new PredictiveDensity(model, draws);
            double[] statistics = new double[length()];
            return Accumulator.of(statistics, block -> {
                double[] found = density.evaluate(block);
                for (int i = 0; i < block.size(); i++) {
                    statistics[WEIGHT] += block.weight(i);
                    statistics[LOG_DENSITY] += block.weight(i) * found[i];
                }
            });
        }
    }
}
