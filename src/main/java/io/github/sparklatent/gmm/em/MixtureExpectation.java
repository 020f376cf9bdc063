package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.BlockDensities;
import io.github.sparklatent.gmm.model.Centres;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.model.Posterior;
import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.learn.em.Expectation;

/**
 * The E-step: assigns the rows to the components and sums the sufficient statistics.
 *
 * @param responsibilities responsibilities of each row
 * @param centres centres c_k of the statistics
 * @param layout layout of the vector of sums
 * @param factors mixture under which missing values are completed; null if all rows are complete and covariances are
 *     not factored
 */
public record MixtureExpectation(
        Responsibilities responsibilities, Centres centres, StatisticsLayout layout, MixtureFactors factors)
        implements Expectation {
    /** Creates the expectation over complete rows. */
    public MixtureExpectation(Responsibilities responsibilities, Centres centres, StatisticsLayout layout) {
        this(responsibilities, centres, layout, null);
    }

    /** Returns the expectation under the posterior of a mixture, with statistics centred at its means. */
    static MixtureExpectation under(MixtureParameters mixture) {
        return under(MixtureFactors.inParallel(mixture), StatisticsLayout.of(mixture));
    }

    /** Returns the same for a mixture whose covariances are factorised already. */
    public static MixtureExpectation under(MixtureFactors factors, StatisticsLayout layout) {
        return new MixtureExpectation(new Posterior(factors), factors.centres(), layout, factors);
    }

    /** Returns the same expectation with responsibilities drawn from the posterior. */
    MixtureExpectation withDraws(int draws, long key) {
        return new MixtureExpectation(
                new DrawnResponsibilities(responsibilities, draws, key), centres, layout, factors);
    }

    @Override
    public int length() {
        return layout.length();
    }

    @Override
    public Accumulator accumulator() {
        // E-step and M-step share the densities, so that incomplete rows are evaluated once.
        BlockDensities densities = factors == null ? null : factors.densities();
        WeightedResponsibilities weighted = new WeightedResponsibilities(
                factors == null ? responsibilities.assigner() : responsibilities.assigner(densities));
        ComponentSums sums = new ComponentSums(layout, centres, factors, densities);
        return Accumulator.of(
                () -> {
                    double[] statistics = new double[length()];
                    weighted.write(statistics);
                    sums.write(statistics);
                    return statistics;
                },
                block -> sums.add(block, weighted.add(block)));
    }
}
