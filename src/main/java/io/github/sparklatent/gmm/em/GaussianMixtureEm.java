package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.SelectedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Expectation-maximisation of a Gaussian mixture. The objective is the mean log-likelihood, in nats
 * a row of weight 1.
 *
 * <p>A component that has lost its rows (N_k below a thousandth of an average row) is put at the
 * worst-explained row of the data, with the mean covariance of the others. When that has happened 2
 * k times in a run there is nothing left for it to explain: it then keeps its place and its
 * vanishing weight.
 */
public final class GaussianMixtureEm implements ExpectationMaximization<Mixture> {
    private static final double LEAST_ROWS = 1e-3;

    private final StatisticsLayout layout;
    private final double regularization;

    /**
     * @param regularization added to each variance; not negative
     */
    public GaussianMixtureEm(
            CovarianceType type, int components, int dimension, double regularization) {
        this.layout = new StatisticsLayout(type, components, dimension);
        this.regularization = regularization;
    }

    @Override
    public String description() {
        return "GMM %s K=%d".formatted(layout.type(), layout.components());
    }

    @Override
    public Expectation expectation(Mixture mixture) {
        return MixtureExpectation.under(mixture);
    }

    @Override
    public double objective(double[] sums) {
        return meanLogLikelihood(sums);
    }

    public static double meanLogLikelihood(double[] sums) {
        return sums[StatisticsLayout.LOG_LIKELIHOOD] / sums[StatisticsLayout.WEIGHT];
    }

    @Override
    public Update<Mixture> update(
            Mixture mixture, double[] sums, RowBlocks data, int reinitialized) {
        List<String> events = new ArrayList<>();
        double[] sizes = layout.sizes(sums);
        double floor = LEAST_ROWS * sums[StatisticsLayout.WEIGHT] / sums[StatisticsLayout.ROWS];
        List<Integer> empty =
                IntStream.range(0, sizes.length).filter(k -> !(sizes[k] >= floor)).boxed().toList();
        if (empty.isEmpty()) {
            return new Update<>(
                    new MaximizationStep(layout, regularization)
                            .maximize(sums, mixture.means(), events),
                    0,
                    events);
        }
        EmptyComponents emptyComponents =
                EmptyComponents.fill(layout, regularization, mixture, sums, empty, events);
        boolean hopeless = reinitialized + empty.size() > 2 * layout.components();
        List<SelectedRow> rows = hopeless ? List.of() : worstExplained(mixture, data, empty.size());
        for (int i = 0; i < empty.size(); i++) {
            String lost = "component " + empty.get(i) + " had lost its rows and ";
            events.add(
                    i < rows.size()
                            ? lost
                                    + "was put at the worst-explained row (re-initialising "
                                    + (reinitialized + i + 1)
                                    + ")"
                            : lost + "keeps its place and a vanishing weight");
        }
        return new Update<>(emptyComponents.at(rows), rows.size(), events);
    }

    private List<SelectedRow> worstExplained(Mixture mixture, RowBlocks data, int count) {
        return data.smallest(
                description() + ", rows to re-initialise at",
                new WorstExplained(MixtureFactors.of(mixture)),
                count);
    }
}
