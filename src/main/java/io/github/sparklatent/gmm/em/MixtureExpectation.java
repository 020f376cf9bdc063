package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.Centres;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.Posterior;
import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.linalg.Block;
import org.ejml.data.DMatrixRMaj;

/**
 * The E-step: assigns the rows to the components and sums the sufficient statistics.
 *
 * @param responsibilities responsibilities of each row
 * @param centres centres c_k of the statistics
 * @param layout layout of the vector of sums
 */
public record MixtureExpectation(
        Responsibilities responsibilities, Centres centres, StatisticsLayout layout)
        implements Expectation {
    /**
     * Returns the expectation under the posterior of a mixture, with statistics centred at its
     * means.
     */
    static MixtureExpectation under(Mixture mixture) {
        MixtureFactors factors = MixtureFactors.inParallel(mixture);
        return new MixtureExpectation(
                new Posterior(factors),
                factors.centres(),
                new StatisticsLayout(mixture.type(), mixture.components(), mixture.dimension()));
    }

    @Override
    public int length() {
        return layout.length();
    }

    @Override
    public Accumulator accumulator() {
        return new Sums();
    }

    private final class Sums implements Accumulator {
        private final WeightedResponsibilities weighted =
                new WeightedResponsibilities(responsibilities);
        private final Scatter scatter = Scatter.of(layout, centres);

        @Override
        public void add(Block block) {
            DMatrixRMaj r = weighted.add(block);
            scatter.add(block, r);
        }

        @Override
        public double[] statistics() {
            double[] statistics = new double[length()];
            weighted.write(statistics);
            scatter.write(statistics);
            return statistics;
        }
    }
}
