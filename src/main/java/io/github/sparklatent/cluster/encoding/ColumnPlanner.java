package io.github.sparklatent.cluster.encoding;

import io.github.sparklatent.cluster.table.ColumnPaths;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.PlainNumbers;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.cluster.table.ZonedText;
import io.github.sparklatent.columns.ColumnSetting;
import io.github.sparklatent.columns.ColumnType;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.TextFormat;
import io.github.sparklatent.learn.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Decides what the columns of a table are and which of them are modelled.
 *
 * @param features names or globs of the columns to model; empty: all but the excluded ones
 * @param excluded columns that a glob or an empty list does not select: label, weight, key
 * @param settings settings of columns by name
 * @param text format of numbers and missing values in texts
 * @param areCodes whether a category is one number, not indicators
 * @param invalid handling of values that cannot be used: if they are kept, missing values stay missing; else they are a
 *     category of their own
 * @param numbers type of columns of numbers without a setting: NUMBER, QUANTILE or BOTH
 */
public record ColumnPlanner(
        List<String> features,
        Set<String> excluded,
        Map<String, ColumnSetting> settings,
        TextFormat text,
        boolean areCodes,
        Invalid invalid,
        ColumnType numbers) {

    /** Fewest rows that are compared to find columns that repeat each other. */
    private static final int MIN_ROWS = 50;

    /** Fewest rows for each different value of such columns. */
    private static final int ROWS_PER_VALUE = 5;

    /** Most pairs of columns that a message names. */
    private static final int MAX_PAIRS = 10;

    /** A column that may be modelled, and whether the configuration names it. */
    private record Candidate(StructField field, Optional<ColumnSetting> setting, boolean named) {
        boolean isIgnored() {
            return setting.isPresent() && setting.get().type() == ColumnType.IGNORE;
        }

        boolean isReadable() {
            return FeatureColumns.isFeature(field.dataType()) || isText(field.dataType());
        }

        /** Returns an expression of the values: numbers, arrays of numbers, or texts. */
        Column values(ColumnPaths paths, String zone) {
            DataType type = field.dataType();
            Column column = paths.expression(field);
            if (asText() || !FeatureColumns.isFeature(type)) {
                return ZonedText.of(type, column, zone);
            }
            return FeatureColumns.isNumber(type)
                    ? column.cast(DataTypes.DoubleType)
                    : PlainNumbers.array(field.name(), type, column);
        }

        private boolean asText() {
            return setting.isPresent()
                    ? switch (setting.get().type()) {
                        case CATEGORY, BOOLEAN, DATE, TIMESTAMP -> true;
                        case NUMBER, COUNT, LOG, QUANTILE, BOTH, ARRAY, IGNORE -> false;
                    }
                    : field.dataType() instanceof BooleanType;
        }

        /** Returns whether the numbers of the column may be ranked. */
        boolean isRanked(ColumnType numbers) {
            return setting.map(ColumnSetting::type).orElse(numbers).isRanked();
        }
    }

    /**
     * Returns whether all columns to model are known to be numbers, vectors or arrays of numbers from the schema alone,
     * so that no summary of them is needed.
     */
    public boolean isPlain(StructType schema) {
        Set<String> names = new HashSet<>(List.of(schema.fieldNames()));
        return !features.isEmpty()
                && !numbers.isRanked()
                && settings.isEmpty()
                && candidates(schema).stream()
                        .allMatch(candidate -> isPlain(candidate.field().dataType())
                                && names.contains(candidate.field().name()));
    }

    /**
     * Requires that the named columns exist.
     *
     * @throws DataException if one does not
     */
    public void requireColumns(StructType schema) {
        candidates(schema);
    }

    /** Returns whether the configuration may select these columns: it names the same columns, or none at all. */
    public boolean selects(StructType schema, List<String> columns) {
        return features.isEmpty()
                || candidates(schema).stream()
                        .filter(candidate -> !candidate.isIgnored())
                        .map(candidate -> candidate.field().name())
                        .toList()
                        .equals(columns);
    }

    private static boolean isPlain(DataType type) {
        return FeatureColumns.isFeature(type) && !(type instanceof BooleanType);
    }

    private static boolean isText(DataType type) {
        return type instanceof StringType
                || type instanceof DateType
                || type instanceof TimestampType
                || type instanceof TimestampNTZType;
    }

    /**
     * Reads the table once and decides about each column.
     *
     * @throws DataException if a named column does not exist, does not fit its setting, or cannot be modelled, or if no
     *     column is left
     */
    public ColumnPlan plan(Dataset<Row> table) {
        ColumnPaths paths = new ColumnPaths(table.schema());
        List<Candidate> candidates = candidates(table.schema());
        List<Candidate> read = candidates.stream()
                .filter(candidate -> !candidate.isIgnored() && candidate.isReadable())
                .toList();
        String zone = ZonedText.zone(table);
        List<String> warnings = new ArrayList<>();
        ChosenEncoders encoders = new ChosenEncoders(text, areCodes, invalid, zone, warnings);
        Map<Candidate, ColumnDecision> decisions = new IdentityHashMap<>();
        candidates.stream()
                .filter(candidate -> candidate.isIgnored() || !candidate.isReadable())
                .forEach(candidate -> decisions.put(candidate, unread(candidate)));
        if (!read.isEmpty()) {
            Column[] selected = new Column[read.size()];
            Arrays.setAll(selected, j -> read.get(j).values(paths, zone).as("v" + j));
            boolean[] ranked = new boolean[read.size()];
            for (int j = 0; j < ranked.length; j++) {
                ranked[j] = read.get(j).isRanked(numbers);
            }
            ColumnSummaries summaries = ColumnSummaries.of(table, selected, ranked, text);
            List<ColumnRules> rules = IntStream.range(0, read.size())
                    .mapToObj(j -> new ColumnRules(read.get(j).field(), summaries.columns[j], numbers, encoders))
                    .toList();
            decide(read, rules, decisions);
            renamed(read, decisions, summaries.sample()).ifPresent(warnings::add);
        }
        List<ColumnDecision> all = candidates.stream().map(decisions::get).toList();
        ColumnPlan plan = new ColumnPlan(all, warnings);
        if (plan.encoders().isEmpty()) {
            throw new DataException(
                    "the table has no column to model (%s); expected numbers, texts with few categories, dates, vectors or arrays of numbers; give columns their type in data.columns"
                            .formatted(String.join("; ", plan.notes())));
        }
        return plan;
    }

    private static void decide(
            List<Candidate> read, List<ColumnRules> rules, Map<Candidate, ColumnDecision> decisions) {
        if (rules.get(0).summary().rows == 0) {
            throw new DataException("the table has no rows");
        }
        for (int j = 0; j < read.size(); j++) {
            Candidate candidate = read.get(j);
            ColumnRules own = rules.get(j);
            decisions.put(
                    candidate,
                    candidate.setting().map(own::set).orElseGet(candidate.named() ? own::named : own::choose));
        }
        if (decisions.values().stream().noneMatch(ColumnDecision::isUsed)) {
            // All rows are alike, which is for the model to refuse.
            for (int j = 0; j < read.size(); j++) {
                if (rules.get(j).summary().isConstant()) {
                    decisions.put(read.get(j), rules.get(j).named());
                }
            }
        }
    }

    private static ColumnDecision unread(Candidate candidate) {
        StructField field = candidate.field();
        String type = field.dataType().simpleString();
        if (candidate.isIgnored()) {
            return ColumnDecision.ignored(field.name(), type);
        }
        if (candidate.named() || candidate.setting().isPresent()) {
            throw new DataException(
                    "features column \"%s\" is a %s, expected a number, a text, a boolean, a date, a vector or an array of numbers"
                            .formatted(field.name(), type));
        }
        return ColumnDecision.leftOut(field.name(), type, 0, "no model reads this type");
    }

    /** Returns a sentence about the pairs of modelled columns of which each value of one has its own in the other. */
    private static Optional<String> renamed(
            List<Candidate> read, Map<Candidate, ColumnDecision> decisions, Collection<long[]> rows) {
        List<String> pairs = new ArrayList<>();
        for (int second = 1; rows.size() >= MIN_ROWS && second < read.size(); second++) {
            for (int first = 0; first < second; first++) {
                ColumnDecision one = decisions.get(read.get(first));
                ColumnDecision other = decisions.get(read.get(second));
                if (one.isUsed() && other.isUsed() && areRenamed(rows, first, second)) {
                    pairs.add(one.column() + " and " + other.column());
                }
            }
        }
        return pairs.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "columns repeat each other in all of %d rows that were compared: %s%s; to model one of them, leave the other out of data.features"
                                .formatted(
                                        rows.size(),
                                        String.join(", ", pairs.subList(0, Math.min(MAX_PAIRS, pairs.size()))),
                                        pairs.size() > MAX_PAIRS
                                                ? " and %d more pairs".formatted(pairs.size() - MAX_PAIRS)
                                                : ""));
    }

    /** Returns whether each value of a column has its own value in the other, in columns of few values. */
    private static boolean areRenamed(Collection<long[]> rows, int first, int second) {
        Map<Long, Long> there = new HashMap<>();
        Map<Long, Long> back = new HashMap<>();
        for (long[] row : rows) {
            Long a = row[first];
            Long b = row[second];
            Long known = there.putIfAbsent(a, b);
            Long inverse = back.putIfAbsent(b, a);
            if (known != null && !known.equals(b)
                    || inverse != null && !inverse.equals(a)
                    || there.size() * ROWS_PER_VALUE > rows.size()) {
                return false;
            }
        }
        return there.size() > 1;
    }

    private List<Candidate> candidates(StructType schema) {
        TableColumns table = new TableColumns(new ColumnPaths(schema).schema());
        Map<StructField, ColumnSetting> set = new HashMap<>();
        settings.forEach((name, setting) ->
                table.select("data.columns", name, Set.of()).forEach(field -> set.putIfAbsent(field, setting)));
        Set<StructField> named = new LinkedHashSet<>();
        for (String pattern : features) {
            named.addAll(table.select("features", pattern, excluded));
        }
        List<Candidate> candidates = new ArrayList<>();
        if (features.isEmpty()) {
            table.all().stream()
                    .filter(field -> !table.isOneOf(field, excluded))
                    .forEach(field -> candidates.add(candidate(field, set, false)));
        } else {
            named.forEach(field -> candidates.add(candidate(field, set, true)));
            set.keySet().stream()
                    .filter(field -> !named.contains(field))
                    .sorted(Comparator.comparing(table.all()::indexOf))
                    .forEach(field -> candidates.add(candidate(field, set, true)));
        }
        candidates.forEach(candidate -> table.requireOne("features", candidate.field()));
        return candidates;
    }

    private static Candidate candidate(StructField field, Map<StructField, ColumnSetting> set, boolean named) {
        return new Candidate(field, Optional.ofNullable(set.get(field)), named);
    }
}
