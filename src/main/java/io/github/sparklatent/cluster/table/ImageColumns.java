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
    /** Name of the column of pixels. */
    public static final String IMAGE = "image";

    /** Name of the column of classes. */
    public static final String LABEL = "label";

    /** Metadata key of the column of pixels: channels, height and width. */
    private static final String SIZE = "imageSize";

    /** Value of a white pixel; black is 0. */
    public static final double WHITE = 255;

    private ImageColumns() {}

    /**
     * Returns the schema of a table of images.
     *
     * @param size channels, height and width
     * @param label type of the label column, if there is one
     */
    public static StructType schema(long[] size, Optional<DataType> label) {
        Metadata metadata = new MetadataBuilder().putLongArray(SIZE, size).build();
        StructType pixels = new StructType()
                .add(new StructField(IMAGE, DataTypes.createArrayType(DataTypes.DoubleType, false), false, metadata));
        return label.map(type -> pixels.add(LABEL, type, false)).orElse(pixels);
    }

    /** Returns channels, height and width of the images of a table; empty if it has none. */
    public static Optional<List<Integer>> size(StructType schema) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.metadata().contains(SIZE))
                .map(field -> field.metadata().getLongArray(SIZE))
                .map(size -> Arrays.stream(size).mapToObj(Math::toIntExact).toList())
                .findFirst();
    }
}
