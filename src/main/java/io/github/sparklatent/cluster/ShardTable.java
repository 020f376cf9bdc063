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
 * The rows of a table, checked, placed, scaled, packed into blocks of floats and cached on the
 * workers to train networks. Rows are checked, placed and held out as in {@link BlockTable}. Unlike
 * there, equal rows are not merged, and partitions are fewer and larger.
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
     * Loads a table for a new model; columns and scaling are determined from it.
     *
     * @param check returns the model's check of rows for a number of columns; may reject the number
     * @throws DataException if the table cannot be used
     */
    public static ShardTable of(
            Dataset<Row> table, TableOptions options, IntFunction<RowCheck> check) {
        return of(table, CheckedTable.columns(table, options), null, options, check);
    }

    /**
     * Loads a table for an existing model.
     *
     * @param columns of that model
     * @param scaling of that model; null to learn it from this table
     * @param check returns the model's check of rows for a number of columns; may reject the number
     * @throws DataException if the table cannot be used
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
     * Loads a table for a model that adapts the learnt scaling, e.g. leaves some columns unscaled.
     *
     * @param check returns the model's check of rows for a number of columns; may reject the number
     * @param adapt changes a scaling that was learnt here; called after {@code check}
     * @throws DataException if the table cannot be used
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
            requireRowPerPartition(checked.facts(), options);
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
        } catch (Exception e) { // includes checked exceptions that Scala methods do not declare
            checked.loader().release();
            throw e;
        }
    }

    /**
     * Requires a training row for every partition. Checked first, because placing rows may take
     * long.
     */
    private static void requireRowPerPartition(TableFacts facts, TableOptions options) {
        if (options.hasMorePartitionsThan(facts.rows())) {
            throw new DataException(
                    "%s is %d, but there are %d training rows; expected at most as many partitions as rows, because each partition trains on its own rows"
                            .formatted(
                                    options.partitionsKey(), options.partitions(), facts.rows()));
        }
    }

    /** Training rows. */
    public Shards train() {
        return train;
    }

    /** Held-out rows, or null if there are none. */
    public Shards holdout() {
        return holdout;
    }

    /** Facts about the table. */
    public TableFacts facts() {
        return table.facts();
    }

    /** The feature columns of the rows. */
    public FeatureColumns columns() {
        return table.columns();
    }

    /** The scaling of the rows. */
    public Scaling scaling() {
        return scaling;
    }

    /** Releases the cached blocks and the shuffle files of the placement. */
    @Override
    public void close() {
        table.loader().release();
    }
}
