package io.github.sparklatent.ml.network.measure;

import io.github.sparklatent.cluster.table.ImageColumns;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.network.keys.NetworkShape;
import io.github.sparklatent.ml.network.options.NetworkOptions;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.vae.model.Architecture;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/**
 * The image shape of a row.
 *
 * @param range range of its values, if the format of the table defines it
 */
public record RowImage(ImageShape shape, Optional<Double> range) {
    /** The range of values read from idx files. */
    private static final double FILE_RANGE = 1;

    /**
     * Returns the shape from {@code model.image}, else from the table, else from the network, or nothing.
     *
     * @param schema schema of the table
     * @param network network that reads the rows
     * @throws UsageException if {@code model.image} does not match the size of the rows
     */
    public static Optional<RowImage> of(StructType schema, Settings settings, Architecture network) {
        Optional<ImageShape> ofTable =
                ImageColumns.size(schema).map(NetworkOptions::image).filter(shape -> shape.size() == network.inputs());
        Optional<ImageShape> asked = settings.bind(NetworkShape.DEFAULT).image().map(NetworkOptions::image);
        if (!network.likelihood().conditions().isEmpty()) {
            return Optional.empty(); // a row is an image and its conditions
        }
        asked.ifPresent(shape -> requireSize(shape, network.inputs()));
        return asked.or(() -> ofTable)
                .or(() -> Optional.ofNullable(network.image()))
                .map(shape -> new RowImage(shape, ofTable.map(files -> FILE_RANGE)));
    }

    private static void requireSize(ImageShape shape, int width) {
        if (shape.size() != width) {
            throw new UsageException("model.image is %s = %d values, but the rows have %d features"
                    .formatted(shape, shape.size(), width));
        }
    }
}
