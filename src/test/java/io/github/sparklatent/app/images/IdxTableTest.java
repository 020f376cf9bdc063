package io.github.sparklatent.app.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.ImageColumns;
import io.github.sparklatent.learn.DataException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class IdxTableTest {
    private final SparkSession spark = LocalSpark.session();

    @TempDir
    private Path folder;

    private Dataset<Row> read(String images, String... labels) {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        return IdxTable.read(
                spark,
                IdxTable.files("data.path", List.of(images), hadoop),
                IdxTable.files("data.labels", List.of(labels), hadoop));
    }

    private String file(String name, byte[] content) {
        return IdxFiles.write(folder.resolve(name), content);
    }

    private void refused(String sentence, String images, String... labels) {
        assertThatThrownBy(() -> read(images, labels).collectAsList()).satisfies(error -> {
            Throwable cause = error;
            while (!(cause instanceof DataException) && cause.getCause() != null) {
                cause = cause.getCause();
            }
            assertThat(cause).isInstanceOf(DataException.class).hasMessageContaining(sentence);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pixelsLieBetween0And1BesideTheirLabel(boolean packed) {
        byte[] images = IdxFiles.images(7);
        byte[] labels = IdxFiles.labels(7);
        Dataset<Row> table = read(
                file("images", packed ? IdxFiles.packed(images) : images),
                file("labels", packed ? IdxFiles.packed(labels) : labels));
        assertThat(table.columns()).containsExactly("image", "label");
        assertThat(ImageColumns.size(table.schema())).contains(List.of(1, 2, 3));
        List<Row> rows = table.collectAsList();
        assertThat(rows).hasSize(7);
        for (int i = 0; i < rows.size(); i++) {
            List<Double> pixels = rows.get(i).getList(0);
            for (int p = 0; p < 6; p++) {
                assertThat(pixels.get(p)).isEqualTo((40 * i + p) % 256 / 255.0);
            }
            assertThat(rows.get(i).getInt(1)).isEqualTo(i % 3);
        }
    }

    @Test
    void labelsMayBeLeftOutAndFilesBeSeveral() {
        file("a-images", IdxFiles.images(3));
        file("b-images", IdxFiles.packed(IdxFiles.images(2)));
        Dataset<Row> table = read(folder + "/*-images");
        assertThat(table.columns()).containsExactly("image");
        assertThat(table.count()).isEqualTo(5);
    }

    @Test
    void aLargeFileIsReadInParts() {
        int count = 4_000_000 / 1000;
        byte[] pixels = new byte[2 * count * 1000];
        for (int i = 0; i < 2 * count; i++) {
            Arrays.fill(pixels, i * 1000, (i + 1) * 1000, (byte) (i % 200));
        }
        Dataset<Row> table = read(
                file("images", IdxFiles.file(pixels, 0x803, 2 * count, 10, 100)),
                file("labels", IdxFiles.labels(2 * count)));
        assertThat(table.toJavaRDD().getNumPartitions()).isEqualTo(2);
        List<Row> rows = table.selectExpr("image[999] * 255", "label").collectAsList();
        for (int i = 0; i < rows.size(); i++) {
            assertThat(Math.round(rows.get(i).getDouble(0))).isEqualTo(i % 200);
            assertThat(rows.get(i).getInt(1)).isEqualTo(i % 3);
        }
    }

    @Test
    void anotherKindOfFile() {
        refused(
                "\" is not an IDX file of images: it begins with 74657874, expected 00000803",
                file("images", "text that is no image".getBytes()));
        refused(
                "\" is not an IDX file of images: it begins with 00000801, expected 00000803",
                file("labels", IdxFiles.labels(3)));
        byte[] huge = {0, 0, 8, 3, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 4, 1};
        refused("has items of 67174400 bytes, expected at most 67108864", file("huge", huge));
        refused("it ends within its head", file("short", new byte[] {0, 0, 8}));
        refused("does not exist", folder.resolve("nothing").toString());
    }

    @Test
    void aFileThatIsNotWhole() {
        byte[] whole = IdxFiles.images(5);
        refused(
                "is damaged: it has 45 bytes, expected 46 for 5 x 2 x 3 images",
                file("images", Arrays.copyOf(whole, whole.length - 1)));
        byte[] cut = IdxFiles.packed(Arrays.copyOf(whole, whole.length - 1));
        refused("is damaged at item 5 of 5: the file ends", file("packed", cut));
        byte[] longer = IdxFiles.packed(Arrays.copyOf(whole, whole.length + 1));
        refused("is damaged: it has bytes after the last of 5 items", file("longer", longer));
        byte[] packed = IdxFiles.packed(whole);
        refused("\" is damaged at item ", file("half", Arrays.copyOf(packed, packed.length - 20)));
    }

    @Test
    void labelsOfAnotherLength() {
        refused(
                "has 4 labels, expected 5, one for each image of data.path",
                file("images", IdxFiles.images(5)),
                file("labels", IdxFiles.labels(4)));
    }

    @Test
    void imagesOfAnotherSizeInTheSecondFile() {
        file("a-images", IdxFiles.images(3));
        file("b-images", IdxFiles.file(new byte[4], 0x803, 1, 2, 2));
        refused("has images of 2 x 2, expected 2 x 3, the size in", folder + "/*-images");
        refused("has dimensions 1 x 0 x 2 of images", file("c", IdxFiles.file(new byte[0], 0x803, 1, 0, 2)));
    }
}
