package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedSampler;
import io.github.sparklatent.ml.core.SampleRequest;
import io.github.sparklatent.ml.io.Lines;
import java.util.Arrays;
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
public final class DrawnRows {
    /** Column of the component of a row. */
    public static final String COMPONENT = "component";

    private DrawnRows() {}

    /**
     * Returns rows with the features and an integer {@link #COMPONENT}.
     *
     * @param featuresCol name of the column of features
     * @throws io.github.sparklatent.learn.DataException if given values are too far from every component
     */
    public static Dataset<Row> of(MixedMixture mixture, String featuresCol, SampleRequest request) {
        int features = mixture.columns().size();
        StructType schema = new StructType()
                .add(new AttributeGroup(featuresCol, features).toStructField())
                .add(COMPONENT, DataTypes.IntegerType, false);
        MixedSampler sampler = request.given()
                .map(given -> MixedSampler.given(mixture, given, request.seed()))
                .orElseGet(() -> new MixedSampler(mixture, request.seed()));
        Broadcast<Shipped<MixedSampler>> shipped = JavaSparkContext.fromSparkContext(
                        SparkSession.active().sparkContext())
                .broadcast(Shipped.of(request.isComplete() ? sampler.complete() : sampler));
        return request.draw(mixture.components(), schema, () -> {
            MixedSampler drawn = shipped.value().value();
            return index -> {
                int k = request.component().orElseGet(() -> drawn.component(index));
                return RowFactory.create(Vectors.dense(drawn.row(index, k)), k);
            };
        });
    }

    /** Says of which components rows are drawn and how many features are given. */
    public static String describe(SampleRequest request) {
        return request.component().map(k -> COMPONENT + " " + k).orElse("all components")
                + request.given()
                        .map(Arrays::stream)
                        .map(given ->
                                given.filter(value -> !Double.isNaN(value)).count())
                        .map(count -> ", " + Lines.count(count, "feature") + " given")
                        .orElse("");
    }
}
