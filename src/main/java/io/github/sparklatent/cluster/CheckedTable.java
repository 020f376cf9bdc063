package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.table.Census;
import io.github.sparklatent.cluster.table.CensusCheck;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.cluster.table.TableRows;
import io.github.sparklatent.learn.DataException;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table whose columns have been found and whose rows have been counted and checked, before any of
 * them is placed.
 *
 * @param columns that the rows are made of
 * @param facts what is known of the table
 * @param loader places and packs the rows
 */
record CheckedTable(FeatureColumns columns, TableFacts facts, BlockLoader loader) {
    private static final Logger LOG = LoggerFactory.getLogger(CheckedTable.class);

    /**
     * The feature columns of a table to train on.
     *
     * @throws DataException where there are none, or the label is one of them
     */
    static FeatureColumns columns(Dataset<Row> table, TableOptions options) {
        Set<String> named = new LinkedHashSet<>();
        Stream.of(options.label(), options.weight(), options.id())
                .filter(Objects::nonNull)
                .forEach(named::add);
        FeatureColumns columns = FeatureColumns.resolve(table.schema(), options.features(), named);
        if (options.label() != null) {
            requireApart(new TableColumns(table.schema()).one("label", options.label()), columns);
        }
        return columns;
    }

    private static void requireApart(StructField label, FeatureColumns columns) {
        if (columns.columns().contains(label.name())) {
            throw new DataException(
                    "label column \"%s\" is one of the features, expected another: a label is never trained on"
                            .formatted(label.name()));
        }
    }

    /**
     * @param scaling of a model that exists, or null
     * @param partitions how many there are to be where the options leave it open
     * @throws DataException where the table cannot be used, with a sentence that says why
     */
    static CheckedTable of(
            Dataset<Row> table,
            FeatureColumns columns,
            Scaling scaling,
            TableOptions options,
            PartitionCount partitions) {
        Census census = census(table, columns, options);
        TableFacts facts = facts(census, columns, scaling, options);
        int count =
                options.partitions() > 0
                        ? options.partitions()
                        : partitions.of(census.train, census.greatestWidth);
        BlockLoader loader =
                new BlockLoader(present(table, columns, options), census, options, count);
        return new CheckedTable(columns, facts, loader);
    }

    /**
     * Logs what a person should know of a table that is trained on, for placing its rows may take
     * long; of one that is only measured whoever measures it tells.
     */
    void logWarnings(TableOptions options) {
        if (options.trainedOn()) {
            facts.warnings().forEach(LOG::warn);
        }
    }

    /** The facts alone: no row is placed. */
    static TableFacts facts(
            Dataset<Row> table, FeatureColumns columns, Scaling scaling, TableOptions options) {
        return facts(census(table, columns, options), columns, scaling, options);
    }

    private static Census census(Dataset<Row> table, FeatureColumns columns, TableOptions options) {
        return Census.take(
                TableRows.of(table, columns, options).toJavaRDD(),
                options.holdoutFraction(),
                options.seed());
    }

    private static TableFacts facts(
            Census census, FeatureColumns columns, Scaling scaling, TableOptions options) {
        CensusCheck check = new CensusCheck(census, columns, options);
        check.requireUsable();
        check.requireWidthOf(scaling);
        return new TableFacts(
                census.train,
                census.holdout,
                census.leftOut,
                census.greatestWidth,
                census.valueRange(),
                "%016x".formatted(census.fingerprint),
                columns.featureNames(census.greatestWidth),
                check.warnings());
    }

    /** Rows of null all have one hash, and would all go to one place only to be left out there. */
    private static Dataset<RowRecord> present(
            Dataset<Row> table, FeatureColumns columns, TableOptions options) {
        return TableRows.of(columns.present().map(table::filter).orElse(table), columns, options);
    }
}
