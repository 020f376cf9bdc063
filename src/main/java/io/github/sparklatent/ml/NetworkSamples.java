package io.github.sparklatent.ml;

import io.github.sparklatent.cluster.Shipped;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.vae.NetworkSampler;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Rows drawn on the workers; row i is the same whichever partition it falls into. */
final class NetworkSamples {
    private NetworkSamples() {}

    /**
     * @param component of all rows, or null: drawn from the whole prior
     */
    static Dataset<Row> table(
            TrainedNetwork network,
            String featuresCol,
            long rows,
            long seed,
            boolean noise,
            Integer component) {
        Require.that(rows >= 0, "rows to sample is %d, expected at least 0", rows);
        int components = network.architecture().components();
        Require.that(
                component == null || component >= 0 && component < components,
                "component is %d, expected 0 to %d",
                component,
                components - 1);
        int width = network.architecture().inputs();
        StructType schema =
                new StructType().add(new AttributeGroup(featuresCol, width).toStructField());
        SparkSession spark = SparkSession.builder().getOrCreate();
        Broadcast<Shipped<TrainedNetwork>> shipped =
                JavaSparkContext.fromSparkContext(spark.sparkContext())
                        .broadcast(Shipped.of(network));
        return spark.range(rows)
                .mapPartitions(draw(shipped, width, seed, noise, component), Encoders.row(schema))
                .to(schema);
    }

    private static MapPartitionsFunction<Long, Row> draw(
            Broadcast<Shipped<TrainedNetwork>> shipped,
            int width,
            long seed,
            boolean noise,
            Integer component) {
        return indices -> {
            TrainedNetwork network = shipped.value().value();
            NetworkSampler sampler =
                    component == null ? network.sampler(seed) : network.sampler(component, seed);
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return indices.hasNext();
                }

                @Override
                public Row next() {
                    double[] values = new double[width];
                    if (noise) {
                        sampler.sample(indices.next(), values);
                    } else {
                        sampler.mean(indices.next(), values);
                    }
                    return RowFactory.create(Vectors.dense(values));
                }
            };
        };
    }
}
