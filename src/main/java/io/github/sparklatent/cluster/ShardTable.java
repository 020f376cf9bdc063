package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.RowCheck;
import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.averaging.Shards;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a table checked, placed, scaled, packed into blocks of floats and cached on the
 * workers: what networks are trained on. Rows are found, checked, placed and held out as in {@link
 * BlockTable}; each stays a row of its own, in fewer and larger partitions.
 */
public final class ShardTable implements AutoCloseable {
    private final CheckedTable table;
    private final Scaling scaling;
    private final ClusterShards train;
    private final ClusterShards holdout;

    private ShardTable(
            CheckedTable table, Scaling scaling, ClusterShards train, ClusterShards holdout) {
        this.table = table;
        this.scaling = scaling;
        this.train = train;
        this.holdout = holdout;
    }

    /**
     * Reads a table to train on: columns and scaling follow from it.
     *
     * @param check what the model asks of rows of so many columns; may refuse the number
     * @throws DataException where the table cannot be used, with a sentence that says why
     */
    public static ShardTable of(
            Dataset<Row> table, TableOptions options, IntFunction<RowCheck> check) {
        return of(table, CheckedTable.columns(table, options), null, options, check);
    }

    /**
     * Reads a table for a model that exists.
     *
     * @param columns of that model
     * @param scaling of that model; null: learnt from this table
     * @param check what the model asks of rows of so many columns; may refuse the number
     * @throws DataException where the table cannot be used, with a sentence that says why
     */
    public static ShardTable of(
            Dataset<Row> table,
            FeatureColumns columns,
            Scaling scaling,
            TableOptions options,
            IntFunction<RowCheck> check) {
        return of(table, columns, scaling, options, check, UnaryOperator.identity());
    }

    /**
     * Reads a table for a model some of whose columns are not to be scaled.
     *
     * @param check what the model asks of rows of so many columns; may refuse the number
     * @param adapt what is made of a scaling that was learnt here; called after {@code check}
     * @throws DataException where the table cannot be used, with a sentence that says why
     */
    public static ShardTable of(
            Dataset<Row> table,
            FeatureColumns columns,
            Scaling scaling,
            TableOptions options,
            IntFunction<RowCheck> check,
            UnaryOperator<Scaling> adapt) {
        CheckedTable checked =
                CheckedTable.of(table, columns, scaling, options, PartitionCount.OF_SHARDS);
        try {
            requireARowEach(checked.facts(), options);
            checked.logWarnings(options);
            RowCheck rowCheck = check.apply(checked.facts().width());
            Scaling learnt =
                    scaling == null
                            ? adapt.apply(checked.loader().learn(options.scale()))
                            : scaling;
            return new ShardTable(
                    checked,
                    learnt,
                    checked.loader().trainShards(learnt, rowCheck),
                    checked.loader().holdoutShards(learnt, rowCheck.ofHeldOut()));
        } catch (Exception e) { // Spark's too, which Scala does not declare
            checked.loader().release();
            throw e;
        }
    }

    /** Networks are trained within partitions; before a row is placed, for that may never end. */
    private static void requireARowEach(TableFacts facts, TableOptions options) {
        if (options.hasMorePartitionsThan(facts.rows())) {
            throw new DataException(
                    "%s is %d, but there are %d training rows: must be no more, for each partition trains on rows of its own"
                            .formatted(
                                    options.partitionsKey(), options.partitions(), facts.rows()));
        }
    }

    /** Training rows. */
    public Shards train() {
        return train;
    }

    /** Held-out rows, or null where there are none. */
    public Shards holdout() {
        return holdout;
    }

    /** What is known of the table. */
    public TableFacts facts() {
        return table.facts();
    }

    /** The columns that the rows were made of. */
    public FeatureColumns columns() {
        return table.columns();
    }

    /** How the rows were scaled. */
    public Scaling scaling() {
        return scaling;
    }

    /** Gives back the cached blocks and the files of the shuffle that placed the rows. */
    @Override
    public void close() {
        table.loader().release();
    }
}
