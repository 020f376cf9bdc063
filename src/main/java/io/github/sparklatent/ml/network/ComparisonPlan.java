package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.ml.network.keys.EvaluateOptions;
import io.github.sparklatent.ml.network.measure.DrawnDistance;
import io.github.sparklatent.ml.network.measure.RowImage;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.Optional;
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
    static final int MAX_DRAWN = 10_000;

    private final Kind kind;
    private final Settings settings;
    private final Optional<ConfiguredSpace> space;
    private final Optional<RowImage> image;

    private ComparisonPlan(Kind kind, Settings settings, Optional<ConfiguredSpace> space, Optional<RowImage> image) {
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
                kind,
                settings,
                ConfiguredSpace.of(spark, type, settings.bind(EvaluateOptions.DEFAULT)),
                Optional.empty());
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
        space.get().requireRowsOf(width, columns, scale);
        int features = space.get().layer().outputs();
        if (drawsRows() && features > MAX_FEATURES) {
            throw new UsageException(
                    "evaluate.features gives %d features, expected at most %d, because drawn rows are compared by their covariance"
                            .formatted(features, MAX_FEATURES));
        }
    }

    /**
     * Checks that there are enough rows.
     *
     * @param name name of the rows
     * @throws DataException if there are too few
     */
    void requireEnough(Shards rows, String name) {
        if (space.isPresent() && drawsRows()) {
            try {
                DrawnDistance.requireRows(rows, space.get().layer().outputs(), name);
            } catch (DataException e) {
                throw new DataException("evaluate.features: " + e.getMessage(), e);
            }
        }
    }

    /** Returns the image shape of a row; empty if reconstructions are not compared as images. */
    Optional<RowImage> image() {
        return image;
    }

    Optional<ConfiguredSpace> space() {
        return space;
    }

    /** Returns the seed of the drawn rows. */
    long seed() {
        return settings.get("sample.seed", Long.class);
    }

    /** Returns whether drawn rows have the noise of the likelihood. */
    boolean sampleNoise() {
        return settings.is("sample.noise", "true");
    }

    private boolean drawsRows() {
        return kind.hasPrior();
    }
}
