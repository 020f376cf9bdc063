package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.cluster.table.EncodedColumn.SavedType;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.ml.io.Lines;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The groups of a training, as a model keeps and saves them.
 *
 * @param columns the columns whose values are the groups
 * @param groups the groups with enough rows for a model, in the order of their keys
 * @param number number of all groups, of which there may be millions
 * @param otherWeight total weight of the rows of the other groups
 */
record Groups(List<Column> columns, List<Group> groups, long number, double otherWeight) {
    /** Metrics of a group in the table {@code groups}. */
    static final StructType FIGURES = StructType.fromDDL(
            "rows BIGINT, holdoutRows BIGINT, weight DOUBLE, fallback STRING, detail STRING, components INT,"
                    + " converged BOOLEAN, meanLogLikelihood DOUBLE, holdoutMeanLogLikelihood DOUBLE,"
                    + " allMeanLogLikelihood DOUBLE, allHoldoutMeanLogLikelihood DOUBLE");

    /** Name and type of a column of the groups; the type is JSON. */
    record Column(String name, String type) {}

    /**
     * A group.
     *
     * @param key texts of the group's columns, so that the group 7 is the same in a CSV file and in a table with types
     * @param weight total weight of its training rows
     * @param mean mean log-likelihood of these rows under the mixture that scores them, in nats
     * @param mixture the model of its own; null: that of all rows
     */
    record Group(List<String> key, double weight, double mean, MixedMixture mixture) {}

    /**
     * Finds the columns in a table.
     *
     * @throws DataException if a column does not exist, its values are no groups or it has the name of a metric
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
        if (Stream.of(FIGURES.fieldNames()).anyMatch(field.name()::equalsIgnoreCase)) {
            throw new DataException(
                    "data.groupBy column \"%s\" has the name of a metric in the table of groups; rename the column"
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

    /** Returns their numbers in words: {@code 2 models of 3 groups by shop}. */
    String describe() {
        return "%s of %s by %s"
                .formatted(Lines.count(models(), "model"), Lines.count(number, "group"), String.join(", ", names()));
    }

    long models() {
        return groups.stream().filter(group -> group.mixture() != null).count();
    }
}
