package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.RowBlocks;
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a table, checked, placed, scaled, packed into blocks and cached on the workers.
 *
 * <p>Canonical placement: the hash of a row's key or content determines its partition. Within a partition rows are
 * sorted by hash, then content. The number of partitions depends only on the size of the data. Therefore the same table
 * gives the same blocks on every cluster. The same hash selects the held-out rows.
 */
public final class BlockTable extends LoadedTable<RowBlocks> {
    private BlockTable(CheckedTable table, Scaling scaling, BlockLoader.Roles<RowBlocks> rows) {
        super(table, scaling, rows);
    }

    /**
     * Loads a table for a new model; columns and scaling are determined from it.
     *
     * @throws DataException if the table cannot be used
     */
    public static BlockTable of(Dataset<Row> table, TableOptions options) {
        return of(table, FeatureColumns.of(table.schema(), options), null, options);
    }

    /**
     * Loads a table for an existing model.
     *
     * @param columns feature columns of that model
     * @param scaling scaling of that model; null to learn it from this table
     * @throws DataException if the table cannot be used
     */
    public static BlockTable of(Dataset<Row> table, FeatureColumns columns, Scaling scaling, TableOptions options) {
        return of(table, columns, scaling, options, width -> 0);
    }

    /**
     * Loads a table for a training that sends long statistics in each round.
     *
     * @param columns feature columns of the model
     * @param scaling scaling of an existing model; null to learn it from this table
     * @param statistics returns the number of doubles that a partition sends to the driver in a round, for a given
     *     number of columns; 0 if it is small
     * @throws DataException if the table cannot be used
     */
    public static BlockTable of(
            Dataset<Row> table,
            FeatureColumns columns,
            Scaling scaling,
            TableOptions options,
            IntToDoubleFunction statistics) {
        return CheckedTable.load(
                table,
                columns,
                scaling,
                options,
                PartitionCount.OF_BLOCKS,
                statistics,
                checked -> of(checked, scaling, options));
    }

    private static BlockTable of(CheckedTable checked, Scaling scaling, TableOptions options) {
        checked.logWarnings(options);
        BlockLoader loader = checked.loader();
        Scaling learnt = scaling == null ? checked.learn(options.scale()) : scaling;
        BlockLoader.Roles<RowBlocks> rows = loader.blocks(learnt);
        return new BlockTable(checked, learnt, rows);
    }

    /**
     * Checks a table for an existing model in one traversal; places and keeps no row.
     *
     * @param columns feature columns of that model
     * @param scaling scaling of that model
     * @throws DataException if the table cannot be used
     */
    public static TableFacts check(Dataset<Row> table, FeatureColumns columns, Scaling scaling, TableOptions options) {
        return CheckedTable.facts(table, columns, scaling, options);
    }

    /**
     * Returns the training rows, or a sample of them if they are many. A row of the sample stands for as many rows as
     * every other. A sample with too few values of a column is not used: all rows are returned, with a warning.
     *
     * @param most number of rows of a sample, approximately
     * @param seed seed of the sample
     * @param needsVariance whether a feature that varies needs two values, not one
     */
    public RowBlocks sample(long most, long seed, Predicate<Feature> needsVariance) {
        return train() instanceof ClusterRowBlocks all && all.rows() > most
                ? table.loader().sample(all, most, seed, facts().features(), needsVariance)
                : train();
    }
}
