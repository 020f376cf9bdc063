package io.github.sparklatent.cluster;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Pass;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * The rows of a table checked, placed, scaled, packed into blocks and cached on the workers.
 *
 * <p>Canonical placement: a row goes to the partition that the hash of its key or content names and
 * is sorted there by hash, then content. The number of partitions follows from the size of the
 * data. So the same table gives the same blocks on every cluster, and the choice of held-out rows
 * follows from the same hash.
 */
public final class BlockTable implements AutoCloseable {
    private final BlockLoader loader;
    private final ClusterPass train;
    private final ClusterPass holdout;
    private final TableFacts facts;
    private final FeatureColumns columns;
    private final Scaling scaling;

    private BlockTable(
            BlockLoader loader,
            ClusterPass train,
            ClusterPass holdout,
            TableFacts facts,
            FeatureColumns columns,
            Scaling scaling) {
        this.loader = loader;
        this.train = train;
        this.holdout = holdout;
        this.facts = facts;
        this.columns = columns;
        this.scaling = scaling;
    }

    /**
     * Reads a table to train on: columns and scaling follow from it.
     *
     * @throws DataException where it cannot be used, with a sentence that says why
     */
    public static BlockTable of(Dataset<Row> table, TableOptions options) {
        Set<String> named = new LinkedHashSet<>();
        Stream.of(options.label(), options.weight(), options.id())
                .filter(Objects::nonNull)
                .forEach(named::add);
        FeatureColumns columns = FeatureColumns.resolve(table.schema(), options.features(), named);
        if (options.label() != null) {
            requireApart(new TableColumns(table.schema()).one("label", options.label()), columns);
        }
        return of(table, columns, null, options);
    }

    private static void requireApart(StructField label, FeatureColumns columns) {
        if (columns.columns().contains(label.name())) {
            throw new DataException(
                    "label column \"%s\" is one of the features, expected another: a label is never trained on"
                            .formatted(label.name()));
        }
    }

    /**
     * Reads a table for a model that exists.
     *
     * @param columns of that model
     * @param scaling of that model; null: learnt from this table
     * @throws DataException where it cannot be used, with a sentence that says why
     */
    public static BlockTable of(
            Dataset<Row> table, FeatureColumns columns, Scaling scaling, TableOptions options) {
        Dataset<RowRecord> rows = TableRows.of(table, columns, options);
        Census census = Census.take(rows.toJavaRDD(), options.holdoutFraction(), options.seed());
        TableFacts facts = facts(census, columns, scaling, options);
        BlockLoader loader = new BlockLoader(present(table, columns, options), census, options);
        try {
            Scaling learnt = scaling == null ? loader.learn(options.scale()) : scaling;
            ClusterPass train = loader.train(learnt);
            ClusterPass holdout = loader.holdout(learnt);
            return new BlockTable(loader, train, holdout, facts, columns, learnt);
        } catch (Exception e) { // Spark's too, which Scala does not declare
            loader.release();
            throw e;
        }
    }

    /**
     * Checks a table for a model that exists in one pass, without placing or keeping a row.
     *
     * @param columns of that model
     * @param scaling of that model
     * @throws DataException where it cannot be used, with a sentence that says why
     */
    public static TableFacts check(
            Dataset<Row> table, FeatureColumns columns, Scaling scaling, TableOptions options) {
        Dataset<RowRecord> rows = TableRows.of(table, columns, options);
        Census census = Census.take(rows.toJavaRDD(), options.holdoutFraction(), options.seed());
        return facts(census, columns, scaling, options);
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
                "%016x".formatted(census.fingerprint),
                columns.featureNames(census.greatestWidth),
                check.warnings());
    }

    /** Rows of null all have one hash, and would all go to one place only to be left out there. */
    private static Dataset<RowRecord> present(
            Dataset<Row> table, FeatureColumns columns, TableOptions options) {
        return TableRows.of(columns.present().map(table::filter).orElse(table), columns, options);
    }

    /** Training rows. */
    public Pass train() {
        return train;
    }

    /** Held-out rows, or null where there are none. */
    public Pass holdout() {
        return holdout;
    }

    /** What is known of the table. */
    public TableFacts facts() {
        return facts;
    }

    /** The columns that the rows were made of. */
    public FeatureColumns columns() {
        return columns;
    }

    /** How the rows were scaled. */
    public Scaling scaling() {
        return scaling;
    }

    /** Gives back the cached blocks and the files of the shuffle that placed the rows. */
    @Override
    public void close() {
        loader.release();
    }
}
