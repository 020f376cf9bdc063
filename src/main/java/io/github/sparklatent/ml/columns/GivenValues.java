package io.github.sparklatent.ml.columns;

import io.github.sparklatent.cluster.table.NearestName;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.DateEncoder;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.config.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Values of some columns that a person gives, as numbers of a row.
 *
 * @param key what the values are called in messages
 * @param encoders encoders of all columns; empty if every number of a row stands for itself
 * @param features names of the numbers of a row
 * @param isGivable whether a number may be given, by its index
 */
public record GivenValues(String key, List<ColumnEncoder> encoders, List<String> features, IntPredicate isGivable) {
    /** Largest number of names in a message. */
    private static final int NAMED = 20;

    public GivenValues {
        encoders = List.copyOf(encoders);
        features = List.copyOf(features);
    }

    /**
     * Returns the encoded number of each feature, not scaled; NaN where none is given.
     *
     * @param values values by the name of a column, or of a single feature
     * @throws UsageException if a name or a value is unknown, or if all values are given
     */
    public double[] numbers(Map<String, String> values) {
        double[] row = new double[features.size()];
        Arrays.fill(row, Double.NaN);
        values.forEach((name, value) -> give(name, value, row));
        if (Arrays.stream(row).noneMatch(Double::isNaN)) {
            throw new UsageException(key + " has every column of the model, so none is left to draw; leave some out");
        }
        for (int j = 0; j < row.length; j++) {
            if (!Double.isNaN(row[j]) && !isGivable.test(j)) {
                List<String> givable = IntStream.range(0, row.length)
                        .filter(isGivable)
                        .mapToObj(features::get)
                        .toList();
                throw new UsageException("%s has \"%s\", which is no condition of the model; its conditions are %s"
                        .formatted(key, features.get(j), listed(givable)));
            }
        }
        return row;
    }

    private void give(String name, String value, double[] row) {
        int at = 0;
        for (ColumnEncoder encoder : encoders) {
            int end = at + encoder.features().size();
            if (encoder.column().equals(name)) {
                boolean isNumber = encoder.decoded() == ColumnEncoder.Decoded.NUMBER;
                if (encoder.decoded() != ColumnEncoder.Decoded.NUMBERS) {
                    encoder.encode(isNumber ? (Object) number(name, value) : value, row, at);
                    boolean isFinite = Arrays.stream(row, at, end).allMatch(Double::isFinite);
                    if (!isFinite
                            || encoder.decode(row, at) == null) { // those of no category stand for a missing value
                        throw misfit(
                                name,
                                value,
                                isNumber
                                        ? "a number that the column can have, such as a positive" + " one"
                                        : expected(encoder));
                    }
                    return;
                }
            }
            at = end;
        }
        int index = features.indexOf(name);
        if (index < 0) {
            List<String> names = encoders.isEmpty()
                    ? features
                    : encoders.stream().flatMap(GivenValues::names).toList();
            throw new UsageException("%s has \"%s\", which is not a column of the model%s; its columns are %s"
                    .formatted(key, name, NearestName.hint(name, names), listed(names)));
        }
        row[index] = number(name, value);
    }

    /** Returns the names by which values of a column are given: of an array, those of its numbers. */
    private static Stream<String> names(ColumnEncoder encoder) {
        return encoder.decoded() == ColumnEncoder.Decoded.NUMBERS
                ? encoder.features().stream().map(Feature::name)
                : Stream.of(encoder.column());
    }

    private double number(String name, String value) {
        try {
            double number = Double.parseDouble(value);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the message below names the text
        }
        throw misfit(name, value, "a finite number");
    }

    private static String expected(ColumnEncoder encoder) {
        List<String> categories = encoder.withCodes().features().stream()
                .filter(feature -> feature.kind() == Feature.Kind.CATEGORY)
                .flatMap(feature -> feature.categories().stream())
                .filter(level -> !level.equals("(missing)"))
                .toList();
        boolean isDate = encoder instanceof DateEncoder; // whose weekdays are categories
        return isDate || categories.isEmpty() ? "a date like 2024-01-31" : "one of " + listed(categories);
    }

    private UsageException misfit(String name, String value, String expected) {
        return new UsageException("%s has %s = \"%s\", expected %s".formatted(key, name, value, expected));
    }

    private static String listed(List<String> names) {
        Stream<String> more = names.size() > NAMED ? Stream.of("...") : Stream.of();
        return String.join(
                ", ", Stream.concat(names.stream().limit(NAMED), more).toList());
    }
}
