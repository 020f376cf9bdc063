package io.github.sparklatent.bench.clustering;

import io.github.sparklatent.bench.data.Digits;
import io.github.sparklatent.bench.data.ImageTables;
import io.github.sparklatent.bench.data.Images;
import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.Shards;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.ejml.data.FMatrixRMaj;

/** A table to be clustered: in partitions for trainings, and as a whole for measurements. */
public final class ClusterData implements AutoCloseable {
    private final ClusterSetting setting;
    private final Images images;

    /** Null for the digits, which are in memory. */
    private final ImageTables tables;

    private ShardTable open;
    private Shards shards;

    private ClusterData(ClusterSetting setting, Images images, ImageTables tables) {
        this.setting = setting;
        this.images = images;
        this.tables = tables;
    }

    public static ClusterData digits() throws IOException {
        return new ClusterData(ClusterSetting.DIGITS, Digits.read(), null);
    }

    public static ClusterData mnist(SparkSession spark, Path folder) throws IOException {
        ImageTables tables = new ImageTables(spark, folder);
        return new ClusterData(ClusterSetting.MNIST, Images.all(folder), tables);
    }

    ClusterSetting setting() {
        return setting;
    }

    /** n × d. Not to be modified. */
    FMatrixRMaj rows() {
        return images.rows();
    }

    /** Labels of the rows, for measurements only. Not to be modified. */
    public int[] labels() {
        return images.labels();
    }

    /** Returns the rows in partitions, which are valid until another number is asked for. */
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
