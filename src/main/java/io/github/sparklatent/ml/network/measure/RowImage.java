package io.github.sparklatent.ml.network.measure;

import io.github.sparklatent.cluster.table.ImageColumns;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.network.keys.NetworkKeys;
import io.github.sparklatent.ml.network.options.NetworkOptions;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.vae.model.Architecture;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/**
 * The image that a row is said to be.
 *
 * @param range of its values, where the format of the table says it
 */
public record RowImage(ImageShape shape, Optional<Double> range) {
    /** Of what idx and image files are read as. */
    private static final double OF_FILES = 1;

    /**
     * What {@code model.image} says, or the table, or the network that was trained on such.
     *
     * @param schema of the table
     * @param network that reads the rows
     * @throws UsageException where {@code model.image} is of another size than the rows
     */
    public static Optional<RowImage> of(
            StructType schema, Settings settings, Architecture network) {
        Optional<ImageShape> ofTable =
                ImageColumns.size(schema)
                        .map(NetworkOptions::image)
                        .filter(shape -> shape.size() == network.inputs());
        Optional<ImageShape> asked = settings.find(NetworkKeys.IMAGE).map(NetworkOptions::image);
        asked.ifPresent(shape -> requireSize(shape, network.inputs()));
        return asked.or(() -> ofTable)
                .or(() -> Optional.ofNullable(network.image()))
                .map(shape -> new RowImage(shape, ofTable.map(files -> OF_FILES)));
    }

    private static void requireSize(ImageShape shape, int width) {
        if (shape.size() != width) {
            throw new UsageException(
                    "model.image is %s = %d values, the rows have %d numbers"
                            .formatted(shape, shape.size(), width));
        }
    }
}
