package io.github.sparklatent.cluster.table;

import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.columns.UsableNumbers;
import io.github.sparklatent.learn.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Turns the statistics of a table into errors, or into warnings if the data can be used anyway. */
public record UsabilityCheck(TableStatistics statistics, FeatureColumns columns, TableOptions options) {
    private static final int NAMED = 5;

    public void requireUsable() {
        require(statistics.rows() > 0, "the table has no rows");
        requireWeights();
        if (options.invalid() == Invalid.ERROR) {
            requireValid(
                    statistics.keyless == 0,
                    "key column \"%s\" is null in %d of %d rows, expected a key in each"
                            .formatted(options.id(), statistics.keyless, statistics.rows()));
        }
        require(
                statistics.leastWidth() >= statistics.width(),
                "the rows differ in length: from %d to %d numbers in features %s, expected the same number in each"
                        .formatted(statistics.leastWidth(), statistics.width(), quoted(columns.columns())));
        if (options.invalid() == Invalid.ERROR) {
            requireValid(
                    statistics.nullRows == 0,
                    "features %s are null in %d of %d rows, expected vectors or arrays"
                            .formatted(quoted(columns.columns()), statistics.nullRows, statistics.rows()));
        }
        if (options.invalid() != Invalid.SKIP) {
            requireFiniteNumbers();
        }
        require(
                statistics.width() != 0,
                "the features %s are empty, expected at least one number per row".formatted(quoted(columns.columns())));
        require(
                statistics.train().rows > 0,
                statistics.heldOut().rows > 0
                        ? "all %d rows are held out, none is left for training; lower the held-out fraction"
                                .formatted(statistics.heldOut().rows)
                        : "none of the %d rows can be used: each has weight 0%s or %s"
                                .formatted(statistics.rows(), statistics.keyless > 0 ? ", no key" : "", unusable()));
        if (options.trainedOn()) {
            List<String> empty = namesWhere(j -> statistics.train().missing[j] == statistics.train().rows);
            require(
                    empty.isEmpty(),
                    "features %s have no value in any of the %d training rows, expected at least one; remove them from the features"
                            .formatted(quoted(empty), statistics.train().rows));
        }
    }

    private String unusable() {
        return options.invalid() == Invalid.KEEP
                ? "no value in any feature"
                : "a feature that is null, NaN, infinite or beyond " + UsableNumbers.GREATEST;
    }

    private void requireWeights() {
        String column = options.weight();
        for (TableStatistics.WeightFlaw flaw : TableStatistics.WeightFlaw.values()) {
            long count = statistics.weightFlaws[flaw.ordinal()];
            require(
                    count == 0,
                    "weight column \"%s\" holds %s in %d of %d rows, expected finite numbers not below 0"
                            .formatted(column, flaw.words, count, statistics.rows()));
        }
        require(
                statistics.rows() == 0 || statistics.weightless < statistics.rows(),
                "weight column \"%s\" is 0 in all %d rows, expected some above 0".formatted(column, statistics.rows()));
    }

    private void requireFiniteNumbers() {
        if (options.invalid() != Invalid.KEEP) {
            requireNone("NaN or null", part -> part.missing);
        }
        requireNone("infinite", part -> part.infinite);
        requireNone("greater than " + UsableNumbers.GREATEST + ", too large to be squared", part -> part.huge);
    }

    private void requireNone(String found, Function<TableStatistics.Part, long[]> flaws) {
        long[] byColumn = statistics.counts(flaws);
        long count = Arrays.stream(byColumn).sum();
        String sentence = "%d of %d numbers are %s (in %s), expected finite numbers"
                .formatted(
                        count,
                        (statistics.rows() - statistics.nullRows) * statistics.width(),
                        found,
                        quoted(namesWhere(j -> j < byColumn.length && byColumn[j] > 0)));
        if (options.invalid() == Invalid.KEEP) {
            // To skip invalid rows would also skip those with missing values.
            require(count == 0, sentence + "; correct them, or make them missing values");
        } else {
            requireValid(count == 0, sentence);
        }
    }

    /**
     * Requires rows of the length that a scaling was learnt on.
     *
     * @param scaling scaling of an existing model, or null if there is none
     * @throws DataException if the rows are longer or shorter
     */
    public void requireWidthOf(Scaling scaling) {
        int width = scaling == null ? 0 : scaling.shift().length;
        require(
                width == 0 || width == statistics.width(),
                "the rows have %d numbers in features %s, expected %d (those the model was fitted on)"
                        .formatted(statistics.width(), quoted(columns.columns()), width));
    }

    /**
     * Requires complete rows if they are scaled to unit length.
     *
     * @param scaling scaling of an existing model, or null if there is none
     * @throws DataException if values of such rows are missing
     */
    public void requireScalable(Scaling scaling) {
        Scale scale = scaling == null ? options.scale() : scaling.kind();
        require(
                scale != Scale.UNIT || incomplete() == 0,
                "%d of %d rows have missing values, but rows are scaled to unit length, which needs every value; expected complete rows or another scaling"
                        .formatted(incomplete(), statistics.rows()));
    }

    /** Returns the share of training rows in which each feature is missing; empty if none is. */
    public List<Double> missingShares() {
        return statistics.train().incomplete == 0
                ? List.of()
                : Arrays.stream(statistics.train().missing)
                        .mapToObj(count -> (double) count / statistics.train().rows)
                        .toList();
    }

    private long incomplete() {
        return statistics.train().incomplete + statistics.heldOut().incomplete;
    }

    private List<String> namesWhere(IntPredicate condition) {
        List<String> names = columns.featureNames(statistics.width());
        return IntStream.range(0, names.size())
                .filter(condition)
                .mapToObj(names::get)
                .toList();
    }

    /** Returns the first names in quotes, and how many more there are. */
    public static String quoted(List<String> names) {
        String first = String.join(
                ", ",
                names.stream().limit(NAMED).map(name -> "\"" + name + "\"").toList());
        return names.size() > NAMED ? first + " and " + (names.size() - NAMED) + " more" : first;
    }

    /** Returns warnings about usable data as sentences. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        List<Feature> features = columns.features(statistics.width());
        List<Integer> constant = IntStream.range(0, features.size())
                .filter(j -> statistics.train().least[j] == statistics.train().greatest[j])
                .boxed()
                .toList();
        if (!constant.isEmpty() && options.scale() != Scale.BOTH) {
            String named = String.join(
                    ", ",
                    constant.stream()
                            .limit(NAMED)
                            .map(j -> features.get(j).kind() == Feature.Kind.CATEGORY
                                    ? features.get(j).name()
                                    : features.get(j).name() + " = " + statistics.train().least[j])
                            .toList());
            warnings.add("%d of %d columns are constant and carry no information: %s%s"
                    .formatted(constant.size(), features.size(), named, constant.size() > NAMED ? ", ..." : ""));
        }
        long flawed = statistics.leftOut() - statistics.weightless - statistics.keyless;
        if (flawed > 0) {
            warnings.add(leftOut(flawed, statistics.rows(), options.invalid()));
        }
        if (statistics.keyless > 0) {
            warnings.add(
                    "%d of %d rows were left out: their key is null".formatted(statistics.keyless, statistics.rows()));
        }
        if (statistics.weightless > 0) {
            warnings.add("%d of %d rows were left out: their weight is 0"
                    .formatted(statistics.weightless, statistics.rows()));
        }
        if (options.holdoutFraction() > 0 && statistics.heldOut().rows == 0) {
            warnings.add("no row is held out: the held-out fraction %s selected none of %d rows"
                    .formatted(options.holdoutFraction(), statistics.train().rows));
        }
        if (options.hasMorePartitionsThan(statistics.train().rows)) {
            warnings.add(
                    "%s is %d, but the table has %d training rows: some partitions are empty, but each is a task in every round"
                            .formatted(options.partitionsKey(), options.partitions(), statistics.train().rows));
        }
        return warnings;
    }

    /** Returns the warning that rows with unusable numbers were left out. */
    public static String leftOut(long flawed, long rows, Invalid invalid) {
        return "%d of %d rows were left out: %s"
                .formatted(
                        flawed,
                        rows,
                        invalid == Invalid.KEEP
                                ? "no feature had a value"
                                : "a feature was null, NaN, infinite or beyond " + UsableNumbers.GREATEST);
    }

    private static void requireValid(boolean condition, String sentence) {
        if (!condition) {
            throw new InvalidRowsException(sentence);
        }
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new DataException(sentence);
        }
    }

    /**
     * Thrown if rows hold numbers that are not usable. The caller adds how such rows can be left out, because a job has
     * a key for this and an Estimator a Param.
     */
    public static final class InvalidRowsException extends DataException {
        InvalidRowsException(String message) {
            super(message);
        }
    }
}
