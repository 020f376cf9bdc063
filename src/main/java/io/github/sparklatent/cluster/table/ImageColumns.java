package io.github.sparklatent.cluster.table;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of a table of images. */
public final class ImageColumns {
    /** The column of pixels. */
    public static final String IMAGE = "image";

    /** The column of classes. */
    public static final String LABEL = "label";

    /** Where the column of pixels notes channels, height and width. */
    private static final String SIZE = "imageSize";

    public static final double WHITE = 255;

    private ImageColumns() {}

    public static StructType schema(long[] size, Optional<DataType> label) {
        Metadata metadata = new MetadataBuilder().putLongArray(SIZE, size).build();
        StructType pixels =
                new StructType()
                        .add(
                                new StructField(
                                        IMAGE,
                                        DataTypes.createArrayType(DataTypes.DoubleType, false),
                                        false,
                                        metadata));
        return label.map(type -> pixels.add(LABEL, type, false)).orElse(pixels);
    }

    /** Channels, height and width of the images of a table; nothing where it has none. */
    public static Optional<List<Integer>> size(StructType schema) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.metadata().contains(SIZE))
                .map(field -> field.metadata().getLongArray(SIZE))
                .map(size -> Arrays.stream(size).mapToObj(Math::toIntExact).toList())
                .findFirst();
    }
}
