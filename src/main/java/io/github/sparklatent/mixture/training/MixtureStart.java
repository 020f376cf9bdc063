package io.github.sparklatent.mixture.training;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.MappedRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.Responsibilities;
import io.github.sparklatent.mixture.em.ComponentPrior;
import io.github.sparklatent.mixture.em.MaximizationStep;
import io.github.sparklatent.mixture.em.MixtureEm;
import io.github.sparklatent.mixture.em.MixtureExpectation;
import io.github.sparklatent.mixture.em.MixtureLayout;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.gaussian.Centres;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.initialization.Initialization;
import io.github.sparklatent.mixture.initialization.KMeansStart;
import io.github.sparklatent.mixture.initialization.KMeansStart.NearestCentre;
import io.github.sparklatent.mixture.initialization.OverClustering;
import io.github.sparklatent.mixture.initialization.OverClustering.MergedResponsibilities;
import io.github.sparklatent.mixture.initialization.RandomRows;
import io.github.sparklatent.mixture.initialization.ReportingRowBlocks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Computes the mixture that EM starts from. If all columns are Gaussian, missing values are replaced by the means of
 * their columns; else the clusters are those of {@linkplain RowEmbedding embedded} rows.
 */
final class MixtureStart {
    /**
     * Share of the variance that the first loadings explain. It is small, so that the first responsibilities are those
     * of the start. EM multiplies it in each round along the directions in which the columns of a component correlate.
     */
    private static final double FIRST_SHARE = 0.1;

    private final TrainingRows table;
    private final RowBlocks data;
    private final MixtureOptions options;
    private final int components;
    private final int restart;

    /** The statistics of the start, whose covariances are not factored. */
    private final MixtureLayout layout;

    MixtureStart(TrainingRows table, MixtureOptions options, int components, int restart) {
        this.table = table;
        this.data = new ReportingRowBlocks(table.starting(), table.listener()::whileStarting);
        this.options = options;
        this.components = components;
        this.restart = restart;
        MixtureLayout whole = options.layout(table.columns(), components);
        this.layout = new MixtureLayout(
                whole.columns(),
                new StatisticsLayout(
                        whole.gaussian().type().ofNoise(),
                        components,
                        whole.gaussian().dimension()));
    }

    /**
     * Returns the initial mixture.
     *
     * @throws DataException if the data has fewer distinct rows than components, or fewer than two
     */
    MixedMixture mixture() {
        DMatrixRMaj rows = distinctRows();
        return withLoadings(
                switch (options.initialization().ofRestart(restart)) {
                    case VARIED -> throw new IllegalStateException("a restart has one method");
                    case K_MEANS_PARALLEL -> byClusters(rows);
                    case RANDOM_ROWS -> atRows(rows, whole(rows));
                    case OVER_CLUSTERING -> {
                        MixedMixture fine = overClustered();
                        MergedResponsibilities merged = OverClustering.merge(new MixedDensity(fine), data, components);
                        yield maximize(merged, OverClustering.centres(fine, merged));
                    }
                });
    }

    private MixedMixture byClusters(DMatrixRMaj rows) {
        if (table.isGaussian()) {
            DMatrixRMaj centres = centres(data);
            return maximize(new NearestCentre(centres), centres);
        }
        RowEmbedding embedding = new RowEmbedding(table.totals());
        RowBlocks embedded = new MappedRowBlocks(data, embedding);
        if (randomRows(embedded, components).size() < components) { // different rows can be embedded at one place
            return atRows(rows, whole(rows));
        }
        DMatrixRMaj centres = centres(embedded);
        return maximize(
                mapped(new NearestCentre(centres), embedding),
                new DMatrixRMaj(IntStream.range(0, components)
                        .mapToObj(k -> embedding.cells(Rows.row(centres, k)))
                        .toArray(double[][]::new)));
    }

    private DMatrixRMaj centres(RowBlocks rows) {
        return new KMeansStart(rows, components, options.seed(), restart, table.listener()::isOver).centres();
    }

    /** Returns responsibilities of rows by what they are mapped to. */
    private static Responsibilities mapped(Responsibilities of, MappedRowBlocks.Mapping mapping) {
        return () -> {
            Responsibilities.Assigner own = of.assigner();
            return (block, responsibilities, logLikelihoods) ->
                    own.assign(MappedRowBlocks.mapped(block, mapping), responsibilities, logLikelihoods);
        };
    }

    /**
     * Adds random loadings to a mixture if covariances are factored. In units of the deviations they are the same for
     * all components, so that they do not depend on the order of these.
     */
    private MixedMixture withLoadings(MixedMixture start) {
        StatisticsLayout factored = options.layout(table.columns(), components).gaussian();
        if (!factored.type().isFactored()) {
            return start;
        }
        MixtureParameters noise = start.gaussian();
        int d = noise.dimension();
        int l = factored.factors();
        RandomGenerator random = RandomStreams.of(options.seed(), Purpose.WEIGHTS, noise.components(), restart);
        double[] directions = new double[d * l];
        Arrays.setAll(directions, i -> random.nextGaussian());
        List<LinearGaussian> models = new ArrayList<>();
        for (int k = 0; k < noise.components(); k++) {
            double[] variances = new double[factored.type() == CovarianceType.PPCA ? 1 : d];
            for (int j = 0; j < variances.length; j++) {
                variances[j] = (1 - FIRST_SHARE) * noise.variance(k, j);
            }
            DMatrixRMaj loadings = new DMatrixRMaj(d, l);
            for (int i = 0; i < loadings.getNumElements(); i++) {
                double explained = FIRST_SHARE * noise.variance(k, i / l) / l;
                loadings.data[i] = Math.sqrt(explained) * directions[i];
            }
            models.add(new LinearGaussian(Rows.row(noise.means(), k), loadings, variances));
        }
        return start.with(MixtureParameters.of(factored.type(), noise.weights(), models));
    }

    /** Fits a mixture with twice the components, or with as many as there are distinct rows. */
    private MixedMixture overClustered() {
        int most = Initialization.OVER_CLUSTERING.mostComponents(components);
        int distinct = randomRows(data, most).size();
        TrainingRows rows = table.starting(options.withInitialization(Initialization.K_MEANS_PARALLEL));
        MixedMixture start = new MixtureStart(rows, rows.options(), distinct, restart).mixture();
        MixtureEm em = new MixtureEm(
                        options.layout(table.columns(), distinct),
                        options.regularization(),
                        rows.prior(distinct, options.priorRows() == 0 ? null : start))
                .withAcceleration(options.acceleration());
        RowBlocks rounds = new ReportingRowBlocks(
                table.starting(),
                round -> table.listener().whileStarting("start of K=%d: %s".formatted(components, round)));
        return table.fitted(em, rounds, start, options.stopping());
    }

    /**
     * Returns mean and covariance of all rows, as a mixture of one component.
     *
     * @throws DataException if the data has fewer distinct rows than components, or fewer than two
     */
    MixedMixture whole() {
        DMatrixRMaj rows = distinctRows();
        if (table.isGaussian()) {
            return MixedMixture.of(whole(rows));
        }
        DMatrixRMaj nowhere = new DMatrixRMaj(1, rows.numCols);
        nowhere.fill(Double.NaN);
        return maximize(null, nowhere);
    }

    /** Returns {@link #whole()} with random loadings if covariances are factored. */
    MixedMixture wholeWithLoadings() {
        return withLoadings(whole());
    }

    /** Draws random distinct rows: max(2, k) × d. Throws a DataException if the data has fewer distinct rows. */
    DMatrixRMaj distinctRows() {
        int needed = Math.max(2, components);
        List<SelectedRow> rows = randomRows(data, needed);
        if (rows.size() < 2) {
            throw new DataException(
                    data.rows() == 1
                            ? "the table has one row; a mixture needs at least 2 distinct ones"
                            : "all %d rows to train on are equal; a mixture needs at least 2 distinct ones"
                                    .formatted(data.rows()));
        }
        if (rows.size() < needed) {
            throw new DataException(
                    "the table has %d distinct rows to train on, but %d components are to be fitted; a mixture needs at least as many distinct rows as components: use at most %d"
                            .formatted(rows.size(), components, rows.size()));
        }
        return new DMatrixRMaj(rows.stream().map(SelectedRow::values).toArray(double[][]::new));
    }

    /** Returns whether the data has enough distinct rows; see {@link #distinctRows}. */
    boolean hasDistinctRows() {
        return randomRows(data, components).size() == components;
    }

    private List<SelectedRow> randomRows(RowBlocks from, int most) {
        RandomRows draw = new RandomRows(RandomStreams.key(options.seed(), Purpose.START_ROWS, components, restart));
        return from.smallest("mixture K=" + components + ", distinct rows", draw, most);
    }

    /**
     * Returns the covariance of all rows, or their typical variances if not all columns are Gaussian, as a mixture of
     * one component; null without Gaussian columns. The sums are centred at one of the rows, so no digits cancel.
     */
    private MixtureParameters whole(DMatrixRMaj rows) {
        int[] columns = table.columns().gaussian();
        StatisticsLayout one = new StatisticsLayout(layout.gaussian().type(), 1, columns.length);
        if (!table.isGaussian()) {
            return columns.length == 0 ? null : typical(one.type(), columns);
        }
        DMatrixRMaj first = new DMatrixRMaj(1, rows.numCols, true, Arrays.copyOf(rows.data, rows.numCols));
        double[] sums = data.sums(
                        "mixture, mean and covariance of all rows",
                        new MixtureExpectation(
                                new NearestCentre(first),
                                Centres.around(first),
                                new MixtureLayout(table.columns(), one)))
                .sums();
        return new MaximizationStep(one, options.regularization()).maximize(sums, first, new ArrayList<>());
    }

    private MixtureParameters typical(CovarianceType type, int[] columns) {
        int d = columns.length;
        ComponentPrior prior = table.prior(components, null);
        double[] variances = IntStream.of(columns).mapToDouble(prior::typical).toArray();
        DMatrixRMaj covariance = new DMatrixRMaj(type.rows(1, d), type.columns(d, 0));
        for (int j = 0; j < d; j++) {
            if (type == CovarianceType.SPHERICAL) {
                covariance.data[0] += variances[j] / d;
            } else {
                covariance.set(type.isSquare() ? j : 0, j, variances[j]);
            }
        }
        return MixtureParameters.component(type, new double[d], covariance);
    }

    /**
     * Runs one M-step on given responsibilities. A cluster without rows is re-initialised by the first round of EM.
     *
     * @param responsibilities of all rows; null: those under the mixture at the centres
     * @param centres k × d; NaN where a centre has no cell
     */
    private MixedMixture maximize(Responsibilities responsibilities, DMatrixRMaj centres) {
        MixedMixture at = table.isGaussian() ? null : atRows(centres, whole(centres));
        MixedDensity density = at == null ? null : new MixedDensity(at);
        double[] sums = data.sums(
                        "mixture K=%d, start".formatted(components),
                        density == null
                                ? new MixtureExpectation(responsibilities, Centres.around(centres), layout)
                                : MixtureExpectation.under(
                                        density, responsibilities == null ? density : responsibilities))
                .sums();
        MixtureEm em = new MixtureEm(layout, options.regularization(), table.prior(components, null));
        List<Integer> empty = empty(sums);
        List<String> warnings = new ArrayList<>();
        return at == null && empty.isEmpty()
                ? MixedMixture.of(em.step().maximize(sums, centres, warnings))
                : em.maximize(
                        at == null ? atRows(centres, whole(centres)) : at, sums, true, empty, List.of(), warnings);
    }

    private List<Integer> empty(double[] sums) {
        double[] sizes = layout.gaussian().sizes(sums);
        return IntStream.range(0, components).filter(k -> sizes[k] == 0).boxed().toList();
    }

    /**
     * Places components at rows.
     *
     * @param rows at least k × d; NaN where a cell is missing
     * @param whole covariance of each component; null without Gaussian columns
     */
    private MixedMixture atRows(DMatrixRMaj rows, MixtureParameters whole) {
        MixedColumns columns = table.columns();
        double[] weights = new double[components];
        Arrays.fill(weights, 1.0 / components);
        MixtureParameters numbers = whole == null ? null : numbersAt(rows, weights, whole);
        if (table.isGaussian()) {
            return MixedMixture.of(numbers);
        }
        ComponentPrior prior = table.prior(components, null);
        double[][] missing = new double[components][];
        Arrays.fill(missing, table.totals().missing());
        int[] discrete = columns.discrete();
        int[] student = columns.student();
        return new MixedMixture(
                columns,
                weights,
                numbers,
                IntStream.range(0, discrete.length)
                        .mapToObj(t -> matrix(k -> prior.discreteAt(t, rows.get(k, discrete[t]))))
                        .toList(),
                IntStream.of(student)
                        .mapToObj(j -> matrix(k -> prior.studentAt(j, rows.get(k, j))))
                        .toList(),
                new DMatrixRMaj(missing),
                null);
    }

    private DMatrixRMaj matrix(IntFunction<double[]> parameters) {
        return new DMatrixRMaj(
                IntStream.range(0, components).mapToObj(parameters).toArray(double[][]::new));
    }

    private MixtureParameters numbersAt(DMatrixRMaj rows, double[] weights, MixtureParameters whole) {
        List<MixtureParameters> each = new ArrayList<>();
        for (int k = 0; k < components; k++) {
            double[] mean = table.columns().gaussian(Rows.row(rows, k));
            for (int j = 0; j < mean.length; j++) {
                mean[j] = Double.isNaN(mean[j])
                        ? table.totals().means()[table.columns().gaussian()[j]]
                        : mean[j];
            }
            each.add(MixtureParameters.component(
                    whole.type(), mean, whole.covariances().get(0)));
        }
        return MixtureParameters.of(weights, each);
    }
}
