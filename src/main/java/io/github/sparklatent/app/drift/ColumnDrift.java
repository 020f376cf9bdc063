package io.github.sparklatent.app.drift;

import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.report.format.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The drift of a column, or of one number of a column that has several. A figure that is not defined is NaN.
 *
 * @param column name of the column; {@code column[3]} of one number
 * @param before share of missing values in the reference
 * @param after share of missing values in the current table
 * @param stability population stability index; missing values are a bin of their own
 * @param limit what the index must exceed: the limit of the settings, or what chance explains
 * @param distance Kolmogorov-Smirnov distance of numbers, total variation distance of levels
 * @param shift change of the mean in standard deviations of the reference; of numbers
 * @param importance share of the column in what the classifier has learnt
 * @param drifted whether the column has drifted
 * @param notes what has changed, as sentences without an end
 */
public record ColumnDrift(
        String column,
        String type,
        double before,
        double after,
        double stability,
        double limit,
        double distance,
        double shift,
        double importance,
        boolean drifted,
        List<String> notes) {

    /** Columns of the table of results. */
    public static final StructType SCHEMA = new StructType()
            .add("column", DataTypes.StringType)
            .add("type", DataTypes.StringType)
            .add("drifted", DataTypes.BooleanType)
            .add("stability", DataTypes.DoubleType)
            .add("limit", DataTypes.DoubleType)
            .add("distance", DataTypes.DoubleType)
            .add("meanShift", DataTypes.DoubleType)
            .add("importance", DataTypes.DoubleType)
            .add("referenceMissing", DataTypes.DoubleType)
            .add("currentMissing", DataTypes.DoubleType)
            .add("notes", DataTypes.StringType);

    /** Levels that a note names. */
    private static final int NAMED = 5;

    /** Change of the share of missing values from which it is noted. */
    private static final double NOTED = 0.01;

    /** Returns the drift of a column whose values cannot be compared. */
    public static ColumnDrift faulty(ComparedColumn column) {
        double none = Double.NaN;
        return new ColumnDrift(
                column.name(),
                column.type(),
                column.before(),
                column.after(),
                none,
                none,
                none,
                none,
                none,
                true,
                List.of(column.fault()));
    }

    /**
     * Compares the values of a sample of each table.
     *
     * @param reference values, NaN where one is missing. Not modified.
     * @param current values, NaN where one is missing. Not modified.
     * @param distance distance of their distributions
     * @param limit index above which a column has drifted
     * @param columns number of columns that are compared
     */
    public static ColumnDrift of(
            ComparedColumn column,
            Feature feature,
            double[] reference,
            double[] current,
            double distance,
            double importance,
            double limit,
            int columns) {
        int levels = feature.levels().size();
        WeightedNumbers values = present(current);
        Profile.Feature before = profile(feature, present(reference), reference.length);
        Profile.Feature after = profile(feature, values, current.length);
        StabilityIndex index = StabilityIndex.of(
                with(before.counts(), reference.length),
                reference.length,
                with(before.count(values), current.length),
                current.length,
                columns);
        double shift = after.mean() == before.mean() ? 0 : (after.mean() - before.mean()) / before.deviation();
        boolean hasShift = levels == 0 && Double.isFinite(shift);
        boolean drifted = index.exceeds(limit);
        double exceeded = Math.max(limit, index.chance());
        List<String> notes = new ArrayList<>();
        if (drifted) {
            notes.add(
                    String.format(Locale.ROOT, "population stability index %.3f, limit %.3f", index.value(), exceeded));
        }
        if (drifted && hasShift && shift != 0) {
            notes.add(String.format(Locale.ROOT, "mean moved by %+.2f deviations", shift));
        }
        if (Math.abs(column.after() - column.before()) >= NOTED) {
            notes.add(
                    "missing %s, then %s".formatted(Numbers.percent(column.before()), Numbers.percent(column.after())));
        }
        note("new", column.added(), notes);
        note("vanished", column.gone(), notes);
        return new ColumnDrift(
                feature.name(),
                column.type(),
                column.before(),
                column.after(),
                index.value(),
                exceeded,
                distance,
                hasShift ? shift : Double.NaN,
                importance,
                drifted,
                notes);
    }

    private static WeightedNumbers present(double[] values) {
        double[] present =
                Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
        double[] ones = new double[present.length];
        Arrays.fill(ones, 1);
        return WeightedNumbers.of(present, ones);
    }

    private static Profile.Feature profile(Feature feature, WeightedNumbers values, int rows) {
        return Profile.Feature.of(feature.name(), values, rows, feature.levels().size());
    }

    /** Returns the counts with one more bin for the rows that are in no other. */
    private static double[] with(double[] counts, int rows) {
        double[] all = Arrays.copyOf(counts, counts.length + 1);
        all[counts.length] = rows - Arrays.stream(counts).sum();
        return all;
    }

    private static void note(String what, List<String> levels, List<String> notes) {
        if (!levels.isEmpty()) {
            String named = levels.stream()
                    .limit(NAMED)
                    .map(level -> "\"" + level + "\"")
                    .collect(Collectors.joining(", "));
            notes.add("%d %s level%s: %s%s"
                    .formatted(
                            levels.size(),
                            what,
                            levels.size() == 1 ? "" : "s",
                            named,
                            levels.size() > NAMED ? ", ..." : ""));
        }
    }

    /** Returns the order of drift: what cannot be compared, then by the index. */
    double order() {
        return Double.isNaN(stability) ? Double.NEGATIVE_INFINITY : -stability;
    }

    /** Returns the column as a row of {@link #SCHEMA}. */
    Row row() {
        return RowFactory.create(json().values().toArray());
    }

    /** Returns the figures by the names of {@link #SCHEMA}; null if one is not defined. */
    Map<String, Object> json() {
        return Json.object(
                "column", column,
                "type", type,
                "drifted", drifted,
                "stability", finite(stability),
                "limit", finite(limit),
                "distance", finite(distance),
                "meanShift", finite(shift),
                "importance", finite(importance),
                "referenceMissing", finite(before),
                "currentMissing", finite(after),
                "notes", String.join("; ", notes));
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
