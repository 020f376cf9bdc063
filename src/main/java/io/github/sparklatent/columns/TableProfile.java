package io.github.sparklatent.columns;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.WeightedNumbers;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * The distribution of each column of a training table, saved with the model. Later tables are compared with it.
 *
 * @param rows number of rows of the table
 * @param columns one profile for each column, or for each number of a vector or an array
 */
public record TableProfile(long rows, List<ColumnProfile> columns) implements Serializable {
    /** Number of quantile bins of numbers. */
    private static final int BINS = 10;

    /** Fewest sampled rows of a bin, so that none shows single rows. */
    private static final int MIN_ROWS = 10;

    /**
     * The distribution of a column. A category, or a number that more than a tenth of the weight has, is a bin of its
     * own: quantiles alone would not see the other numbers. These have up to ten quantile bins, and other categories
     * have one bin. Each bin stands for ten sampled rows or more, or for none.
     *
     * @param name name of the column
     * @param isCategory whether the values are codes of categories
     * @param sampled number of observed values that the statistics were computed from; of weighted rows the number that
     *     they count for, see {@link SampleSize}
     * @param missing share of missing values, in [0, 1]
     * @param mean mean of the observed values; NaN if there is none
     * @param deviation their standard deviation
     * @param values values with a bin of their own, ascending; these bins come first
     * @param edges upper edges of all bins of the other values but the last, ascending
     * @param counts weight of the observed values in each bin; empty if fewer than ten rows have a value
     */
    public record ColumnProfile(
            String name,
            boolean isCategory,
            double sampled,
            double missing,
            double mean,
            double deviation,
            double[] values,
            double[] edges,
            double[] counts)
            implements Serializable {
        /**
         * Returns the distribution of the values of a column.
         *
         * @param weight weight of all rows, those without a value among them
         */
        public static ColumnProfile of(Feature column, WeightedNumbers observed, double weight) {
            boolean isCategory = column.kind() == Feature.Kind.CATEGORY;
            double[] values = observed.values();
            double[] weights = observed.weights();
            int n = values.length;
            SampleSize size = observed.size();
            double mean = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                mean += weights[i] * values[i] / size.weight();
            }
            for (int i = 0; i < n; i++) {
                squares += weights[i] * (values[i] - mean) * (values[i] - mean) / size.weight();
            }
            if (n < MIN_ROWS) {
                return unknown(column).with(weight == 0 ? 0 : 1 - size.weight() / weight, new double[0]);
            }
            boolean isConstant = values[0] == values[n - 1];
            double rows = size.number();
            double[] own = frequent(observed, isCategory ? 0 : observed.weight() / BINS);
            ColumnProfile profile = new ColumnProfile(
                    column.name(),
                    isCategory,
                    rows,
                    1 - size.weight() / weight,
                    mean,
                    rows > 1 && !isConstant ? Math.sqrt(squares * rows / (rows - 1)) : 0,
                    own,
                    isCategory ? new double[0] : quantiles(observed.without(own)),
                    new double[0]);
            return profile.with(profile.missing, profile.count(observed));
        }

        /** Returns a profile of nothing. */
        public static ColumnProfile unknown(Feature column) {
            double[] none = {};
            return new ColumnProfile(column.name(), false, 0, Double.NaN, Double.NaN, 0, none, none, none);
        }

        /** Returns the profile with another share of missing values and other weights of the bins. */
        public ColumnProfile with(double share, double[] weights) {
            return new ColumnProfile(name, isCategory, sampled, share, mean, deviation, values, edges, weights);
        }

        /** Returns the number of bins. */
        public int bins() {
            return values.length + edges.length + 1;
        }

        /** Returns the bin of a value. A value equal to an edge is in the bin below it. */
        public int bin(double value) {
            int own = Arrays.binarySearch(values, value);
            int place = own >= 0 ? 0 : Arrays.binarySearch(edges, value);
            return own >= 0 ? own : values.length + (place >= 0 ? place : -place - 1);
        }

        /** Returns the weight of some values in each bin. */
        public double[] count(WeightedNumbers numbers) {
            double[] weights = new double[bins()];
            for (int i = 0; i < numbers.values().length; i++) {
                weights[bin(numbers.values()[i])] += numbers.weights()[i];
            }
            return weights;
        }

        /**
         * Compares other values of the column with these.
         *
         * @param weights weight of the values in each bin. Not modified.
         * @param m number of values for which the weights count
         * @param columns number of columns that are compared
         * @return empty if there is no value, or no bin
         */
        public Optional<StabilityIndex> index(double[] weights, double m, int columns) {
            return counts.length == 0 || m == 0
                    ? Optional.empty()
                    : Optional.of(StabilityIndex.of(counts, sampled, weights, m, columns));
        }

        /** Returns the number of values beside the most frequent one that has a bin of its own. */
        public double others() {
            double most = Arrays.stream(counts).limit(values.length).max().orElse(0);
            return most == 0
                    ? sampled
                    : sampled * (1 - most / Arrays.stream(counts).sum());
        }
    }

    /** Returns the values that have more than some weight and enough rows, and leave none or enough of others. */
    private static double[] frequent(WeightedNumbers numbers, double least) {
        double[] values = numbers.values();
        DoubleStream.Builder frequent = DoubleStream.builder();
        int others = values.length;
        int fewest = Integer.MAX_VALUE;
        double rarest = Double.NaN;
        for (int i = 0; i < values.length; ) {
            int from = i;
            double sum = 0;
            while (i < values.length && values[i] == values[from]) {
                sum += numbers.weights()[i++];
            }
            if (sum > least && i - from >= MIN_ROWS) {
                frequent.add(values[from]);
                others -= i - from;
                rarest = i - from < fewest ? values[from] : rarest;
                fewest = Math.min(fewest, i - from);
            }
        }
        double joined = others > 0 && others < MIN_ROWS ? rarest : Double.NaN;
        return frequent.build().filter(value -> value != joined).toArray();
    }

    private static double[] quantiles(WeightedNumbers numbers) {
        int n = numbers.values().length;
        int bins = Math.min(BINS, n / MIN_ROWS);
        DoubleStream.Builder edges = DoubleStream.builder();
        int from = 0;
        for (int i = 1; i < bins; i++) {
            double edge = numbers.quantile((double) i / bins);
            int to = from;
            while (to < n && numbers.values()[to] <= edge) {
                to++;
            }
            if (to - from >= MIN_ROWS && (to == n || n - to >= MIN_ROWS)) {
                edges.add(edge);
                from = to;
            }
        }
        return edges.build().toArray();
    }

    /**
     * The population stability index of the bins of two samples, of n and of m values.
     *
     * <pre>
     *   Σ_b (q_b − p_b) ln(q_b / p_b)
     *   p_b = (n_b + ½) / (n + B/2),  q_b = (m_b + ½) / (m + B/2)
     * </pre>
     *
     * <p>Half a value is added to each of the B bins, so that an empty bin has a finite term (Krichevsky and Trofimov,
     * The performance of universal encoding, 1981).
     *
     * <p>If nothing has changed, the index is approximately (1/n + 1/m) times a chi-square variable with B − 1 degrees
     * of freedom (Yurdakul and Naranjo, Statistical properties of the population stability index, 2020). A bin that
     * both samples leave empty is not counted in these degrees.
     *
     * @param value the index
     * @param chance the largest index that chance explains; infinite if fewer than two bins have a value
     */
    public record StabilityIndex(double value, double chance) {
        /**
         * Index above which a distribution has changed enough to be reported (Siddiqi, Credit Risk Scorecards, 2006).
         */
        public static final double LIMIT = 0.2;

        /** The probability that any column of an unchanged table is reported. */
        private static final double FALSE_ALARMS = 0.01;

        /**
         * Compares two samples.
         *
         * @param before weight of the values in each bin of the first sample. Not modified.
         * @param n number of values for which the weights of the first sample count, above 0
         * @param after weight of the values in each bin of the second sample. Not modified.
         * @param m the same number of the second sample
         * @param columns number of columns that are compared
         */
        public static StabilityIndex of(double[] before, double n, double[] after, double m, int columns) {
            Require.that(n > 0 && m > 0, "the samples have %s and %s values, expected some in each", n, m);
            double sumBefore = Arrays.stream(before).sum();
            double sumAfter = Arrays.stream(after).sum();
            double index = 0;
            for (int bin = 0; bin < before.length; bin++) {
                double p = (n * before[bin] / sumBefore + 0.5) / (n + 0.5 * before.length);
                double q = (m * after[bin] / sumAfter + 0.5) / (m + 0.5 * after.length);
                index += (q - p) * Math.log(q / p);
            }
            long bins = IntStream.range(0, after.length)
                    .filter(bin -> before[bin] > 0 || after[bin] > 0)
                    .count();
            double level = FALSE_ALARMS / Math.max(1, columns);
            return new StabilityIndex(
                    index,
                    bins < 2
                            ? Double.POSITIVE_INFINITY
                            : (1 / n + 1 / m)
                                    * new ChiSquaredDistribution(bins - 1.0).inverseCumulativeProbability(1 - level));
        }

        /** Returns the index above which a change is reported. */
        public double limit() {
            return Math.max(LIMIT, chance);
        }
    }
}
