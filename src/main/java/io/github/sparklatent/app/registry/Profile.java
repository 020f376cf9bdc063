package io.github.sparklatent.app.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.sparklatent.cluster.table.TableSample;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.StateCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The distribution of each feature of a table, kept with the version that was trained on it.
 *
 * @param rows number of rows of the table
 * @param features one profile for each feature
 */
record Profile(long rows, List<Feature> features) {
    /** Name of the file in a version. */
    static final String FILE = "profile.json";

    /** The number of quantile bins of a feature with enough different values. */
    private static final int BINS = 10;

    /**
     * The distribution of a feature. A value that more than a tenth of the weight has is a bin of its own, because
     * quantiles would otherwise not see the other values. They have quantile bins.
     *
     * @param sampled number of observed values that the statistics were computed from; of weighted rows the number that
     *     they count for, see {@link SampleSize}
     * @param missing share of missing values, in [0, 1]
     * @param mean mean of the observed values; NaN if there is none
     * @param deviation their standard deviation
     * @param frequent the most frequent value, if it has a bin of its own, the first; else NaN
     * @param edges upper edges of all bins of the other values but the last, ascending
     * @param counts weight of the observed values in each bin
     */
    record Feature(
            String name,
            double sampled,
            double missing,
            double mean,
            double deviation,
            double frequent,
            double[] edges,
            double[] counts) {
        /**
         * Returns the distribution of the values of a feature.
         *
         * @param weight weight of all rows, those without a value among them
         */
        static Feature of(String name, WeightedNumbers observed, double weight) {
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
            boolean isConstant = n > 0 && values[0] == values[n - 1];
            double frequent = mostFrequent(observed);
            double[] edges = quantiles(observed.without(frequent));
            double rows = n == 0 ? 0 : size.number();
            return new Feature(
                    name,
                    rows,
                    weight == 0 ? 0 : 1 - size.weight() / weight,
                    n == 0 ? Double.NaN : mean,
                    rows > 1 && !isConstant ? Math.sqrt(squares * rows / (rows - 1)) : 0,
                    frequent,
                    edges,
                    counted(frequent, edges, observed));
        }

        /** Returns the weight of the values in each of this profile's bins. */
        double[] count(WeightedNumbers values) {
            return counted(frequent, edges, values);
        }

        /** Returns whether the most frequent value has a bin of its own. */
        boolean isSplit() {
            return !Double.isNaN(frequent);
        }

        /** Returns the number of the values that have quantile bins. */
        double others() {
            double all = Arrays.stream(counts).sum();
            return isSplit() && all > 0 ? sampled * (1 - counts[0] / all) : sampled;
        }
    }

    /** Returns the profile of a sampled table. */
    static Profile of(TableSample sample) {
        List<Feature> features = new ArrayList<>();
        double weight = Arrays.stream(sample.weights()).sum();
        for (int j = 0; j < sample.names().size(); j++) {
            features.add(Feature.of(sample.names().get(j), observed(sample, j), weight));
        }
        return new Profile(sample.rows(), features);
    }

    /** Returns the finite values of a feature in a sample. */
    static WeightedNumbers observed(TableSample sample, int feature) {
        int[] kept = IntStream.range(0, sample.weights().length)
                .filter(i -> Double.isFinite(sample.values().get(i)[feature]))
                .toArray();
        return WeightedNumbers.of(
                IntStream.of(kept)
                        .mapToDouble(i -> sample.values().get(i)[feature])
                        .toArray(),
                IntStream.of(kept).mapToDouble(i -> sample.weights()[i]).toArray());
    }

    private static double[] quantiles(WeightedNumbers numbers) {
        return numbers.values().length == 0
                ? new double[0]
                : IntStream.range(1, BINS)
                        .mapToDouble(i -> numbers.quantile((double) i / BINS))
                        .distinct()
                        .toArray();
    }

    /** Returns the most frequent value, the least of several, if it fills more than a bin. */
    private static double mostFrequent(WeightedNumbers numbers) {
        double[] values = numbers.values();
        double most = numbers.weight() / BINS;
        double frequent = Double.NaN;
        for (int i = 0; i < values.length; ) {
            double value = values[i];
            double sum = 0;
            while (i < values.length && values[i] == value) {
                sum += numbers.weights()[i++];
            }
            if (sum > most) {
                most = sum;
                frequent = value;
            }
        }
        return frequent;
    }

    /** Sums weights in bins; a value equal to an edge is in the bin below it. */
    private static double[] counted(double frequent, double[] edges, WeightedNumbers numbers) {
        int first = Double.isNaN(frequent) ? 0 : 1;
        double[] counts = new double[first + edges.length + 1];
        for (int i = 0; i < numbers.values().length; i++) {
            double value = numbers.values()[i];
            int found = Arrays.binarySearch(edges, value);
            int bin = value == frequent ? 0 : first + (found >= 0 ? found : -found - 1);
            counts[bin] += numbers.weights()[i];
        }
        return counts;
    }

    /** Returns the profile as JSON. */
    String json() {
        try {
            return StateCodec.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a profile cannot be written as JSON", e);
        }
    }

    /** Reads a profile. Throws a DataException if the text is not a profile. */
    static Profile parse(String text) {
        try {
            return StateCodec.JSON.readValue(text, Profile.class);
        } catch (JsonProcessingException e) {
            throw new DataException("profile.json is damaged: " + e.getOriginalMessage(), e);
        }
    }
}
