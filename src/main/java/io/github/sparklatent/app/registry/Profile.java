package io.github.sparklatent.app.registry;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.io.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * The distribution of each feature of a table, kept with the version that was trained on it.
 *
 * @param rows number of rows of the table
 * @param features one profile for each feature
 */
record Profile(long rows, List<Feature> features) {
    /** Name of the file in a version. */
    static final String FILE = "profile.json";

    /** The number of bins of a feature with enough different values. */
    private static final int BINS = 10;

    /**
     * The distribution of a feature.
     *
     * @param sampled number of observed values that the figures were computed from
     * @param missing share of missing values, in [0, 1]
     * @param mean mean of the observed values; NaN if there is none
     * @param deviation their standard deviation
     * @param edges upper edges of all bins but the last, ascending
     * @param counts number of observed values in each bin
     */
    record Feature(
            String name,
            long sampled,
            double missing,
            double mean,
            double deviation,
            double[] edges,
            long[] counts) {

        /** Returns the number of the values in each of this profile's bins. */
        long[] count(double[] values) {
            return counted(edges, values);
        }
    }

    /** Returns the profile of a sampled table. */
    static Profile of(TableSample sample) {
        List<Feature> features = new ArrayList<>();
        for (int j = 0; j < sample.names().size(); j++) {
            features.add(
                    feature(sample.names().get(j), sample.observed(j), sample.values().size()));
        }
        return new Profile(sample.rows(), features);
    }

    private static Feature feature(String name, double[] observed, int rows) {
        int n = observed.length;
        double mean = DoubleStream.of(observed).average().orElse(Double.NaN);
        double squares = DoubleStream.of(observed).map(x -> (x - mean) * (x - mean)).sum();
        boolean isConstant = n > 0 && observed[0] == observed[n - 1];
        double[] edges =
                n == 0
                        ? new double[0]
                        : isConstant
                                ? new double[] {Math.nextDown(observed[0]), observed[0]}
                                : DoubleStream.iterate(1, i -> i < BINS, i -> i + 1)
                                        .map(i -> observed[(int) (i * n / BINS)])
                                        .distinct()
                                        .toArray();
        return new Feature(
                name,
                n,
                rows == 0 ? 0 : 1 - (double) n / rows,
                mean,
                n > 1 && !isConstant ? Math.sqrt(squares / (n - 1)) : 0,
                edges,
                counted(edges, observed));
    }

    /** Counts values in bins; a value equal to an edge is in the bin below it. */
    private static long[] counted(double[] edges, double[] values) {
        long[] counts = new long[edges.length + 1];
        for (double value : values) {
            int found = Arrays.binarySearch(edges, value);
            counts[found >= 0 ? found : -found - 1]++;
        }
        return counts;
    }

    /** Returns the profile of a feature by its name. */
    Optional<Feature> feature(String name) {
        return features.stream().filter(feature -> feature.name().equals(name)).findFirst();
    }

    /** Returns the profile as JSON. */
    String json() {
        return Json.text(
                Json.object(
                        "rows",
                        rows,
                        "features",
                        features.stream()
                                .map(
                                        feature ->
                                                Json.object(
                                                        "name", feature.name(),
                                                        "sampled", feature.sampled(),
                                                        "missing", feature.missing(),
                                                        "mean", feature.mean(),
                                                        "deviation", feature.deviation(),
                                                        "edges", list(feature.edges()),
                                                        "counts", list(feature.counts())))
                                .toList()));
    }

    private static List<Double> list(double[] numbers) {
        return DoubleStream.of(numbers).boxed().toList();
    }

    private static List<Long> list(long[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    /**
     * Reads a profile.
     *
     * @throws DataException if the text is not a profile
     */
    @SuppressWarnings("unchecked") // checked by the casts of the parts and by the catch
    static Profile parse(String text) {
        try {
            Map<String, Object> object = Json.parse(text);
            return new Profile(
                    number(object.get("rows")).longValue(),
                    ((List<Map<String, Object>>) object.get("features"))
                            .stream().map(Profile::feature).toList());
        } catch (ClassCastException | NullPointerException e) {
            throw new DataException("profile.json is damaged: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("unchecked") // checked by the caller's catch
    private static Feature feature(Map<String, Object> object) {
        return new Feature(
                (String) object.get("name"),
                number(object.get("sampled")).longValue(),
                number(object.get("missing")).doubleValue(),
                object.get("mean") == null ? Double.NaN : number(object.get("mean")).doubleValue(),
                number(object.get("deviation")).doubleValue(),
                ((List<Number>) object.get("edges"))
                        .stream().mapToDouble(Number::doubleValue).toArray(),
                ((List<Number>) object.get("counts"))
                        .stream().mapToLong(Number::longValue).toArray());
    }

    private static Number number(Object value) {
        return (Number) java.util.Objects.requireNonNull(value);
    }
}
