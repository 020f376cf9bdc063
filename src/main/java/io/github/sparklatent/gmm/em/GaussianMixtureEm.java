package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.BlockDensities;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.Coordinates;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.linalg.LogSumExp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Expectation-maximisation of a Gaussian mixture. The objective is the mean log-likelihood, in nats per row of weight
 * 1. With a {@link CovariancePrior}, the log prior is added, divided by the weight of all rows.
 *
 * <p>A component is empty if N_k is below a thousandth of the smallest row weight: it explains less than a thousandth
 * of any one row. It is re-initialised at the row on which the mixture loses most of the log-likelihood, with the mean
 * covariance of the other components (the covariance of the heaviest if covariances are factored); a missing value of
 * this row is replaced by its mean given the others. After 2 k re-initialisations in a run, and in the last permitted
 * round, an empty component keeps its mean and its weight near 0: no rows are left for it to explain, or no round to
 * find them.
 */
public final class GaussianMixtureEm implements ExpectationMaximization<MixtureParameters> {
    private static final double MIN_ROWS = 1e-3;

    private static final RowScore ROW_WEIGHT = partition -> (block, scores) -> {
        for (int i = 0; i < block.size(); i++) {
            scores[i] = block.weight(i);
        }
    };

    private final StatisticsLayout layout;
    private final double regularization;
    private final MaximizationStep step;
    private final CovariancePrior prior;
    private final boolean accelerated;

    /** Components drawn for each row; 0: its exact responsibilities. */
    private final int draws;

    private final long seed;

    /** Smallest weight of a row, a constant of the data; NaN until it is needed. */
    private double lightest = Double.NaN;

    /**
     * Creates the problem of maximum likelihood.
     *
     * @param regularization constant added to each variance; not negative
     */
    public GaussianMixtureEm(CovarianceType type, int components, int dimension, double regularization) {
        this(new StatisticsLayout(type, components, dimension), regularization, CovariancePrior.NONE);
    }

    /**
     * Creates the problem without acceleration.
     *
     * @param layout form and number of the covariances
     * @param regularization added to each variance, or to each noise variance of factored covariances; not negative
     */
    public GaussianMixtureEm(StatisticsLayout layout, double regularization, CovariancePrior prior) {
        this(layout, regularization, prior, false, 0, 0);
    }

    private GaussianMixtureEm(
            StatisticsLayout layout,
            double regularization,
            CovariancePrior prior,
            boolean accelerated,
            int draws,
            long seed) {
        this.layout = layout;
        this.regularization = regularization;
        this.step = new MaximizationStep(layout, regularization, prior);
        this.prior = prior;
        this.accelerated = accelerated;
        this.draws = draws;
        this.seed = seed;
    }

    /** Returns the same problem with or without acceleration. */
    public GaussianMixtureEm withAcceleration(boolean acceleration) {
        return new GaussianMixtureEm(layout, regularization, prior, acceleration, draws, seed);
    }

    /**
     * Returns the same problem by Monte-Carlo EM (Wei and Tanner 1990): the responsibilities of a row are the shares of
     * components drawn from its posterior. The objective stays exact.
     *
     * @param count number of components drawn for each row, at least 1
     */
    public GaussianMixtureEm withDraws(int count, long seedOfDraws) {
        return new GaussianMixtureEm(layout, regularization, prior, accelerated, count, seedOfDraws);
    }

    public StatisticsLayout layout() {
        return layout;
    }

    public MaximizationStep step() {
        return step;
    }

    @Override
    public String description() {
        return (draws > 0 ? "Monte-Carlo GMM %s K=%d" : "GMM %s K=%d").formatted(layout.type(), layout.components());
    }

    @Override
    public Expectation expectation(MixtureParameters mixture) {
        MixtureExpectation exact = MixtureExpectation.under(mixture);
        return draws == 0
                ? exact
                : exact.withDraws(draws, RandomStreams.key(seed, Purpose.COMPONENT_DRAW, hash(mixture)));
    }

    /** Returns a number that differs from round to round. */
    private static long hash(MixtureParameters mixture) {
        double[] means = mixture.means().data;
        double[] weights = mixture.weights();
        long hash = RandomStreams.hash(means, 0, means.length) ^ RandomStreams.hash(weights, 0, weights.length);
        for (DMatrixRMaj covariance : mixture.covariances()) {
            hash = 31 * hash + RandomStreams.hash(covariance.data, 0, covariance.data.length);
        }
        return hash;
    }

    @Override
    public double objective(MixtureParameters mixture, double[] sums) {
        return objective(sums) + prior.logDensity(mixture) / sums[StatisticsLayout.WEIGHT];
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
    public Optional<Coordinates<MixtureParameters>> coordinates(MixtureParameters reference) {
        return accelerated ? Optional.of(new MixtureCoordinates(reference)) : Optional.empty();
    }

    @Override
    public Update<MixtureParameters> update(
            MixtureParameters mixture, double[] sums, RowBlocks data, int reinitialized) {
        return update(mixture, sums, data, reinitialized, 2 * layout.components());
    }

    @Override
    public Update<MixtureParameters> lastUpdate(
            MixtureParameters mixture, double[] sums, RowBlocks data, int reinitialized) {
        return update(mixture, sums, data, reinitialized, 0);
    }

    /** Computes the next mixture; in the whole run at most this number of components is re-initialised. */
    private Update<MixtureParameters> update(
            MixtureParameters mixture, double[] sums, RowBlocks data, int reinitialized, int most) {
        List<String> warnings = new ArrayList<>();
        List<Integer> empty = empty(sums, data);
        if (empty.isEmpty()) {
            return new Update<>(step.maximize(sums, mixture, warnings), 0, warnings);
        }
        EmptyComponents emptyComponents = EmptyComponents.fill(step, mixture, sums, empty, warnings);
        List<SelectedRow> rows =
                reinitialized + empty.size() > most ? List.of() : worstExplained(mixture, sums, data, empty.size());
        for (int i = 0; i < empty.size(); i++) {
            String component = "component " + empty.get(i) + " had no rows left and ";
            warnings.add(
                    i < rows.size()
                            ? component
                                    + "was re-initialised at the worst-explained row (re-initialisation "
                                    + (reinitialized + i + 1)
                                    + ")"
                            : component + "keeps its mean and a weight near 0");
        }
        return new Update<>(emptyComponents.at(rows), rows.size(), warnings);
    }

    /** Returns the indices of the empty components, ascending. */
    private List<Integer> empty(double[] sums, RowBlocks data) {
        double[] sizes = layout.sizes(sums);
        // No row is heavier than all rows together, so most fits need not look for the lightest.
        double greatest = MIN_ROWS * sums[StatisticsLayout.WEIGHT];
        if (Arrays.stream(sizes).allMatch(size -> size >= greatest)) {
            return List.of();
        }
        if (Double.isNaN(lightest)) {
            String description = description() + ", the smallest row weight";
            lightest = data.smallest(description, ROW_WEIGHT, 1).get(0).score();
        }
        double floor = MIN_ROWS * lightest;
        return IntStream.range(0, sizes.length)
                .filter(k -> !(sizes[k] >= floor))
                .boxed()
                .toList();
    }

    private List<SelectedRow> worstExplained(MixtureParameters mixture, double[] sums, RowBlocks data, int count) {
        MixtureFactors factors = MixtureFactors.of(mixture);
        MixtureDensity density = new MixtureDensity(factors);
        return data
                .smallest(
                        description() + ", rows to re-initialise at",
                        new WorstExplained(factors, meanLogLikelihood(sums)),
                        count)
                .stream()
                .map(row -> new SelectedRow(row.score(), row.weight(), density.imputed(row.values())))
                .toList();
    }

    /**
     * Scores rows by their contribution to the log-likelihood, relative to a typical row. Components are re-initialised
     * at the rows with the smallest score. The score of a row of weight w is w (log p(x) − r), where r is the log
     * density of a typical row: a row of weight w counts as much as w rows of weight 1.
     *
     * @param factors mixture with factorised covariances
     * @param typical r, the mean log-likelihood of the rows
     */
    record WorstExplained(MixtureFactors factors, double typical) implements RowScore {
        @Override
        public Scorer scorer(int partition) {
            BlockDensities densities = factors.densities();
            DMatrixRMaj joint = new DMatrixRMaj(0, 0);
            return (block, scores) -> {
                densities.apply(block, joint);
                LogSumExp.normalizeColumns(joint, scores);
                for (int i = 0; i < block.size(); i++) {
                    scores[i] = block.weight(i) * (scores[i] - typical);
                }
            };
        }
    }
}
