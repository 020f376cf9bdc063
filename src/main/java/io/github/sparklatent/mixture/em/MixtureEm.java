package io.github.sparklatent.mixture.em;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.Coordinates;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.DiscreteCells;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.Responsibilities;
import io.github.sparklatent.mixture.StudentCells;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Expectation-maximisation of a mixture. The objective is the mean log posterior density, in nats per row of weight 1:
 * the log-likelihood and the log prior, divided by the weight of all rows. It does not fall, because each M-step
 * maximises it, or takes a step of EM that does not lower it (t distributions). With a regularization above 0, which is
 * added to the variances after the M-step, it may fall by what this costs.
 *
 * <p>A component is empty if N_k is below a thousandth of the smallest row weight: it explains less than a thousandth
 * of any one row. It is re-initialised at the row on which the mixture loses most of the log-likelihood, with the mean
 * covariance of the other components (the covariance of the heaviest if covariances are factored) and cells half as
 * that row and half as the whole table; a missing value of this row is replaced by its mean given the others. After 2 k
 * re-initialisations in a run, and in the last permitted round, an empty component keeps its distributions and its
 * weight near 0: no rows are left for it to explain, or no round to find them.
 */
public final class MixtureEm implements ExpectationMaximization<MixedMixture>, Serializable {
    private static final double MIN_ROWS = 1e-3;

    private static final RowScore ROW_WEIGHT = partition -> (block, scores) -> {
        for (int i = 0; i < block.size(); i++) {
            scores[i] = block.weight(i);
        }
    };

    private final MixtureLayout layout;
    private final double regularization;
    private final ComponentPrior prior;

    /** M-step of the Gaussian columns; null if there are none. */
    private final MaximizationStep step;

    private final boolean accelerated;

    /** Components drawn for each row; 0: its exact responsibilities. */
    private final int draws;

    private final long seed;

    /** Smallest weight of a row, a constant of the data; NaN until it is needed. */
    private double lightest = Double.NaN;

    /**
     * Creates the problem without acceleration.
     *
     * @param layout columns, number of components and form of the covariances
     * @param regularization added to each variance, or to each noise variance of factored covariances; not negative
     */
    public MixtureEm(MixtureLayout layout, double regularization, ComponentPrior prior) {
        this(layout, regularization, prior, false, 0, 0);
    }

    private MixtureEm(
            MixtureLayout layout,
            double regularization,
            ComponentPrior prior,
            boolean accelerated,
            int draws,
            long seed) {
        this.layout = layout;
        this.regularization = regularization;
        this.prior = prior;
        this.step = layout.gaussian().dimension() == 0
                ? null
                : new MaximizationStep(layout.gaussian(), regularization, prior.gaussian());
        this.accelerated = accelerated;
        this.draws = draws;
        this.seed = seed;
    }

    /** Returns the same problem with or without acceleration. */
    public MixtureEm withAcceleration(boolean acceleration) {
        return new MixtureEm(layout, regularization, prior, acceleration, draws, seed);
    }

    /**
     * Returns the same problem by Monte-Carlo EM (Wei and Tanner 1990): the responsibilities of a row are the shares of
     * components drawn from its posterior. The objective stays exact.
     *
     * @param count number of components drawn for each row, at least 1
     */
    public MixtureEm withDraws(int count, long seedOfDraws) {
        return new MixtureEm(layout, regularization, prior, accelerated, count, seedOfDraws);
    }

    public MixtureLayout layout() {
        return layout;
    }

    public ComponentPrior prior() {
        return prior;
    }

    /** Returns the M-step of the Gaussian columns; null if there are none. */
    public MaximizationStep step() {
        return step;
    }

    @Override
    public String description() {
        int factors = layout.gaussian().factors();
        return "%s%s K=%d%s"
                .formatted(
                        draws > 0 ? "Monte-Carlo " : "",
                        !layout.isGaussian()
                                ? "mixture"
                                : (prior.gaussian().bounds() == null ? "GMM " : "")
                                        + layout.gaussian().type(),
                        layout.components(),
                        factors == 0 ? "" : " L=" + factors);
    }

    @Override
    public Expectation expectation(MixedMixture mixture) {
        MixedDensity density = new MixedDensity(mixture);
        return draws == 0
                ? MixtureExpectation.under(density)
                : MixtureExpectation.under(
                        density,
                        new DrawnResponsibilities(
                                density, draws, RandomStreams.key(seed, Purpose.COMPONENT_DRAW, hash(mixture))));
    }

    /** Returns a number that differs from round to round. */
    private static long hash(MixedMixture mixture) {
        List<double[]> numbers = mixture.parameters();
        int first = mixture.gaussian() == null ? 1 : 2; // weights and means
        long hash = 0;
        for (int i = 0; i < numbers.size() - 1; i++) { // without the shares of missing cells
            long own = RandomStreams.hash(numbers.get(i), 0, numbers.get(i).length);
            hash = i < first ? hash ^ own : 31 * hash + own;
        }
        return hash;
    }

    @Override
    public double objective(MixedMixture mixture, double[] sums) {
        return objective(sums) + prior.logDensity(mixture) / weight(sums);
    }

    @Override
    public Optional<Coordinates<MixedMixture>> coordinates(MixedMixture reference) {
        return accelerated
                ? Optional.of(new MixtureCoordinates(reference, prior.gaussian().bounds()))
                : Optional.empty();
    }

    @Override
    public Update<MixedMixture> update(
            MixedMixture mixture, double[] sums, RowBlocks data, int reinitialized, boolean last) {
        List<String> warnings = new ArrayList<>();
        List<Integer> empty = empty(sums, data);
        List<double[]> rows = last || empty.isEmpty() || reinitialized + empty.size() > 2 * layout.components()
                ? List.of()
                : worstExplained(mixture, sums, data, empty.size());
        MixedMixture next = maximize(mixture, sums, true, empty, rows, warnings);
        for (int i = 0; i < empty.size(); i++) {
            warnings.add(("component %d had no rows left and "
                            + (i < rows.size()
                                    ? "was re-initialised at the worst-explained row (re-initialisation %d)"
                                    : "keeps its distributions and a weight near 0"))
                    .formatted(empty.get(i), reinitialized + i + 1));
        }
        return new Update<>(next, rows.size(), warnings);
    }

    /** Returns the indices of the empty components, ascending. */
    private List<Integer> empty(double[] sums, RowBlocks data) {
        // No row is heavier than all rows together, so most fits need not look for the lightest.
        if (empty(sums, weight(sums)).isEmpty()) {
            return List.of();
        }
        if (Double.isNaN(lightest)) {
            String description = description() + ", the smallest row weight";
            lightest = data.smallest(description, ROW_WEIGHT, 1).get(0).score();
        }
        return empty(sums, lightest);
    }

    /** Returns the indices of the components with less than a thousandth of a row of some weight. */
    private List<Integer> empty(double[] sums, double weight) {
        double[] sizes = layout.gaussian().sizes(sums);
        return IntStream.range(0, sizes.length)
                .filter(k -> !(sizes[k] >= MIN_ROWS * weight))
                .boxed()
                .toList();
    }

    private List<double[]> worstExplained(MixedMixture mixture, double[] sums, RowBlocks data, int count) {
        MixedDensity density = new MixedDensity(mixture);
        MixtureScores scores = new MixtureScores(density);
        return data
                .smallest(
                        description() + ", rows to re-initialise at",
                        new WorstExplained(density, objective(sums)),
                        count)
                .stream()
                .map(SelectedRow::values)
                .map(scores::imputed)
                .toList();
    }

    /**
     * Scores rows by their contribution to the log-likelihood, relative to a typical row. Components are re-initialised
     * at the rows with the smallest score. The score of a row of weight w is w (log p(x) − r), where r is the log
     * density of a typical row: a row of weight w counts as much as w rows of weight 1.
     *
     * @param typical r, the mean log-likelihood of the rows
     */
    record WorstExplained(MixedDensity density, double typical) implements RowScore {
        @Override
        public Scorer scorer(int partition) {
            Responsibilities.Assigner assigner = density.assigner();
            DMatrixRMaj joint = new DMatrixRMaj(0, 0);
            return (block, scores) -> {
                assigner.assign(block, joint, scores);
                for (int i = 0; i < block.size(); i++) {
                    scores[i] = block.weight(i) * (scores[i] - typical);
                }
            };
        }
    }

    /**
     * Returns the mixture of the M-step on statistics that are not those of an E-step under one mixture, as in stepwise
     * EM. A component with less than a thousandth of a mean row keeps its distributions.
     *
     * @param statistics centred at {@code mixture}. Not modified.
     * @param warnings receives a sentence for each repair. Modified.
     */
    public MixedMixture maximize(double[] statistics, MixedMixture mixture, List<String> warnings) {
        List<Integer> empty = empty(statistics, weight(statistics) / Math.max(1, statistics[StatisticsLayout.ROWS]));
        return maximize(mixture, statistics, false, empty, List.of(), warnings);
    }

    /**
     * Returns the mixture of the M-step.
     *
     * @param sums centred at {@code mixture}. Not modified.
     * @param own whether the sums are those of an E-step under {@code mixture}, so that they bound the likelihood of t
     *     distributions
     * @param empty indices of components that keep their distributions, ascending
     * @param rows complete rows at which the first of these are placed instead
     * @param warnings receives a sentence for each repair. Modified.
     */
    public MixedMixture maximize(
            MixedMixture mixture,
            double[] sums,
            boolean own,
            List<Integer> empty,
            List<double[]> rows,
            List<String> warnings) {
        MixtureParameters numbers = step == null ? null : numbers(mixture, sums, empty, rows, warnings);
        double[] sizes = layout.gaussian().sizes(sums);
        return new MixedMixture(
                layout.columns(),
                numbers == null ? EmptyComponents.weights(sizes, empty, rows.size()) : numbers.weights(),
                numbers,
                discrete(mixture, sums, empty, rows),
                student(mixture, sums, own, empty, rows),
                missing(mixture, sums, sizes, empty),
                null);
    }

    private MixtureParameters numbers(
            MixedMixture mixture, double[] sums, List<Integer> empty, List<double[]> rows, List<String> warnings) {
        return empty.isEmpty()
                ? step.maximize(sums, mixture.gaussian(), warnings)
                : EmptyComponents.fill(
                        step,
                        mixture.gaussian(),
                        sums,
                        empty,
                        rows.stream().map(layout.columns()::gaussian).toList(),
                        warnings);
    }

    /** Returns the tables of the discrete columns. */
    public List<DMatrixRMaj> discrete(MixedMixture mixture, double[] sums, List<Integer> empty, List<double[]> rows) {
        int[] columns = layout.columns().discrete();
        List<DMatrixRMaj> next = new ArrayList<>();
        for (int t = 0; t < columns.length; t++) {
            MixedColumns.Column column = layout.columns().get(columns[t]);
            DMatrixRMaj parameters = mixture.discrete().get(t).copy();
            for (int k = 0; k < parameters.numRows; k++) {
                int gap = empty.indexOf(k);
                double[] histogram = prior.with(t, layout.histogram(sums, t, k));
                if (gap >= 0 && gap < rows.size()) {
                    set(parameters, k, prior.discreteAt(t, rows.get(gap)[columns[t]]));
                } else if (gap < 0 && Arrays.stream(histogram).sum() > 0) {
                    set(parameters, k, DiscreteCells.fit(column, histogram));
                }
            }
            next.add(parameters);
        }
        return next;
    }

    /** Returns the t distributions. */
    public List<DMatrixRMaj> student(
            MixedMixture mixture, double[] sums, boolean own, List<Integer> empty, List<double[]> rows) {
        int[] columns = layout.columns().student();
        List<DMatrixRMaj> next = new ArrayList<>();
        for (int t = 0; t < columns.length; t++) {
            DMatrixRMaj parameters = mixture.student().get(t).copy();
            double typical = prior.typical(columns[t]);
            for (int k = 0; k < parameters.numRows; k++) {
                int gap = empty.indexOf(k);
                double[] some = layout.studentSums(sums, t, k);
                double[] before = Rows.row(parameters, k);
                if (gap >= 0 && gap < rows.size()) {
                    set(parameters, k, prior.studentAt(columns[t], rows.get(gap)[columns[t]]));
                } else if (gap < 0 && some[0] > 0) {
                    set(
                            parameters,
                            k,
                            own
                                    ? StudentCells.fit(some, before, prior.rows(), typical)
                                    : StudentCells.step(some, before, prior.rows(), typical));
                }
            }
            next.add(parameters);
        }
        return next;
    }

    /** Returns the shares of missing cells. */
    public DMatrixRMaj missing(MixedMixture mixture, double[] sums, double[] sizes, List<Integer> empty) {
        DMatrixRMaj shares = mixture.missing().copy();
        for (int k = 0; k < sizes.length; k++) {
            double size = sizes[k] + prior.rows(); // 0 of a component that variational Bayes has emptied
            for (int j = 0; j < shares.numCols && size > 0 && !empty.contains(k); j++) {
                double weight = sums[layout.missing(k) + j] + prior.rows() * prior.missing(j);
                shares.set(k, j, Math.min(1, weight / size));
            }
        }
        return shares;
    }

    private static void set(DMatrixRMaj matrix, int row, double[] values) {
        System.arraycopy(values, 0, matrix.data, row * matrix.numCols, matrix.numCols);
    }
}
