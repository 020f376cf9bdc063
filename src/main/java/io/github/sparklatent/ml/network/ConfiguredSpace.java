package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.metrics.FeatureSpace;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.network.keys.EvaluateOptions;
import io.github.sparklatent.ml.network.measure.NetworkFeatures;
import io.github.sparklatent.vae.HiddenLayer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * The feature space that the configuration selects: a layer of a saved network.
 *
 * @param network the saved network
 * @param layer its layer
 */
record ConfiguredSpace(SavedModel network, HiddenLayer layer) {
    private static final String MODEL = "evaluate.features.model";

    /**
     * Finds the space; empty if rows are not compared.
     *
     * @throws DataException if the network cannot be read
     * @throws UsageException if the model is not a network or does not have the layer
     */
    static Optional<ConfiguredSpace> of(SparkSession spark, ModelType expected, EvaluateOptions settings) {
        return settings.model().map(path -> {
            SavedModel saved = SavedModels.any(spark, path, expected);
            if (!(saved.model() instanceof NetworkModel<?> network)) {
                throw new UsageException(
                        "%s is a model of type %s, expected a neural model".formatted(MODEL, saved.type()));
            }
            return new ConfiguredSpace(saved, layer(network, settings.layer()));
        });
    }

    private static HiddenLayer layer(NetworkModel<?> network, String asked) {
        List<HiddenLayer> layers = HiddenLayer.of(network.network());
        for (HiddenLayer layer : layers) {
            if (layer.name().equals(asked)) {
                return layer;
            }
        }
        String names = layers.stream().map(HiddenLayer::name).collect(Collectors.joining(", "));
        throw new UsageException(
                "evaluate.features.layer is \"%s\", but the layers of %s are %s".formatted(asked, MODEL, names));
    }

    /**
     * Checks that the space can be computed for the rows.
     *
     * @param width number of features of a row
     * @param scale scaling of the rows
     * @throws UsageException if the network was trained on other rows
     */
    void requireRowsOf(int width, FeatureColumns columns, Scale scale) {
        if (layer.inputs() != width) {
            throw new UsageException("%s was trained on rows of %d features, but these rows have %d"
                    .formatted(MODEL, layer.inputs(), width));
        }
        List<String> inputs = network.inputColumns();
        if (inputs.size() == width && columns.columns().size() == width && !inputs.equals(columns.columns())) {
            throw new UsageException("%s was trained on columns %s, but data.features gives %s"
                    .formatted(MODEL, inputs, columns.columns()));
        }
        if (!ColumnEncoder.ranks(network.encoders()).equals(ColumnEncoder.ranks(columns.encoders()))) {
            throw new UsageException(
                    "%s reads other columns as ranks than these rows, or has other ranks; use a network that was trained with the data.scale and data.columns of this model, on the same table"
                            .formatted(MODEL));
        }
        if (scale == Scale.UNIT && network.scaling().kind() != Scale.UNIT) {
            throw new UsageException(
                    "%s was trained with data.scale = %s, but these rows are scaled to length 1, which cannot be undone"
                            .formatted(MODEL, network.scaling().kind()));
        }
    }

    /** Returns the space for rows of a scaling. */
    FeatureSpace space(Scaling scaling) {
        return new NetworkFeatures(layer, scaling, network.scaling());
    }

    /** Returns the name of the space, shown beside a metric. */
    String describe() {
        return "%s of the %s at %s, %s"
                .formatted(layer.name(), network.type(), network.path(), Lines.count(layer.outputs(), "feature"));
    }

    /** Returns a description of the space for programs. */
    Map<String, Object> json() {
        return Json.object(
                "model", network.path(),
                "modelType", network.type().toString(),
                "modelFingerprint", network.fingerprint(),
                "layer", layer.name(),
                "width", layer.outputs());
    }
}
