package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.Scale;
import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.ml.core.ModelFamilies;
import io.github.sparklatent.ml.network.keys.EvaluateSettings;
import io.github.sparklatent.ml.network.measure.DrawnDistance;
import io.github.sparklatent.ml.network.measure.RowImage;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * In what way rows are to be compared with reconstructions and drawn rows: all that can be found
 * wrong before a network is trained or asked.
 */
public final class ComparisonPlan {
    /** Features of a space at most: their covariance takes 32 MB, its roots some minutes. */
    private static final int MOST_FEATURES = 2048;

    private final Kind kind;
    private final Settings settings;
    private final EvaluateSettings asked;
    private final Optional<AskedSpace> space;
    private final Optional<RowImage> image;

    private ComparisonPlan(
            Kind kind, Settings settings, Optional<AskedSpace> space, Optional<RowImage> image) {
        this.kind = kind;
        this.settings = settings;
        this.asked = EvaluateSettings.of(settings);
        this.space = space;
        this.image = image;
    }

    /**
     * Returns what the settings of a job ask for.
     *
     * @throws DataException if the network of a space cannot be read
     * @throws UsageException if it does not have what is asked for
     */
    static ComparisonPlan of(
            ModelFamilies families,
            SparkSession spark,
            ModelType type,
            Kind kind,
            Settings settings) {
        EvaluateSettings asked = EvaluateSettings.of(settings);
        return new ComparisonPlan(
                kind,
                settings,
                asked.hasFeatures()
                        ? Optional.of(AskedSpace.of(families, spark, type, asked))
                        : Optional.empty(),
                Optional.empty());
    }

    /**
     * The same for rows that may be images, as which a network's reconstructions are compared with
     * them in the units of the table.
     *
     * @param schema of the table
     * @param network that reads the rows
     * @param scale by which they are scaled
     * @throws UsageException where {@code model.image} is of another size than the rows, or {@code
     *     evaluate.imageRange} is given for nothing
     */
    ComparisonPlan withImageOf(StructType schema, Architecture network, Scale scale) {
        Optional<RowImage> found = RowImage.of(schema, settings, network);
        boolean compared = kind.hasEncoder() && scale != Scale.UNIT;
        asked.imageRange().ifPresent(range -> requireImage(range, found, compared));
        return new ComparisonPlan(kind, settings, space, found.filter(x -> compared));
    }

    private static void requireImage(double range, Optional<RowImage> image, boolean compared) {
        String given = "evaluate.imageRange is %s, but ".formatted(range);
        if (image.isEmpty()) {
            throw new UsageException(
                    given
                            + "rows are no images: expected a table of such, or model.image of"
                            + " channels, height and width");
        }
        if (!compared) {
            throw new UsageException(
                    given + "data.scale = unit leaves no image's values to compare");
        }
    }

    /**
     * Checks that rows can be compared so.
     *
     * @param width numbers of a row
     * @param scale by which they are scaled
     * @throws UsageException where they cannot
     */
    void requireRowsOf(int width, FeatureColumns columns, Scale scale) {
        if (space.isEmpty()) {
            return;
        }
        space.get().requireRowsOf(width, columns, scale);
        int features = space.get().features(width);
        if (drawsRows() && features > MOST_FEATURES) {
            throw new UsageException(
                    "evaluate.features gives %d features, expected at most %d: drawn rows are compared by their covariance"
                            .formatted(features, MOST_FEATURES));
        }
        if (drawsRows() && asked.rows() <= features) {
            throw new UsageException(
                    "evaluate.features.rows is %d, but there are %d features: must be more rows than features, or they have no covariance"
                            .formatted(asked.rows(), features));
        }
    }

    /**
     * Checks that there are rows enough.
     *
     * @param name of the rows
     * @throws DataException where there are not
     */
    void requireEnough(Shards rows, String name) {
        if (space.isPresent() && drawsRows()) {
            try {
                DrawnDistance.requireRows(rows, space.get().features(rows.width()), name);
            } catch (DataException e) {
                throw new DataException("evaluate.features: " + e.getMessage(), e);
            }
        }
    }

    /** The image that a row is; empty where reconstructions are not compared as images. */
    Optional<RowImage> image() {
        return image;
    }

    Optional<AskedSpace> space() {
        return space;
    }

    EvaluateSettings asked() {
        return asked;
    }

    /** Returns the seed of what is drawn. */
    long seed() {
        return settings.get(CommonKeys.SAMPLE_SEED);
    }

    /** Whether drawn rows have the noise of the likelihood. */
    boolean sampleNoise() {
        return settings.findOwn(CommonKeys.SAMPLE_NOISE).orElse(false);
    }

    private boolean drawsRows() {
        return kind.hasPrior();
    }
}
