package io.github.sparklatent.bench.networks;

import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.learn.InMemoryShards;
import io.github.sparklatent.learn.Shards;
import java.io.IOException;
import org.ejml.data.FMatrixRMaj;

/** A table to be clustered, in partitions for trainings and whole to be measured. */
final class ClusterData implements AutoCloseable {
    private final ClusterSetting setting;
    private final Images images;

    /** Null: the rows are few and lie in memory. */
    private final ImageTables tables;

    private ShardTable open;
    private Shards shards;

    private ClusterData(ClusterSetting setting, Images images, ImageTables tables) {
        this.setting = setting;
        this.images = images;
        this.tables = tables;
    }

    static ClusterData digits() throws IOException {
        return new ClusterData(ClusterSetting.DIGITS, Digits.labelled(), null);
    }

    static ClusterData mnist(ImageTables tables, NetworkOptions options) throws IOException {
        return new ClusterData(ClusterSetting.MNIST, Images.all(options.data()), tables);
    }

    ClusterSetting setting() {
        return setting;
    }

    /** n × d. Not to be modified. */
    FMatrixRMaj rows() {
        return images.rows();
    }

    /** Of the rows, to measure by only. Not to be modified. */
    int[] labels() {
        return images.labels();
    }

    /** The same rows in partitions, without labels; valid until others are asked for. */
    Shards shards(int partitions) throws IOException {
        if (shards == null || shards.partitions() != partitions) {
            close();
            if (tables == null) {
                shards = InMemoryShards.of(images.rows(), partitions);
            } else {
                open = tables.all(partitions);
                shards = open.train();
            }
        }
        return shards;
    }

    @Override
    public void close() {
        shards = null;
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
