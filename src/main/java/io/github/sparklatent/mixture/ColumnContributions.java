package io.github.sparklatent.mixture;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.gaussian.ColumnConditionals;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.analysis.solvers.BracketingNthOrderBrentSolver;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Says which columns of a table make a row unlikely: how well the cells of a column fit all other observed cells of the
 * row. A column of the table is a group c of numbers of the row.
 *
 * <pre>
 *   log π_k p(x_rest | k) = log π_k p(x | k) − log p(x_c | x_rest, k)
 *   −log p(x_c | x_rest)  = log Σ_k π_k p(x_rest | k) − log Σ_k π_k p(x | k)        (surprisal)
 *   w_k                   = p(k | x_rest)
 *   −log Σ_k w_k P_k(a value at least as far from its mean as x_c)               (contribution)
 * </pre>
 *
 * <p>The surprisal does not compare columns: it depends on the unit of a number, and a column of many even levels
 * always has a large one. A contribution is the negative logarithm of a probability, so it has no unit and means the
 * same for columns of all families: e⁻³ is a value of which the other columns let one row in twenty have one as odd.
 * For numbers, the distance is that of Mahalanobis, to the mean under each component. For a level, a count or a number
 * with a histogram, the probability is that of all values whose density is not greater. If a group has parts of several
 * families, the least probability of a part counts, times the number of parts (Bonferroni).
 *
 * <p>Holds a few numbers for each component and cell of a block, so blocks should be small. One thread only.
 */
public final class ColumnContributions {
    /** Numbers as far out have finite distances, so that their columns still have contributions. */
    private static final double FAR = 1e100;

    private final MixedMixture mixture;
    private final MixedDensity density;
    private final int[][] groups;

    /** The Gaussian, discrete and t columns of each group, as places among those of the kind. */
    private final int[][] gaussianPlaces;

    private final int[][] discretePlaces;
    private final int[][] studentPlaces;

    private final int[] gaussian;
    private final int[] discrete;
    private final int[] student;

    /** Null if there are no Gaussian columns. */
    private final ColumnConditionals numbers;

    private final DMatrixRMaj joint = new DMatrixRMaj(0, 0);

    /** log p(k | x_rest) of the row and the group of the last call; the same for each group is not computed again. */
    private final double[] logShares;

    /** Squared distances of the numbers of that group. */
    private final double[] distances;

    private int lastRow;
    private int lastGroup;

    private final double[] terms;
    private final ConditionalLevels levels;
    private DMatrixRMaj rows;

    /**
     * Prepares the distributions of complete rows.
     *
     * @param groups columns of each group, ascending; each column is in one group. Not modified.
     */
    public ColumnContributions(MixedDensity density, int[][] groups) {
        this.density = density;
        this.mixture = density.mixture();
        this.groups = groups.clone();
        MixedColumns columns = mixture.columns();
        this.gaussian = columns.gaussian();
        this.discrete = columns.discrete();
        this.student = columns.student();
        this.gaussianPlaces = places(gaussian);
        this.discretePlaces = places(discrete);
        this.studentPlaces = places(student);
        this.logShares = new double[mixture.components()];
        this.distances = new double[mixture.components()];
        this.terms = new double[mixture.components()];
        this.levels = new ConditionalLevels(density);
        this.numbers = mixture.gaussian() == null
                ? null
                : new ColumnConditionals(mixture.gaussian(), density.gaussian(), gaussianPlaces);
    }

    private int[][] places(int[] among) {
        return Arrays.stream(groups)
                .map(group -> Arrays.stream(group)
                        .map(column -> MixedColumns.place(among, column))
                        .filter(place -> place >= 0)
                        .toArray())
                .toArray(int[][]::new);
    }

    /**
     * Evaluates some rows.
     *
     * @param block n × d, NaN where a cell is missing. Not modified.
     */
    public void evaluate(DMatrixRMaj block) {
        rows = block.copy();
        Arrays.setAll(rows.data, i -> Math.max(-FAR, Math.min(FAR, rows.data[i])));
        int n = rows.numRows;
        lastRow = -1;
        joint.reshape(n, mixture.components());
        if (numbers != null) {
            numbers.evaluate(mixture.columns().gaussian(Block.of(rows)).rows());
            CommonOps_DDRM.transpose(numbers.joint(), joint);
        } else {
            Arrays.setAll(joint.data, i -> density.logWeight(i % joint.numCols));
        }
        for (int c = 0; c < groups.length; c++) {
            for (int k = 0; k < joint.numCols && hasOthers(c); k++) {
                for (int i = 0; i < n; i++) {
                    joint.add(i, k, independent(i, c, k));
                }
            }
        }
    }

    private boolean hasOthers(int group) {
        return discretePlaces[group].length + studentPlaces[group].length > 0;
    }

    /** Returns the log density of the cells of a group that are not Gaussian. */
    private double independent(int row, int group, int component) {
        double sum = 0;
        for (int t : discretePlaces[group]) {
            sum += levels.logDensity(t, component, rows.get(row, discrete[t]));
        }
        for (int s : studentPlaces[group]) {
            double x = rows.get(row, student[s]);
            sum += Double.isNaN(x)
                    ? 0
                    : StudentCells.logDensity(Rows.row(mixture.student().get(s), component), x);
        }
        return sum;
    }

    /** Computes log p(k | x_rest). */
    private void condition(int row, int group) {
        if (row == lastRow && group == lastGroup) {
            return;
        }
        lastRow = row;
        lastGroup = group;
        System.arraycopy(joint.data, row * logShares.length, logShares, 0, logShares.length);
        if (observedNumbers(row, group) > 0) {
            numbers.squaredDistances(row, group, distances);
            for (int k = 0; k < logShares.length; k++) {
                logShares[k] += 0.5 * distances[k] - numbers.peak(k, row, group);
            }
        }
        for (int k = 0; k < logShares.length && hasOthers(group); k++) {
            logShares[k] -= independent(row, group, k);
        }
        double sum = LogSumExp.of(logShares);
        for (int k = 0; k < logShares.length; k++) {
            logShares[k] -= sum;
        }
    }

    private boolean isMissing(int row, int group) {
        for (int column : groups[group]) {
            if (!Double.isNaN(rows.get(row, column))) {
                return false;
            }
        }
        return true;
    }

    private int observedNumbers(int row, int group) {
        int observed = 0;
        for (int place : gaussianPlaces[group]) {
            observed += Double.isNaN(rows.get(row, gaussian[place])) ? 0 : 1;
        }
        return observed;
    }

    /**
     * Returns the contribution of a group, in nats, not negative: the greater, the less it fits the other columns. NaN
     * if all cells of the group are missing.
     */
    public double contribution(int row, int group) {
        if (isMissing(row, group)) {
            return Double.NaN;
        }
        condition(row, group);
        double least = 0;
        int parts = 0;
        int observed = observedNumbers(row, group);
        if (observed > 0) {
            double greatest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < terms.length; k++) {
                boolean counts = logShares[k] - greatest > -LogSumExp.NEGLIGIBLE; // a tail is at most 1
                terms[k] =
                        counts ? logShares[k] + LogTails.chiSquare(observed, distances[k]) : Double.NEGATIVE_INFINITY;
                greatest = Math.max(greatest, terms[k]);
            }
            least = Math.min(least, LogSumExp.of(terms));
            parts++;
        }
        for (int s : studentPlaces[group]) {
            double x = rows.get(row, student[s]);
            if (!Double.isNaN(x)) {
                for (int k = 0; k < terms.length; k++) {
                    double[] own = Rows.row(mixture.student().get(s), k);
                    double t = (x - own[StudentCells.LOCATION]) / Math.sqrt(own[StudentCells.SCALE]);
                    terms[k] = logShares[k] + LogTails.student(own[StudentCells.DEGREES], t);
                }
                least = Math.min(least, LogSumExp.of(terms));
                parts++;
            }
        }
        for (int t : discretePlaces[group]) {
            double x = rows.get(row, discrete[t]);
            if (!Double.isNaN(x)) {
                least = Math.min(least, levels.logNotMoreProbable(t, logShares, x));
                parts++;
            }
        }
        return Math.max(0, -least - StrictMath.log(parts));
    }

    /**
     * Returns what a cell is expected to be given the other columns: the mean of a number or a count, the most probable
     * level of a category. NaN if the cell is missing.
     */
    public double expected(int row, int group, int column) {
        if (Double.isNaN(rows.get(row, column))) {
            return Double.NaN;
        }
        condition(row, group);
        int t = MixedColumns.place(discrete, column);
        return t < 0 ? number(row, group, column).mean() : levels.expected(t, logShares);
    }

    /**
     * Returns a quantile of a cell given the other columns; of a count at most the greatest count of the training rows.
     * NaN if the cell is missing, or a category.
     *
     * @param probability between 0 and 1, both excluded
     */
    public double quantile(int row, int group, int column, double probability) {
        if (Double.isNaN(rows.get(row, column))) {
            return Double.NaN;
        }
        condition(row, group);
        int t = MixedColumns.place(discrete, column);
        return t < 0 ? number(row, group, column).quantile(probability) : levels.quantile(t, logShares, probability);
    }

    /** Returns the distribution of a number; components that are too rare to matter are left out. */
    private ConditionalCell number(int row, int group, int column) {
        int[] own = IntStream.range(0, logShares.length)
                .filter(k -> logShares[k] > -LogSumExp.NEGLIGIBLE)
                .toArray();
        double[][] cell = new double[4][own.length];
        int place = MixedColumns.place(gaussian, column);
        for (int i = 0; i < own.length; i++) {
            double[] of = place < 0
                    ? Rows.row(mixture.student().get(MixedColumns.place(student, column)), own[i])
                    : numbers.moments(own[i], row, group, place);
            cell[0][i] = StrictMath.exp(logShares[own[i]]);
            cell[1][i] = place < 0 ? of[StudentCells.LOCATION] : of[0];
            cell[2][i] = place < 0 ? of[StudentCells.SCALE] : of[1];
            cell[3][i] = place < 0 ? of[StudentCells.DEGREES] : Double.POSITIVE_INFINITY;
        }
        return new ConditionalCell(cell[0], cell[1], cell[2], cell[3]);
    }

    /**
     * The distribution of one number given the other columns of its row: a mixture of normal or t distributions.
     *
     * @param weights w, k numbers above 0 of sum 1. Not to be modified.
     * @param means m, locations, k numbers. Not to be modified.
     * @param variances v, squared scales, k numbers above 0. Not to be modified.
     * @param degrees degrees of freedom, k numbers above 0; infinite for normal distributions. Not to be modified.
     */
    record ConditionalCell(double[] weights, double[] means, double[] variances, double[] degrees) {
        private static final RealDistribution NORMAL = new NormalDistribution(null, 0, 1);
        private static final int MAX_EVALUATIONS = 1000;

        /** Precision of a quantile relative to itself, and to its bracket. */
        private static final double PRECISION = 1e-15;

        private static final double PRECISION_IN_BRACKET = 0x1p-60;

        /** Returns the expected value Σ_k w_k m_k; of a t distribution its location counts. */
        double mean() {
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                sum = Math.fma(weights[k], means[k], sum);
            }
            return sum;
        }

        /**
         * Returns the quantile of a probability. It lies between the least and the greatest quantile of the components.
         *
         * @param probability between 0 and 1, both excluded
         */
        double quantile(double probability) {
            Require.that(
                    probability > 0 && probability < 1,
                    "probability is %s, expected a number above 0 and below 1",
                    probability);
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < weights.length; k++) {
                double deviate = standard(k).inverseCumulativeProbability(probability);
                double quantile = means[k] + deviate * Math.sqrt(variances[k]);
                low = Math.min(low, quantile);
                high = Math.max(high, quantile);
            }
            if (Math.nextUp(low) >= high || !(cumulative(low) < probability)) {
                return low;
            }
            return cumulative(high) > probability
                    ? new BracketingNthOrderBrentSolver(PRECISION, PRECISION_IN_BRACKET * (high - low), 5)
                            .solve(MAX_EVALUATIONS, value -> cumulative(value) - probability, low, high)
                    : high;
        }

        private RealDistribution standard(int component) {
            return Double.isInfinite(degrees[component]) ? NORMAL : new TDistribution(null, degrees[component]);
        }

        private double cumulative(double value) {
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                double deviate = (value - means[k]) / Math.sqrt(variances[k]);
                boolean isNormal = Double.isInfinite(degrees[k]);
                sum += weights[k] * (isNormal ? normal(deviate) : standard(k).cumulativeProbability(deviate));
            }
            return sum;
        }

        /**
         * Returns Φ(z) = ½ + φ(z) (z + z³ / 3 + z⁵ / (3 · 5) + …) to an absolute 1e-15 (Marsaglia 2004, Evaluating the
         * Normal Distribution). With the incomplete gamma function of the library, explanations took 2.5 times as long.
         */
        private static double normal(double z) {
            if (Math.abs(z) > 9) {
                return z < 0 ? 0 : 1;
            }
            double term = z;
            double sum = z;
            for (int i = 3; Math.abs(term) > 1e-17 * Math.abs(sum); i += 2) {
                term *= z * z / i;
                sum += term;
            }
            return 0.5 + sum * StrictMath.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
        }
    }
}
