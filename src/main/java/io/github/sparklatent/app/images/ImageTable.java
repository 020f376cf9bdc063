package io.github.sparklatent.app.images;

import static org.apache.spark.sql.functions.col;

import io.github.sparklatent.cluster.table.ImageColumns;
import io.github.sparklatent.learn.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads folders of images as one table, with Spark's image data source. */
public final class ImageTable {
    private ImageTable() {}

    /**
     * Reads the table. It has the pixels of each image and the name of its folder as the label.
     *
     * @param key key of the folders in the configuration
     * @param skip whether files that are not images are left out
     * @throws DataException if there is no image; when the rows are read, also if a file is not an image or an image
     *     has another size than the first
     */
    public static Dataset<Row> read(SparkSession spark, String key, List<String> paths, boolean skip) {
        String shown = key + " \"" + String.join("\", \"", paths) + "\"";
        Dataset<Row> images = spark.read()
                .format("image")
                .option("recursiveFileLookup", true)
                .option("dropInvalid", skip)
                .load(paths.toArray(String[]::new))
                .select("image.*");
        Row first = images
                .where(col("height").gt(0))
                .select("origin", "height", "width", "nChannels")
                .limit(1)
                .collectAsList()
                .stream()
                .findFirst()
                .orElseThrow(() -> new DataException(shown + " has no image"));
        int[] size = ImageRow.size(first.getInt(3), first.getInt(1), first.getInt(2));
        StructType schema =
                ImageColumns.schema(Arrays.stream(size).asLongStream().toArray(), Optional.of(DataTypes.StringType));
        MapFunction<Row, Row> row = new ImageRow(shown, first.getString(0), size);
        return images.select("origin", "height", "width", "nChannels", "data")
                .map(row, Encoders.row(schema))
                .to(schema);
    }
}
