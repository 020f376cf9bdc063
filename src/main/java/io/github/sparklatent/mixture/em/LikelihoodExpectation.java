package io.github.sparklatent.mixture.em;

import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.mixture.Responsibilities;

/**
 * Log-likelihood, weight, number of rows and component sizes, without the statistics of an update. Used to evaluate a
 * mixture and to weight the candidates of k-means||. The vector is the head of {@link StatisticsLayout}.
 *
 * @param responsibilities responsibilities of each row
 */
public record LikelihoodExpectation(Responsibilities responsibilities) implements Expectation {
    @Override
    public Accumulator accumulator() {
        WeightedResponsibilities weighted = new WeightedResponsibilities(responsibilities.assigner());
        double[] sizes = new double[responsibilities.components()];
        return Accumulator.of(
                () -> {
                    double[] statistics = new double[StatisticsLayout.SIZES + sizes.length];
                    weighted.write(statistics);
                    System.arraycopy(sizes, 0, statistics, StatisticsLayout.SIZES, sizes.length);
                    return statistics;
                },
                block -> Scatter.addSizes(weighted.add(block), sizes));
    }
}
