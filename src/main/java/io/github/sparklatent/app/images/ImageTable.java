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

/** Folders of pictures as one table, through Spark's own image data source. */
public final class ImageTable {
    private ImageTable() {}

    /**
     * The table: pixels, and the name of the folder that a picture lies in as its label.
     *
     * @param key that names the folders in the configuration
     * @param skip whether files that are no images are left out
     * @throws DataException where there is no image; rows throw it for a file that is none, or for
     *     an image of another size than the first
     */
    public static Dataset<Row> read(
            SparkSession spark, String key, List<String> paths, boolean skip) {
        String shown = key + " \"" + String.join("\", \"", paths) + "\"";
        Dataset<Row> images =
                spark.read()
                        .format("image")
                        .option("recursiveFileLookup", true)
                        .option("dropInvalid", skip)
                        .load(paths.toArray(String[]::new))
                        .select("image.*");
        Row first =
                images
                        .where(col("height").gt(0))
                        .select("origin", "height", "width", "nChannels")
                        .limit(1)
                        .collectAsList()
                        .stream()
                        .findFirst()
                        .orElseThrow(() -> new DataException(shown + " has no image"));
        int[] size = ImageRow.size(first.getInt(3), first.getInt(1), first.getInt(2));
        StructType schema =
                ImageColumns.schema(
                        Arrays.stream(size).asLongStream().toArray(),
                        Optional.of(DataTypes.StringType));
        MapFunction<Row, Row> row = new ImageRow(shown, first.getString(0), size);
        return images.select("origin", "height", "width", "nChannels", "data")
                .map(row, Encoders.row(schema))
                .to(schema);
    }
}
