package io.github.sparklatent.cluster;

import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.linalg.FloatBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** The cached blocks of floats that came out of a table. */
final class Shard {
    private Shard() {}

    static List<List<FloatBlock>> blocks(SparkSession spark, String name) {
        JavaRDD<FloatBlock> cached =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).getPersistentRDDs().values().stream()
                        .filter(rdd -> Objects.equals(rdd.name(), name))
                        .reduce((first, second) -> {
                            throw new IllegalStateException("two tables are open");
                        })
                        .map(rdd -> rdd.map(one -> (FloatBlock) ((PackedRows.Packed<?>) one).block))
                        .orElseThrow();
        return cached.glom().collect();
    }

    static InMemoryShards inMemory(SparkSession spark, String name) {
        return new InMemoryShards(
                blocks(spark, name).stream().map(PartitionRows::new).toList());
    }

    /** Partitions, rows and weights as text in which no bit is lost. */
    static String bits(SparkSession spark, String name) {
        StringBuilder text = new StringBuilder();
        for (List<FloatBlock> blocks : blocks(spark, name)) {
            text.append("partition\n");
            for (List<Float> row : rows(blocks)) {
                text.append(row).append('\n');
            }
        }
        return text.toString();
    }

    /** Rows, each with its weight at the end. */
    static List<List<Float>> rows(List<FloatBlock> blocks) {
        List<List<Float>> rows = new ArrayList<>();
        for (FloatBlock block : blocks) {
            for (int i = 0; i < block.size(); i++) {
                List<Float> row = new ArrayList<>();
                for (int j = 0; j < block.width(); j++) {
                    row.add(block.rows().get(i, j));
                }
                row.add(block.weight(i));
                rows.add(row);
            }
        }
        return rows;
    }
}
