package io.github.sparklatent.gmm.stochastic;

import io.github.sparklatent.gmm.em.GaussianMixtureEm;
import io.github.sparklatent.gmm.em.MaximizationStep;
import io.github.sparklatent.gmm.em.MixtureExpectation;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.learn.em.Expectation;
import java.util.List;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Gaussian mixtures, whose statistics are centred at the means.
 *
 * @param layout layout of the statistics
 * @param step M-step
 */
record GaussianProblem(StatisticsLayout layout, MaximizationStep step)
        implements LocalProblem<Mixture> {
    static GaussianProblem of(GaussianMixtureEm em) {
        return new GaussianProblem(em.layout(), em.step());
    }

    @Override
    public int components() {
        return layout.components();
    }

    @Override
    public int columns() {
        return layout.dimension();
    }

    @Override
    public int length() {
        return layout.length();
    }

    @Override
    public Expectation expectation(Mixture mixture) {
        return MixtureExpectation.under(MixtureFactors.of(mixture), layout);
    }

    @Override
    public double[] expected(Mixture mixture, double weight) {
        return layout.expected(mixture, weight);
    }

    @Override
    public Mixture maximize(double[] statistics, Mixture mixture, List<String> events) {
        for (int k = 0; k < layout.components(); k++) {
            // A component without rows keeps its statistics until they underflow.
            int at = StatisticsLayout.SIZES + k;
            statistics[at] = Math.max(statistics[at], Double.MIN_NORMAL);
        }
        return step.maximize(statistics, mixture.means(), events);
    }

    @Override
    public void moveCentres(double[] statistics, Mixture from, Mixture to) {
        layout.moveCentres(statistics, CommonOps_DDRM.subtract(to.means(), from.means(), null));
    }
}
