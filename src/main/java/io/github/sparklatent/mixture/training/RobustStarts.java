package io.github.sparklatent.mixture.training;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.EmListener;
import io.github.sparklatent.learn.em.EmLoop;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowSample;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.em.ComponentPrior;
import io.github.sparklatent.mixture.em.MixtureEm;
import io.github.sparklatent.mixture.robust.TrimmedEm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * The starts of robust fits of one component (FAST-MCD, Rousseeuw and Van Driessen 1999). Mean and covariance of all
 * rows are no good start: a tight group of outliers can widen the covariance so far that its rows look like the others.
 * Few random rows may well hold none of them.
 *
 * <p>A random sample of the distinct rows is sent to the driver, each with the weight of all rows that equal it. Fits
 * to this sample start at d + 1 of its rows, many times, and make two rounds each; the best of them go on until they
 * converge. The k-th restart over all rows begins at the k-th best.
 *
 * <p>A start needs complete rows. A missing value is replaced by the same column of a random row of the sample, which
 * keeps the variance of the column. With means instead, a column that is seldom observed would start nearly constant,
 * and the rows in which it is observed would be left out for good.
 */
final class RobustStarts {
    /** Rows of the sample. FAST-MCD has as many. */
    private static final int SAMPLE = 1500;

    /** Most numbers of the sample, unless it then had less than two rows for each column. */
    private static final int NUMBERS = 500_000;

    private static final int MAX_STARTS = 100;
    private static final int MIN_STARTS = 5;

    /** Multiplications that all starts may take: some seconds on one core. */
    private static final double WORK = 2e10;

    private static final int CONVERGED_STARTS = 5;
    private static final int MIN_ROUNDS = 10;

    /** Fewest values of a column in the sample from which missing ones are drawn. */
    private static final int MIN_VALUES = 10;

    private static final StoppingRule TWO_ROUNDS = new StoppingRule(2, 0);

    private final RowBlocks data;
    private final MixtureOptions options;
    private final SearchListener listener;
    private List<MixedMixture> best;

    RobustStarts(RowBlocks data, MixtureOptions options, SearchListener listener) {
        this.data = data;
        this.options = options;
        this.listener = listener;
    }

    /** Returns the starts in order of their objective, the best first. */
    List<MixedMixture> best() {
        if (best == null) {
            int d = data.width();
            int affordable = (int) Math.min(SAMPLE, WORK / (3 * MIN_STARTS * work(1)));
            int size = Math.max(2 * d, Math.min(affordable, NUMBERS / d));
            long key = RandomStreams.key(options.seed(), Purpose.START_ROWS, 1);
            RowSample drawn = RowSample.of(data, "robust start, random rows", key, size);
            DMatrixRMaj rows = new DMatrixRMaj(drawn.rows().toArray(double[][]::new));
            best = best(new Block(rows, drawn.weights(), rows.numRows));
        }
        return best;
    }

    private List<MixedMixture> best(Block weighted) {
        DMatrixRMaj sample = weighted.rows();
        RowBlocks rows = new InMemoryRowBlocks(List.of(List.of(weighted)));
        DMatrixRMaj filled = filled(sample);
        double work = 3 * work(sample.numRows);
        int starts = (int) Math.max(MIN_STARTS, Math.min(MAX_STARTS, WORK / work));
        List<EmResult<MixedMixture>> fits = new ArrayList<>();
        Block whole = weighted.with(filled);
        fits.add(fit(rows, start(new InMemoryRowBlocks(List.of(List.of(whole)))), TWO_ROUNDS));
        for (int i = 0; i < starts && !listener.isOver(); i++) {
            DMatrixRMaj drawn = drawn(filled, i);
            if (!areEqual(drawn)) { // rows that differed by what was missing
                fits.add(fit(rows, start(InMemoryRowBlocks.of(drawn, drawn.numRows)), TWO_ROUNDS));
            }
        }
        int rounds = (int) Math.max(MIN_ROUNDS, WORK / work(sample.numRows));
        StoppingRule rule = new StoppingRule(
                Math.min(options.stopping().maxRounds(), rounds),
                options.stopping().tolerance());
        Comparator<EmResult<MixedMixture>> order = Comparator.comparingDouble(found -> -found.objective());
        return fits.stream()
                .sorted(order)
                .limit(CONVERGED_STARTS)
                .map(found -> fit(rows, found.model(), rule))
                .sorted(order)
                .map(EmResult::model)
                .toList();
    }

    /** Returns the multiplications of a round: four traversals, with factors of incomplete rows. */
    private double work(int rows) {
        double d = data.width();
        return 4 * rows * d * d * (data.isComplete() ? 1 : d);
    }

    /**
     * Replaces missing values by those of random rows; returns the same rows if they are complete. A column of which
     * the sample has few values gets normal ones with its moments in the table.
     */
    private DMatrixRMaj filled(DMatrixRMaj sample) {
        DMatrixRMaj filled = sample.copy();
        double[][] moments = null;
        for (int j = 0; j < sample.numCols; j++) {
            int column = j;
            double[] observed = IntStream.range(0, sample.numRows)
                    .mapToDouble(i -> sample.get(i, column))
                    .filter(value -> !Double.isNaN(value))
                    .toArray();
            boolean isRare = observed.length < Math.min(MIN_VALUES, sample.numRows);
            if (isRare && moments == null) {
                double[] means = ColumnMoments.means(data);
                moments = new double[][] {means, ColumnMoments.variances(data, means)};
            }
            RandomGenerator random = RandomStreams.of(options.seed(), Purpose.START_ROWS, 2, j);
            for (int i = 0; i < sample.numRows; i++) {
                if (Double.isNaN(sample.get(i, j))) {
                    filled.set(
                            i,
                            j,
                            isRare
                                    ? moments[0][j] + Math.sqrt(moments[1][j]) * random.nextGaussian()
                                    : observed[random.nextInt(observed.length)]);
                }
            }
        }
        return filled;
    }

    /** Draws d + 1 rows of the sample, or all of them if there are fewer. */
    private DMatrixRMaj drawn(DMatrixRMaj sample, int start) {
        int d = sample.numCols;
        int count = Math.min(sample.numRows, d + 1);
        RandomGenerator random = RandomStreams.of(options.seed(), Purpose.START_ROWS, 1, start);
        int[] order = new int[sample.numRows];
        for (int i = 0; i < order.length; i++) {
            int at = random.nextInt(i + 1);
            order[i] = order[at];
            order[at] = i;
        }
        DMatrixRMaj rows = new DMatrixRMaj(count, d);
        for (int i = 0; i < count; i++) {
            System.arraycopy(sample.data, order[i] * d, rows.data, i * d, d);
        }
        return rows;
    }

    private static boolean areEqual(DMatrixRMaj rows) {
        int d = rows.numCols;
        return IntStream.range(d, rows.getNumElements()).allMatch(i -> rows.data[i] == rows.data[i - d]);
    }

    private MixedColumns columns() {
        return MixedColumns.ofNumbers(data.width());
    }

    private MixedMixture start(RowBlocks rows) {
        return new MixtureStart(new TrainingRows(rows, columns(), options, SearchListener.none()), options, 1, 0)
                .wholeWithLoadings();
    }

    private EmResult<MixedMixture> fit(RowBlocks rows, MixedMixture start, StoppingRule rule) {
        MixtureEm em = new MixtureEm(options.layout(columns(), 1), options.regularization(), ComponentPrior.NONE);
        return EmLoop.run(
                new TrimmedEm(em, rows, options.robust().trim()),
                rows,
                EmState.start(start),
                rule,
                EmListener.endingWhen(listener::isOver));
    }
}
