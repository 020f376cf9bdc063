package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.averaging.Shards;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a table from which networks are trained. The rows are checked, placed in partitions, scaled, packed into
 * blocks of floats and cached on the workers. They are checked, placed and held out as in {@link BlockTable}; but equal
 * rows are not merged, and there are fewer and larger partitions.
 */
public final class ShardTable extends LoadedTable<Shards> {
    private ShardTable(CheckedTable table, Scaling scaling, BlockLoader.Roles<Shards> rows) {
        super(table, scaling, rows);
    }

    /**
     * Loads a table for a new model. The columns and the scaling are determined from the table and its options.
     *
     * @param check returns the model's check of rows for a given number of columns. Throws an exception if the model
     *     does not support this number
     * @throws DataException if the table cannot be used
     */
    public static ShardTable of(Dataset<Row> table, TableOptions options, IntFunction<RowCheck> check) {
        return of(table, FeatureColumns.of(table.schema(), options), null, options, check, UnaryOperator.identity());
    }

    /**
     * Loads a table for an existing model, or for one that changes a newly learnt scaling, e.g. leaves some columns
     * unscaled.
     *
     * @param columns feature columns of the model
     * @param scaling scaling of the model; null to learn it from this table
     * @param check returns the model's check of rows for a given number of columns. Throws an exception if the model
     *     does not support this number
     * @param adapt changes the scaling if it was learnt from this table; called after {@code check}
     * @throws DataException if the table cannot be used
     */
    public static ShardTable of(
            Dataset<Row> table,
            FeatureColumns columns,
            Scaling scaling,
            TableOptions options,
            IntFunction<RowCheck> check,
            UnaryOperator<Scaling> adapt) {
        return CheckedTable.load(
                table,
                columns,
                scaling,
                options,
                PartitionCount.OF_SHARDS,
                width -> 0,
                checked -> of(checked, scaling, options, check, adapt));
    }

    private static ShardTable of(
            CheckedTable checked,
            Scaling scaling,
            TableOptions options,
            IntFunction<RowCheck> check,
            UnaryOperator<Scaling> adapt) {
        requireRowPerPartition(checked.facts(), options);
        checked.logWarnings(options);
        RowCheck rowCheck = check.apply(checked.facts().width());
        BlockLoader loader = checked.loader();
        Scaling learnt = scaling == null ? adapt.apply(checked.learn(options.scale())) : scaling;
        BlockLoader.Roles<Shards> rows = loader.shards(learnt, rowCheck);
        return new ShardTable(checked, learnt, rows);
    }

    /**
     * Requires that there are at least as many training rows as partitions. This is checked first, because placing the
     * rows in partitions may take long.
     */
    private static void requireRowPerPartition(TableFacts facts, TableOptions options) {
        if (options.hasMorePartitionsThan(facts.fitted())) {
            throw new DataException(
                    "%s is %d, but there are %d training rows; expected at most as many partitions as rows, because each partition trains on its own rows"
                            .formatted(options.partitionsKey(), options.partitions(), facts.fitted()));
        }
    }
}
