package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.cluster.table.SavedType;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Result;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The groups of a training, as a model keeps and saves them.
 *
 * @param columns the columns whose values are the groups
 * @param groups the groups with enough rows for a model, in the order of their keys
 * @param others totals of the other groups, of which there may be millions
 */
record Groups(List<Column> columns, List<Group> groups, List<Others> others) {
    static final String CONTENT = "content";

    /** Columns of the groups' table; the content is the encoded {@link Group}, null for those of the totals. */
    static final StructType SCHEMA = StructType.fromDDL(
            "group ARRAY<STRING>, rows BIGINT, holdoutRows BIGINT, weight DOUBLE, fallback STRING, detail STRING,"
                    + " components INT, converged BOOLEAN, meanLogLikelihood DOUBLE, holdoutMeanLogLikelihood DOUBLE,"
                    + " allMeanLogLikelihood DOUBLE, allHoldoutMeanLogLikelihood DOUBLE, content BINARY");

    private static final String[] FIGURES =
            Stream.of(SCHEMA.fieldNames()).skip(1).limit(SCHEMA.length() - 2L).toArray(String[]::new);

    /** Name and type of a column of the groups; the type is JSON. */
    record Column(String name, String type) {}

    /** Number and total weight of the groups without a model for one reason. */
    record Others(String fallback, long groups, double weight) {}

    /**
     * A group. Means are mean log-likelihoods in nats, NaN if they are not known.
     *
     * @param key texts of the group's columns, so that the group 7 is the same in a CSV file and in a table with types
     * @param rows number of training rows
     * @param fallback why the group has the model of all rows, as a word; null if it has a model of its own
     * @param detail the same as a sentence
     * @param mean mean of the training rows under the model of its own
     * @param meanOfAll mean of the training rows under the model of all rows
     * @param mixture the model of its own; null if it has none
     */
    record Group(
            List<String> key,
            long rows,
            long holdoutRows,
            double weight,
            double holdoutWeight,
            String fallback,
            String detail,
            boolean converged,
            double mean,
            double holdoutMean,
            double meanOfAll,
            double holdoutMeanOfAll,
            MixedMixture mixture) {

        /** Returns the group as a row of {@link #SCHEMA}. */
        Row row(byte[] content) {
            return RowFactory.create(
                    key.toArray(String[]::new),
                    rows,
                    holdoutRows,
                    weight,
                    fallback,
                    detail,
                    mixture == null ? null : mixture.components(),
                    mixture == null ? null : converged,
                    known(mean),
                    known(holdoutMean),
                    known(meanOfAll),
                    known(holdoutMeanOfAll),
                    content);
        }

        private static Double known(double mean) {
            return Double.isNaN(mean) ? null : (Double) mean;
        }
    }

    /**
     * Finds the columns in a table.
     *
     * @throws DataException if a column does not exist, its values are no groups or it has the name of a figure
     */
    static List<StructField> in(StructType schema, List<String> names) {
        return names.stream().map(name -> in(schema, name)).toList();
    }

    private static StructField in(StructType schema, String name) {
        StructField field = new TableColumns(schema).one("data.groupBy", name);
        String type = field.dataType().simpleString();
        if (!type.matches("(string|char|varchar).*|tinyint|smallint|int|bigint|boolean|date")) {
            throw new DataException(
                    "data.groupBy column \"%s\" is of type %s, expected texts, whole numbers, booleans or dates: round it or write it as text"
                            .formatted(field.name(), type));
        }
        if (Stream.of(FIGURES).anyMatch(field.name()::equalsIgnoreCase)) {
            throw new DataException(
                    "data.groupBy column \"%s\" has the name of a figure in the table of groups; rename the column"
                            .formatted(field.name()));
        }
        return field;
    }

    List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** Returns the columns with the types of the table, made from an array of texts. */
    Stream<org.apache.spark.sql.Column> values(org.apache.spark.sql.Column key) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> key.getItem(i)
                        .cast(SavedType.of(columns.get(i).type()))
                        .as(columns.get(i).name()));
    }

    /** Returns rows of {@link #SCHEMA} as a result: the values of the groups' columns and the figures. */
    Dataset<Row> table(Dataset<Row> rows) {
        return rows.orderBy("group")
                .select(Stream.concat(
                                values(functions.col("group")),
                                Stream.of(FIGURES).map(functions::col))
                        .toArray(org.apache.spark.sql.Column[]::new));
    }

    long number() {
        return groups.size() + others.stream().mapToLong(Others::groups).sum();
    }

    long models() {
        return groups.stream().filter(group -> group.mixture() != null).count();
    }

    double otherWeight() {
        return others.stream().mapToDouble(Others::weight).sum();
    }

    /** Returns the mean over the rows of groups with a model of their own. */
    private double mean(ToDoubleFunction<Group> mean, ToDoubleFunction<Group> weight) {
        List<Group> own = groups.stream()
                .filter(group -> group.mixture() != null && weight.applyAsDouble(group) > 0)
                .toList();
        return own.stream()
                        .mapToDouble(group -> weight.applyAsDouble(group) * mean.applyAsDouble(group))
                        .sum()
                / own.stream().mapToDouble(weight).sum();
    }

    /** Adds the figures and lines of the groups to a result. */
    void addTo(Result result) {
        double own = mean(Group::holdoutMean, Group::holdoutWeight);
        double ofAll = mean(Group::holdoutMeanOfAll, Group::holdoutWeight);
        SortedMap<String, Long> reasons = groups.stream()
                .filter(group -> group.mixture() == null)
                .collect(Collectors.groupingBy(Group::fallback, TreeMap::new, Collectors.counting()));
        others.forEach(one -> reasons.put(one.fallback(), one.groups()));
        result.put(
                "groups",
                Json.object(
                        "groupBy", names(),
                        "groups", number(),
                        "models", models(),
                        "reasons", reasons,
                        "meanLogLikelihood", mean(Group::mean, Group::weight),
                        "holdoutMeanLogLikelihood", own,
                        "allHoldoutMeanLogLikelihood", ofAll));
        result.line(
                "groups",
                "%s by %s, %s of their own%s",
                Lines.count(number(), "group"),
                String.join(", ", names()),
                Lines.count(models(), "model"),
                reasons.entrySet().stream()
                        .map(entry -> ", %d × %s".formatted(entry.getValue(), entry.getKey()))
                        .collect(Collectors.joining()));
        if (!Double.isNaN(own)) {
            result.line(
                    "in groups", "held out: mean log-likelihood %.4f, under the model of all rows %.4f", own, ofAll);
        }
    }
}
