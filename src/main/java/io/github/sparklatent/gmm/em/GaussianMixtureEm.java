package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.learn.em.Coordinates;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.SelectedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Expectation-maximisation of a Gaussian mixture. The objective is the mean log-likelihood, in nats
 * per row of weight 1.
 *
 * <p>A component is empty if N_k is below a thousandth of the mean row weight. It is re-initialised
 * at the row with the lowest log density, with the mean covariance of the other components. After 2
 * k re-initialisations in a run, an empty component keeps its mean and its weight near 0: no rows
 * are left for it to explain.
 */
public final class GaussianMixtureEm implements ExpectationMaximization<Mixture> {
    private static final double LEAST_ROWS = 1e-3;

    private final StatisticsLayout layout;
    private final double regularization;
    private final boolean accelerated;

    /**
     * Creates the problem without acceleration.
     *
     * @param regularization added to each variance; not negative
     */
    public GaussianMixtureEm(
            CovarianceType type, int components, int dimension, double regularization) {
        this(new StatisticsLayout(type, components, dimension), regularization, false);
    }

    private GaussianMixtureEm(StatisticsLayout layout, double regularization, boolean accelerated) {
        this.layout = layout;
        this.regularization = regularization;
        this.accelerated = accelerated;
    }

    /** Returns the same problem with or without acceleration. */
    public GaussianMixtureEm withAcceleration(boolean acceleration) {
        return new GaussianMixtureEm(layout, regularization, acceleration);
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

    /**
     * Returns the mean log-likelihood, in nats per row of weight 1.
     *
     * @param sums sums in the layout of {@link StatisticsLayout}
     */
    public static double meanLogLikelihood(double[] sums) {
        return sums[StatisticsLayout.LOG_LIKELIHOOD] / sums[StatisticsLayout.WEIGHT];
    }

    @Override
    public double weight(double[] sums) {
        return sums[StatisticsLayout.WEIGHT];
    }

    @Override
    public Optional<Coordinates<Mixture>> coordinates(Mixture reference) {
        return accelerated ? Optional.of(new MixtureCoordinates(reference)) : Optional.empty();
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
        boolean exhausted = reinitialized + empty.size() > 2 * layout.components();
        List<SelectedRow> rows =
                exhausted ? List.of() : worstExplained(mixture, data, empty.size());
        for (int i = 0; i < empty.size(); i++) {
            String component = "component " + empty.get(i) + " had no rows left and ";
            events.add(
                    i < rows.size()
                            ? component
                                    + "was re-initialised at the worst-explained row"
                                    + " (re-initialisation "
                                    + (reinitialized + i + 1)
                                    + ")"
                            : component + "keeps its mean and a weight near 0");
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
