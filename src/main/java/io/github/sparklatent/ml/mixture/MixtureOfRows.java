package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedSampler;
import io.github.sparklatent.ml.columns.FeatureValues;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.SampleRequest;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.scoring.FitRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A model that is one mixture, in the form that all families of mixtures share. It draws rows on the workers.
 *
 * @param <M> the class that extends this class
 */
public abstract class MixtureOfRows<M extends MixtureOfRows<M>> extends LatentModel<M> {
    /** Column of the component of a drawn row. */
    public static final String COMPONENT = "component";

    /** Creates the model. */
    protected MixtureOfRows(String uid) {
        super(uid);
    }

    /** Returns the parameters; a Gaussian mixture has columns of numbers only. */
    public abstract MixedMixture asMixed();

    /** Returns the record of the fit; empty if it is not known. */
    public abstract Optional<FitRecord> fitRecord();

    /** Returns the names of the numbers of a row; empty if the model does not know them. */
    public abstract List<String> rowNames();

    @Override
    public final Optional<String> noExplanationBecause() {
        return Optional.empty();
    }

    @Override
    public final List<String> drawnColumns() {
        return List.of(COMPONENT);
    }

    @Override
    public final boolean drawsGiven() {
        return true;
    }

    @Override
    public final Dataset<Row> draw(SampleRequest request) {
        MixedMixture mixture = asMixed();
        StructType schema = new StructType()
                .add(new AttributeGroup(getFeaturesCol(), numFeatures()).toStructField())
                .add(COMPONENT, DataTypes.IntegerType, false);
        MixedSampler sampler = sampler(request);
        Broadcast<Shipped<MixedSampler>> shipped =
                shipped(SparkSession.active(), request.isComplete() ? sampler.complete() : sampler);
        return request.draw(mixture.components(), schema, () -> {
            MixedSampler drawn = shipped.value().value();
            return index -> {
                int k = request.component().orElseGet(() -> drawn.component(index));
                return RowFactory.create(Vectors.dense(drawn.row(index, k)), k);
            };
        });
    }

    private MixedSampler sampler(SampleRequest request) {
        return request.given()
                .map(given -> MixedSampler.given(asMixed(), given, request.seed()))
                .orElseGet(() -> new MixedSampler(asMixed(), request.seed()));
    }

    /** Says of which components rows are drawn, how many features are given, and how many of the draws fit them. */
    @Override
    public final String describe(SampleRequest request) {
        return request.component().map(k -> COMPONENT + " " + k).orElse("all components")
                + request.given()
                        .map(Arrays::stream)
                        .map(given ->
                                given.filter(value -> !Double.isNaN(value)).count())
                        .map(count -> ", " + Lines.count(count, "feature") + " given" + effective(sampler(request)))
                        .orElse("");
    }

    private static String effective(MixedSampler sampler) {
        String text = ", %.0f of " + MixedSampler.DRAWS + " draws of each row fit them";
        return sampler.effectiveDraws().stream()
                .mapToObj(text::formatted)
                .findFirst()
                .orElse("");
    }

    /** Draws rows with a {@code component} and the features. A row is a function of the seed and of its index. */
    public Dataset<Row> sample(long rows, long seed) {
        return sample(new SampleRequest(rows, seed, null, true));
    }

    /**
     * Draws rows in which some features have given values: the component from its responsibilities for these values,
     * and the other features from their conditional distribution.
     *
     * @param given one number for each feature, in the units of the model; NaN where none is given
     */
    public Dataset<Row> sample(long rows, long seed, Vector given) {
        FeatureValues.requireWidth(given.size(), "given", numFeatures());
        return sample(new SampleRequest(rows, seed, null, true).given(given.toArray()));
    }

    /** Returns drawn rows without further columns. */
    final Dataset<Row> sample(SampleRequest request) {
        return draw(request).select(COMPONENT, getFeaturesCol());
    }
}
