package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.RowBlocks;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a table checked, placed, scaled, packed into blocks and cached on the workers.
 *
 * <p>Canonical placement: a row goes to the partition that the hash of its key or content names and
 * is sorted there by hash, then content. The number of partitions follows from the size of the
 * data. So the same table gives the same blocks on every cluster, and the choice of held-out rows
 * follows from the same hash.
 */
public final class BlockTable implements AutoCloseable {
    private final CheckedTable table;
    private final ClusterRowBlocks train;
    private final ClusterRowBlocks holdout;
    private final Scaling scaling;

    private BlockTable(
            CheckedTable table, Scaling scaling, ClusterRowBlocks train, ClusterRowBlocks holdout) {
        this.table = table;
        this.scaling = scaling;
        this.train = train;
        this.holdout = holdout;
    }

    /**
     * Reads a table to train on: columns and scaling follow from it.
     *
     * @throws DataException where it cannot be used, with a sentence that says why
     */
    public static BlockTable of(Dataset<Row> table, TableOptions options) {
        return of(table, CheckedTable.columns(table, options), null, options);
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
        CheckedTable checked =
                CheckedTable.of(table, columns, scaling, options, PartitionCount.OF_BLOCKS);
        checked.logWarnings(options);
        BlockLoader loader = checked.loader();
        try {
            Scaling learnt = scaling == null ? loader.learn(options.scale()) : scaling;
            return new BlockTable(checked, learnt, loader.train(learnt), loader.holdout(learnt));
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
        return CheckedTable.facts(table, columns, scaling, options);
    }

    /** Training rows. */
    public RowBlocks train() {
        return train;
    }

    /** Held-out rows, or null where there are none. */
    public RowBlocks holdout() {
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
