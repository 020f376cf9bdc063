package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.metrics.FeatureSpace;
import io.github.sparklatent.metrics.PrincipalComponents;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.network.keys.EvaluateOptions;
import io.github.sparklatent.ml.network.measure.NetworkFeatures;
import io.github.sparklatent.vae.HiddenLayer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** The feature space that the configuration selects. */
final class ConfiguredSpace {
    private static final String MODEL = "evaluate.features.model";

    /** The most numbers in a basis of principal components: 512 MB, which each task sends. */
    private static final long GREATEST_BASIS = 1L << 26;

    private final EvaluateOptions settings;

    /** The network of the space; null if the space is made of principal components. */
    private final SavedModel network;

    private final HiddenLayer layer;

    private ConfiguredSpace(EvaluateOptions settings, SavedModel network, HiddenLayer layer) {
        this.settings = settings;
        this.network = network;
        this.layer = layer;
    }

    /**
     * Finds the space.
     *
     * @throws DataException if the network cannot be read
     * @throws UsageException if the model is not a network or does not have the layer
     */
    static ConfiguredSpace of(SparkSession spark, ModelType expected, EvaluateOptions settings) {
        if (settings.space() != EvaluateOptions.Space.NETWORK) {
            return new ConfiguredSpace(settings, null, null);
        }
        SavedModel saved = SavedModels.any(spark, settings.model().orElseThrow(), expected);
        if (!(saved.model() instanceof NetworkModel<?> network)) {
            throw new UsageException(
                    "%s is a model of type %s, expected a neural model".formatted(MODEL, saved.type()));
        }
        return new ConfiguredSpace(settings, saved, layer(network, settings.layer()));
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

    /** Returns whether the space is a layer of a network. Reconstructions are then compared in it too. */
    boolean isOfNetwork() {
        return layer != null;
    }

    /**
     * Returns the number of features of the space.
     *
     * @param width number of features of a row
     */
    int features(int width) {
        return layer == null ? Math.min(settings.components(), width) : layer.outputs();
    }

    /**
     * Checks that the space can be computed for the rows.
     *
     * @param width number of features of a row
     * @param scale scaling of the rows
     * @throws UsageException if the network was trained on other rows, or there are too many principal components
     */
    void requireRowsOf(int width, FeatureColumns columns, Scale scale) {
        if (layer == null) {
            requireBasis(width);
            return;
        }
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

    private void requireBasis(int width) {
        int basis = PrincipalComponents.basis(width, features(width));
        if ((long) width * basis > GREATEST_BASIS) {
            throw new UsageException(
                    "evaluate.features.components is %d, too many for rows of %d features: finding them needs %d x %d numbers, expected at most %d"
                            .formatted(settings.components(), width, width, basis, GREATEST_BASIS));
        }
    }

    /**
     * Returns the space.
     *
     * @param rows rows whose principal components are used, if the space is made of them
     * @param scaling scaling of all rows that are compared
     */
    FeatureSpace space(Shards rows, Scaling scaling) {
        return layer == null
                ? PrincipalComponents.of(rows, settings.components())
                : new NetworkFeatures(layer, scaling, network.scaling());
    }

    /**
     * Returns the name of the space, shown beside a figure.
     *
     * @param rows name of the rows whose principal components are used
     */
    String describe(int width, String rows) {
        return layer == null
                ? "%s of the %s".formatted(Lines.count(features(width), "principal component"), rows)
                : "%s of the %s at %s, %s"
                        .formatted(
                                layer.name(), network.type(), network.path(), Lines.count(layer.outputs(), "feature"));
    }

    /** Returns a description of the space for programs. */
    Map<String, Object> json(int width, String rows) {
        return layer == null
                ? Json.object("type", settings.space().toString(), "components", features(width), "of", rows)
                : Json.object(
                        "type", settings.space().toString(),
                        "model", network.path(),
                        "modelType", network.type().toString(),
                        "modelFingerprint", network.fingerprint(),
                        "layer", layer.name(),
                        "width", layer.outputs());
    }
}
