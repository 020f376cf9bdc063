package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.model.ColumnConditionals;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.Block;
import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.ejml.data.DMatrixRMaj;

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

    /** Index of each group among those with Gaussian columns; −1 if it has none. */
    private final int[] groupOfNumbers;

    private final int[] gaussian;
    private final int[] discrete;
    private final int[] student;

    /** Null if there are no Gaussian columns. */
    private final ColumnConditionals numbers;

    private final DMatrixRMaj joint = new DMatrixRMaj(0, 0);

    /** log p(k | x_rest) of the row and the group of the last call. */
    private final double[] logShares;

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
        this.terms = new double[mixture.components()];
        this.levels = new ConditionalLevels(density);
        this.groupOfNumbers = new int[groups.length];
        int[][] ofNumbers = new int[groups.length][];
        int count = 0;
        for (int c = 0; c < groups.length; c++) {
            boolean hasNumbers = gaussianPlaces[c].length > 0;
            groupOfNumbers[c] = hasNumbers ? count : -1;
            if (hasNumbers) {
                ofNumbers[count++] = gaussianPlaces[c];
            }
        }
        this.numbers = mixture.gaussian() == null
                ? null
                : new ColumnConditionals(mixture.gaussian(), density.gaussian(), Arrays.copyOf(ofNumbers, count));
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
        if (numbers != null) {
            numbers.evaluate(mixture.columns().gaussian(Block.of(rows)).rows());
            joint.setTo(numbers.joint());
        } else {
            joint.reshape(mixture.components(), n);
            for (int k = 0; k < joint.numRows; k++) {
                Arrays.fill(joint.data, k * n, (k + 1) * n, density.logWeight(k));
            }
        }
        for (int c = 0; c < groups.length; c++) {
            for (int k = 0; k < joint.numRows; k++) {
                for (int i = 0; i < n; i++) {
                    joint.add(k, i, independent(i, c, k));
                }
            }
        }
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
                    : StudentCells.logDensity(MixedMixture.row(mixture.student().get(s), component), x);
        }
        return sum;
    }

    /** Computes log p(k | x_rest). */
    private void condition(int row, int group) {
        for (int k = 0; k < logShares.length; k++) {
            int c = groupOfNumbers[group];
            double own = c < 0 ? 0 : numbers.logDensity(k, row, c);
            logShares[k] = joint.get(k, row) - own - independent(row, group, k);
        }
        double sum = LogTails.logSumExp(logShares);
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
        int observed = 0;
        for (int place : gaussianPlaces[group]) {
            observed += Double.isNaN(rows.get(row, gaussian[place])) ? 0 : 1;
        }
        if (observed > 0) {
            for (int k = 0; k < terms.length; k++) {
                double distance = numbers.squaredDistance(k, row, groupOfNumbers[group]);
                terms[k] = logShares[k] + LogTails.chiSquare(observed, distance);
            }
            least = Math.min(least, LogTails.logSumExp(terms));
            parts++;
        }
        for (int s : studentPlaces[group]) {
            double x = rows.get(row, student[s]);
            if (!Double.isNaN(x)) {
                for (int k = 0; k < terms.length; k++) {
                    double[] own = MixedMixture.row(mixture.student().get(s), k);
                    double t = (x - own[StudentCells.LOCATION]) / Math.sqrt(own[StudentCells.SCALE]);
                    terms[k] = logShares[k] + LogTails.student(own[StudentCells.DEGREES], t);
                }
                least = Math.min(least, LogTails.logSumExp(terms));
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
        return t < 0 ? number(row, column).mean() : levels.expected(t, logShares);
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
        return t < 0 ? number(row, column).quantile(probability) : levels.quantile(t, logShares, probability);
    }

    private ConditionalCell number(int row, int column) {
        int k = logShares.length;
        double[] weights = new double[k];
        double[] means = new double[k];
        double[] variances = new double[k];
        double[] degrees = new double[k];
        int place = MixedColumns.place(gaussian, column);
        for (int i = 0; i < k; i++) {
            weights[i] = StrictMath.exp(logShares[i]);
            if (place >= 0) {
                means[i] = numbers.mean(i, row, place);
                variances[i] = numbers.variance(i, row, place);
                degrees[i] = Double.POSITIVE_INFINITY;
            } else {
                int s = MixedColumns.place(student, column);
                double[] own = MixedMixture.row(mixture.student().get(s), i);
                means[i] = own[StudentCells.LOCATION];
                variances[i] = own[StudentCells.SCALE];
                degrees[i] = own[StudentCells.DEGREES];
            }
        }
        return new ConditionalCell(weights, means, variances, degrees);
    }

    /**
     * The distribution of one number given the other columns of its row: a mixture of normal or t distributions.
     *
     * @param weights w, k numbers of sum 1. Not to be modified.
     * @param means m, locations, k numbers. Not to be modified.
     * @param variances v, squared scales, k numbers above 0. Not to be modified.
     * @param degrees degrees of freedom, k numbers above 0; infinite for normal distributions. Not to be modified.
     */
    record ConditionalCell(double[] weights, double[] means, double[] variances, double[] degrees) {
        private static final RealDistribution NORMAL = new NormalDistribution(null, 0, 1);

        /** Bisections of the bracket of a quantile; each adds a bit, and a double has 53. */
        private static final int BISECTIONS = 60;

        /** Returns the expected value Σ_k w_k m_k; of a t distribution its location counts. */
        double mean() {
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                sum = Math.fma(weights[k], means[k], sum);
            }
            return sum;
        }

        /**
         * Returns the quantile of a probability. It lies between the least and the greatest quantile of the components
         * that have a weight.
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
                if (weights[k] > 0) {
                    double deviate = standard(k).inverseCumulativeProbability(probability);
                    double quantile = means[k] + deviate * Math.sqrt(variances[k]);
                    low = Math.min(low, quantile);
                    high = Math.max(high, quantile);
                }
            }
            for (int i = 0; i < BISECTIONS && low < high; i++) {
                double middle = low + 0.5 * (high - low);
                if (cumulative(middle) < probability) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return low + 0.5 * (high - low);
        }

        private RealDistribution standard(int component) {
            return Double.isInfinite(degrees[component]) ? NORMAL : new TDistribution(null, degrees[component]);
        }

        private double cumulative(double value) {
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                if (weights[k] > 0) {
                    sum += weights[k] * standard(k).cumulativeProbability((value - means[k]) / Math.sqrt(variances[k]));
                }
            }
            return sum;
        }
    }
}
