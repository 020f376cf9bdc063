package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.em.CovariancePrior;
import io.github.sparklatent.gmm.em.EmptyComponents;
import io.github.sparklatent.gmm.em.GaussianMixtureEm;
import io.github.sparklatent.gmm.em.MaximizationStep;
import io.github.sparklatent.gmm.em.MixtureExpectation;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.initialization.FilledRowBlocks;
import io.github.sparklatent.gmm.initialization.Initialization;
import io.github.sparklatent.gmm.initialization.KMeansStart;
import io.github.sparklatent.gmm.initialization.KMeansStart.NearestCentre;
import io.github.sparklatent.gmm.initialization.OverClustering;
import io.github.sparklatent.gmm.initialization.OverClustering.MergedResponsibilities;
import io.github.sparklatent.gmm.initialization.RandomRows;
import io.github.sparklatent.gmm.initialization.ReportingRowBlocks;
import io.github.sparklatent.gmm.initialization.StartListener;
import io.github.sparklatent.gmm.model.Centres;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.EmListener;
import io.github.sparklatent.learn.em.EmLoop;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowWeights;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.linear.LinearGaussian;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * Computes the mixture that EM starts from. Missing values are replaced by the means of their columns, see
 * {@link FilledRowBlocks}.
 */
public final class MixtureStart {
    /**
     * Share of the variance that the first loadings explain. It is small, so that the first responsibilities are those
     * of the start. EM multiplies it in each round along the directions in which the columns of a component correlate.
     */
    private static final double FIRST_SHARE = 0.1;

    private final RowBlocks unreported;
    private final RowBlocks data;
    private final MixtureOptions options;
    private final int components;
    private final int restart;
    private final StartListener listener;

    public MixtureStart(RowBlocks data, MixtureOptions options, int components, int restart, StartListener listener) {
        this.unreported = data;
        this.data = new ReportingRowBlocks(FilledRowBlocks.of(data), listener::whileStarting);
        this.options = options;
        this.components = components;
        this.restart = restart;
        this.listener = listener;
    }

    /**
     * Returns the initial mixture.
     *
     * @throws DataException if the data has fewer distinct rows than components, or fewer than two
     */
    public MixtureParameters mixture() {
        return withLoadings(ofNoise());
    }

    private MixtureParameters ofNoise() {
        DMatrixRMaj rows = distinctRows();
        return switch (options.initialization().ofRestart(restart)) {
            case VARIED -> throw new IllegalStateException("a restart has one method");
            case K_MEANS_PARALLEL -> {
                DMatrixRMaj centres =
                        new KMeansStart(data, components, options.seed(), restart, listener::isOver).centres();
                yield maximize(new NearestCentre(centres), centres);
            }
            case RANDOM_ROWS -> atRows(rows, whole(rows));
            case OVER_CLUSTERING -> {
                MixtureParameters fine = overClustered();
                MergedResponsibilities merged = OverClustering.merge(fine, data, components);
                yield maximize(merged, OverClustering.centres(fine, merged));
            }
        };
    }

    /**
     * Adds random loadings to a mixture if covariances are factored. In units of the deviations they are the same for
     * all components, so that they do not depend on the order of these.
     */
    private MixtureParameters withLoadings(MixtureParameters noise) {
        if (!options.covariance().isFactored()) {
            return noise;
        }
        int d = noise.dimension();
        int l = options.factors();
        RandomGenerator random = RandomStreams.of(options.seed(), Purpose.WEIGHTS, noise.components(), restart);
        double[] directions = new double[d * l];
        Arrays.setAll(directions, i -> random.nextGaussian());
        List<LinearGaussian> models = new ArrayList<>();
        for (int k = 0; k < noise.components(); k++) {
            double[] variances = new double[options.covariance() == CovarianceType.PPCA ? 1 : d];
            for (int j = 0; j < variances.length; j++) {
                variances[j] = (1 - FIRST_SHARE) * noise.variance(k, j);
            }
            DMatrixRMaj loadings = new DMatrixRMaj(d, l);
            for (int i = 0; i < loadings.getNumElements(); i++) {
                double explained = FIRST_SHARE * noise.variance(k, i / l) / l;
                loadings.data[i] = Math.sqrt(explained) * directions[i];
            }
            models.add(new LinearGaussian(
                    Arrays.copyOfRange(noise.means().data, k * d, (k + 1) * d), loadings, variances));
        }
        return MixtureParameters.of(options.covariance(), noise.weights(), models);
    }

    /** Fits a mixture with twice the components, or with as many as there are distinct rows. */
    private MixtureParameters overClustered() {
        int most = Initialization.OVER_CLUSTERING.mostComponents(components);
        int distinct = randomRows(most).size();
        MixtureOptions fine = options.withInitialization(Initialization.K_MEANS_PARALLEL);
        MixtureParameters start = new MixtureStart(unreported, fine, distinct, restart, listener).mixture();
        var em = new GaussianMixtureEm(
                        options.layout(distinct, data.width()),
                        options.regularization(),
                        options.covariancePrior() == 0
                                ? CovariancePrior.NONE
                                : new MixturePriors(unreported, fine, RowWeights.of(data), listener).around(start))
                .withAcceleration(options.acceleration());
        RowBlocks rounds = new ReportingRowBlocks(
                unreported, round -> listener.whileStarting("start of K=%d: %s".formatted(components, round)));
        return EmLoop.run(em, rounds, EmState.start(start), options.stopping(), EmListener.endingWhen(listener::isOver))
                .model();
    }

    /**
     * Returns mean and covariance of all rows, as a mixture of one component.
     *
     * @throws DataException if the data has fewer distinct rows than components, or fewer than two
     */
    MixtureParameters whole() {
        return whole(distinctRows());
    }

    /** Returns {@link #whole()} with random loadings if covariances are factored. */
    MixtureParameters wholeWithLoadings() {
        return withLoadings(whole());
    }

    /** Draws random distinct rows: max(2, k) × d. Throws a DataException if the data has fewer distinct rows. */
    DMatrixRMaj distinctRows() {
        int needed = Math.max(2, components);
        List<SelectedRow> rows = randomRows(needed);
        if (rows.size() < 2) {
            throw new DataException(
                    data.rows() == 1
                            ? "the table has one row; a mixture needs at least 2 distinct ones"
                            : "all "
                                    + data.rows()
                                    + " rows to train on are equal; a mixture needs at least 2 distinct ones");
        }
        if (rows.size() < needed) {
            throw new DataException(
                    "the table has %d distinct rows to train on, but components is %d; a mixture needs at least as many distinct rows as components: use at most %d components"
                            .formatted(rows.size(), components, rows.size()));
        }
        return new DMatrixRMaj(rows.stream().map(SelectedRow::values).toArray(double[][]::new));
    }

    /** Returns whether the data has enough distinct rows; see {@link #distinctRows}. */
    boolean hasDistinctRows() {
        return randomRows(components).size() == components;
    }

    private List<SelectedRow> randomRows(int most) {
        RandomRows draw = new RandomRows(RandomStreams.key(options.seed(), Purpose.START_ROWS, components, restart));
        return data.smallest("GMM K=" + components + ", distinct rows", draw, most);
    }

    /**
     * Returns mean and covariance of all rows, as a mixture of one component. The sums are centred at one of the rows,
     * so no digits cancel.
     */
    private MixtureParameters whole(DMatrixRMaj rows) {
        DMatrixRMaj first = new DMatrixRMaj(1, rows.numCols, true, Arrays.copyOf(rows.data, rows.numCols));
        StatisticsLayout layout = new StatisticsLayout(options.covariance().ofNoise(), 1, rows.numCols);
        double[] sums = data.sums(
                        "GMM, mean and covariance of all rows",
                        new MixtureExpectation(new NearestCentre(first), Centres.around(first), layout))
                .sums();
        return new MaximizationStep(layout, options.regularization()).maximize(sums, first, new ArrayList<>());
    }

    private DMatrixRMaj repeated(DMatrixRMaj mean) {
        DMatrixRMaj means = new DMatrixRMaj(components, mean.numCols);
        for (int k = 0; k < components; k++) {
            System.arraycopy(mean.data, 0, means.data, k * mean.numCols, mean.numCols);
        }
        return means;
    }

    /** Runs one M-step on given responsibilities. A cluster without rows is re-initialised by the first round of EM. */
    private MixtureParameters maximize(Responsibilities responsibilities, DMatrixRMaj centres) {
        StatisticsLayout layout = new StatisticsLayout(options.covariance().ofNoise(), components, data.width());
        MixtureExpectation expectation = new MixtureExpectation(responsibilities, Centres.around(centres), layout);
        double[] sums = data.sums("GMM %s K=%d, start".formatted(layout.type(), components), expectation)
                .sums();
        List<String> warnings = new ArrayList<>();
        List<Integer> empty = new ArrayList<>();
        double[] sizes = layout.sizes(sums);
        for (int k = 0; k < components; k++) {
            if (sizes[k] == 0) {
                empty.add(k);
            }
        }
        MaximizationStep step = new MaximizationStep(layout, options.regularization());
        return empty.isEmpty()
                ? step.maximize(sums, centres, warnings)
                : EmptyComponents.fill(step, atRows(centres, whole(centres)), sums, empty, warnings)
                        .at(List.of());
    }

    private MixtureParameters atRows(DMatrixRMaj rows, MixtureParameters whole) {
        double[] weights = new double[components];
        Arrays.fill(weights, 1.0 / components);
        DMatrixRMaj means =
                new DMatrixRMaj(components, rows.numCols, true, Arrays.copyOf(rows.data, components * rows.numCols));
        List<DMatrixRMaj> covariances = new ArrayList<>();
        DMatrixRMaj covariance = whole.covariances().get(0);
        for (int k = 0; k < whole.type().matrices(components); k++) {
            covariances.add(whole.type().isSquare() ? covariance : repeated(covariance));
        }
        return MixtureParameters.of(whole.type(), weights, means, covariances);
    }
}
