package io.github.sparklatent.ml;

import io.github.sparklatent.cluster.Shipped;
import io.github.sparklatent.gmm.Mixture;
import io.github.sparklatent.gmm.MixtureSampler;
import io.github.sparklatent.learn.Require;
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
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows drawn on the workers; row i is the same whichever partition it falls into. */
final class MixtureSamples {
    private MixtureSamples() {}

    /**
     * @param component of all rows, or null: drawn by weight
     * @return columns {@code component} and features
     */
    static Dataset<Row> table(
            Mixture mixture, String featuresCol, long rows, long seed, Integer component) {
        Require.that(rows >= 0, "rows to sample is %d, expected at least 0", rows);
        Require.that(
                component == null || component >= 0 && component < mixture.components(),
                "component is %d, expected 0 to %d",
                component,
                mixture.components() - 1);
        StructType schema =
                new StructType()
                        .add("component", DataTypes.IntegerType, false)
                        .add(new AttributeGroup(featuresCol, mixture.dimension()).toStructField());
        SparkSession spark = SparkSession.builder().getOrCreate();
        Broadcast<Shipped<MixtureSampler>> sampler =
                JavaSparkContext.fromSparkContext(spark.sparkContext())
                        .broadcast(Shipped.of(new MixtureSampler(mixture, seed)));
        return spark.range(rows)
                .mapPartitions(draw(sampler, component), Encoders.row(schema))
                .to(schema);
    }

    private static MapPartitionsFunction<Long, Row> draw(
            Broadcast<Shipped<MixtureSampler>> shipped, Integer component) {
        return indices -> {
            MixtureSampler sampler = shipped.value().value();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return indices.hasNext();
                }

                @Override
                public Row next() {
                    long index = indices.next();
                    int k = component == null ? sampler.component(index) : component;
                    return RowFactory.create(k, Vectors.dense(sampler.row(index, k)));
                }
            };
        };
    }
}
