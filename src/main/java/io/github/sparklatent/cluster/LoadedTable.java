package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.PartitionChoice;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.columns.Scaling;

/**
 * The rows of a table, checked, placed, scaled, packed into blocks and cached on the workers.
 *
 * @param <T> form of the rows
 */
public abstract sealed class LoadedTable<T> implements AutoCloseable permits BlockTable, ShardTable {
    final CheckedTable table;
    private final Scaling scaling;
    private final BlockLoader.Roles<T> rows;

    LoadedTable(CheckedTable table, Scaling scaling, BlockLoader.Roles<T> rows) {
        this.table = table;
        this.scaling = scaling;
        this.rows = rows;
    }

    public T train() {
        return rows.train();
    }

    /** Held-out rows, or null if there are none. */
    public T holdout() {
        return rows.holdout();
    }

    public TableFacts facts() {
        return table.facts();
    }

    public FeatureColumns columns() {
        return table.columns();
    }

    public Scaling scaling() {
        return scaling;
    }

    /** The number of partitions of the rows and the reason for it. */
    public PartitionChoice partitions() {
        return table.loader().partitions();
    }

    /** Releases the cached blocks and the shuffle files of the placement. */
    @Override
    public void close() {
        table.loader().release();
    }
}
