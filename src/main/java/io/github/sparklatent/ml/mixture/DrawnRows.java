package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.gmm.em.MixtureRepair;
import io.github.sparklatent.gmm.model.ConditionalMixture;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.gmm.model.MixtureSampler;
import io.github.sparklatent.ml.core.SampleRequest;
import java.util.ArrayList;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Draws rows of a mixture on the workers. */
final class DrawnRows {
    private DrawnRows() {}

    /**
     * Returns rows with the features and an integer {@code component}.
     *
     * @param featuresCol name of the column of features
     * @throws io.github.sparklatent.learn.DataException if given values are too far from every
     *     component
     */
    static Dataset<Row> of(Mixture mixture, String featuresCol, SampleRequest request) {
        StructType schema =
                new StructType()
                        .add(new AttributeGroup(featuresCol, mixture.dimension()).toStructField())
                        .add("component", DataTypes.IntegerType, false);
        Optional<ConditionalMixture> conditional =
                request.given().map(given -> ConditionalMixture.of(mixture, given));
        // A conditional covariance can lose its last digits where the whole one is just usable.
        Mixture drawn =
                conditional
                        .map(found -> MixtureRepair.of(found.mixture(), new ArrayList<>()))
                        .orElse(mixture);
        Broadcast<Shipped<MixtureSampler>> shipped =
                JavaSparkContext.fromSparkContext(SparkSession.active().sparkContext())
                        .broadcast(Shipped.of(new MixtureSampler(drawn, request.seed())));
        int[] free = conditional.map(ConditionalMixture::free).orElse(null);
        return request.draw(
                mixture.components(),
                schema,
                () -> {
                    MixtureSampler sampler = shipped.value().value();
                    return index -> {
                        int k = request.component().orElseGet(() -> sampler.component(index));
                        double[] row = sampler.row(index, k);
                        double[] whole =
                                request.given()
                                        .map(given -> ConditionalMixture.row(given, free, row))
                                        .orElse(row);
                        return RowFactory.create(Vectors.dense(whole), k);
                    };
                });
    }
}
