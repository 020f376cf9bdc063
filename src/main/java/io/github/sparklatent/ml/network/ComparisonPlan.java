package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.ImageColumns;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.network.keys.EvaluateOptions;
import io.github.sparklatent.ml.network.keys.NetworkShape;
import io.github.sparklatent.ml.network.measure.RowComparison;
import io.github.sparklatent.ml.network.options.NetworkOptions;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.vae.HiddenLayer;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The plan for comparing rows with reconstructions and drawn rows. It reports all errors that can be found before a
 * network is trained or used.
 */
public final class ComparisonPlan {
    /** The most features of a space: their covariance then takes 32 MB, and its square root takes some minutes. */
    private static final int MAX_FEATURES = 2048;

    /** The most rows that are drawn: more than features. */
    private static final int MAX_DRAWN = 10_000;

    private final Kind kind;
    private final Settings settings;
    private final Optional<Space> space;
    private final Optional<RowImage> image;

    private ComparisonPlan(Kind kind, Settings settings, Optional<Space> space, Optional<RowImage> image) {
        this.kind = kind;
        this.settings = settings;
        this.space = space;
        this.image = image;
    }

    /**
     * Returns the plan of a job's settings.
     *
     * @throws DataException if the network of a feature space cannot be read
     * @throws UsageException if the network does not have the layer
     */
    static ComparisonPlan of(SparkSession spark, ModelType type, Kind kind, Settings settings) {
        return new ComparisonPlan(
                kind, settings, Space.of(spark, type, settings.bind(EvaluateOptions.DEFAULT)), Optional.empty());
    }

    /**
     * Returns the plan with the image shape of the rows. Reconstructions of images are compared in the units of the
     * table, unless values may be missing.
     *
     * @param schema schema of the table
     * @param network network that reads the rows
     * @param scale scaling of the rows
     * @throws UsageException if {@code model.image} does not match the size of the rows
     */
    ComparisonPlan withImageOf(StructType schema, Architecture network, Scale scale) {
        Optional<RowImage> found = RowImage.of(schema, settings, network);
        boolean compared = kind.hasEncoder() && scale != Scale.UNIT;
        boolean complete = !settings.is("data.invalid", "keep");
        return new ComparisonPlan(kind, settings, space, found.filter(x -> compared && complete));
    }

    /**
     * Checks that the rows can be compared in the feature space.
     *
     * @param width number of features of a row
     * @param scale scaling of the rows
     * @throws UsageException if they cannot be compared
     */
    void requireRowsOf(int width, FeatureColumns columns, Scale scale) {
        if (space.isEmpty()) {
            return;
        }
        HiddenLayer layer = space.get().layer();
        SavedModel network = space.get().network();
        if (layer.inputs() != width) {
            throw new UsageException("%s was trained on rows of %d features, but these rows have %d"
                    .formatted(Space.MODEL, layer.inputs(), width));
        }
        List<String> inputs = network.inputColumns();
        if (inputs.size() == width && columns.columns().size() == width && !inputs.equals(columns.columns())) {
            throw new UsageException("%s was trained on columns %s, but data.features gives %s"
                    .formatted(Space.MODEL, inputs, columns.columns()));
        }
        if (!ColumnEncoder.ranks(network.encoders()).equals(ColumnEncoder.ranks(columns.encoders()))) {
            throw new UsageException(
                    "%s reads other columns as ranks than these rows, or has other ranks; use a network that was trained with the data.scale and data.columns of this model, on the same table"
                            .formatted(Space.MODEL));
        }
        if (scale == Scale.UNIT && network.scaling().kind() != Scale.UNIT) {
            throw new UsageException(
                    "%s was trained with data.scale = %s, but these rows are scaled to length 1, which cannot be undone"
                            .formatted(Space.MODEL, network.scaling().kind()));
        }
        if (kind.hasPrior() && layer.outputs() > MAX_FEATURES) {
            throw new UsageException(
                    "evaluate.features gives %d features, expected at most %d, because drawn rows are compared by their covariance"
                            .formatted(layer.outputs(), MAX_FEATURES));
        }
    }

    /**
     * Checks that there are enough rows.
     *
     * @param name name of the rows
     * @throws DataException if there are too few
     */
    void requireEnough(Shards rows, String name) {
        if (space.isPresent() && kind.hasPrior()) {
            try {
                RowComparison.requireRows(rows, space.get().layer().outputs(), name);
            } catch (DataException e) {
                throw new DataException("evaluate.features: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Compares rows with their reconstructions and with drawn rows, on the workers.
     *
     * @param model model with its scoring options
     * @param table table of the rows; the value range of images is taken from it for all comparisons
     * @param name name of the rows
     */
    Comparison compare(NetworkModel<?> model, ShardTable table, Shards rows, String name) {
        Map<String, Object> details = new LinkedHashMap<>();
        double range = image.flatMap(RowImage::range).orElse(table.facts().valueRange());
        RowComparison.Images images = image.filter(shown -> range > 0) // else all values are equal
                .map(shown -> new RowComparison.Images(shown.shape(), range, table.scaling()))
                .orElse(null);
        if (images != null) {
            details.put(
                    "images",
                    Json.object(
                            "channels", images.shape().channels(),
                            "height", images.shape().height(),
                            "width", images.shape().width(),
                            "window", images.window(),
                            "range", range));
        }
        RowComparison.Draws draws = null;
        if (space.isPresent()) {
            Map<String, Object> features = space.get().json();
            if (kind.hasPrior()) {
                draws = RowComparison.Draws.of(
                        rows.sizes(),
                        MAX_DRAWN,
                        settings.get("sample.seed", Long.class),
                        settings.is("sample.noise", "true"));
                features.put("drawn", draws.count());
                features.put("seed", draws.seed());
                features.put("noise", draws.noise());
            }
            details.put("features", features);
        }
        RowComparison.Features features =
                space.map(known -> known.features(table.scaling())).orElse(null);
        Map<String, Object> metrics = new RowComparison(
                        model.network(), model.scoringOptions(), images, features, draws)
                .of(rows, "comparison of the " + name);
        return new Comparison(metrics, details, space.map(Space::describe).orElse(""));
    }

    /**
     * The feature space that the configuration selects: a layer of a saved network.
     *
     * @param network the saved network
     * @param layer its layer
     */
    record Space(SavedModel network, HiddenLayer layer) {
        private static final String MODEL = "evaluate.features.model";

        /**
         * Finds the space; empty if rows are not compared.
         *
         * @throws DataException if the network cannot be read
         * @throws UsageException if the model is not a network or does not have the layer
         */
        static Optional<Space> of(SparkSession spark, ModelType expected, EvaluateOptions settings) {
            return settings.model().map(path -> {
                SavedModel saved = SavedModels.any(spark, path, expected);
                if (!(saved.model() instanceof NetworkModel<?> network)) {
                    throw new UsageException(
                            "%s is a model of type %s, expected a neural model".formatted(MODEL, saved.type()));
                }
                return new Space(saved, layer(network, settings.layer()));
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

        /** Returns the space for rows of a scaling. */
        RowComparison.Features features(Scaling scaling) {
            return new RowComparison.Features(layer, scaling, network.scaling());
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

    /**
     * The image shape of a row.
     *
     * @param range range of its values, if the format of the table defines it
     */
    record RowImage(ImageShape shape, Optional<Double> range) {
        /** The range of values read from idx files. */
        private static final double FILE_RANGE = 1;

        /**
         * Returns the shape from {@code model.image}, else from the table, else from the network, or nothing.
         *
         * @param schema schema of the table
         * @param network network that reads the rows
         * @throws UsageException if {@code model.image} does not match the size of the rows
         */
        static Optional<RowImage> of(StructType schema, Settings settings, Architecture network) {
            Optional<ImageShape> ofTable = ImageColumns.size(schema)
                    .map(NetworkOptions::image)
                    .filter(shape -> shape.size() == network.inputs());
            Optional<ImageShape> asked =
                    settings.bind(NetworkShape.DEFAULT).image().map(NetworkOptions::image);
            if (!network.likelihood().conditions().isEmpty()) {
                return Optional.empty(); // a row is an image and its conditions
            }
            asked.filter(shape -> shape.size() != network.inputs()).ifPresent(shape -> {
                throw new UsageException("model.image is %s = %d values, but the rows have %d features"
                        .formatted(shape, shape.size(), network.inputs()));
            });
            return asked.or(() -> ofTable)
                    .or(() -> Optional.ofNullable(network.image()))
                    .map(shape -> new RowImage(shape, ofTable.map(files -> FILE_RANGE)));
        }
    }
}
