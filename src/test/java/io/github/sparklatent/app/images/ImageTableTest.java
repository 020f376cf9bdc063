package io.github.sparklatent.app.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.ImageColumns;
import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ImageTableTest {
    private static SparkSession spark;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        spark = LocalSpark.session();
    }

    private Dataset<Row> read(boolean skip) {
        return ImageTable.read(spark, "data.path", List.of(folder.toString()), skip);
    }

    @Test
    void greyPicturesOfAFolderAClass() {
        Pictures.grey(folder.resolve("a cat/1.png"), 3, 2, 5);
        Pictures.grey(folder.resolve("dog/1.png"), 3, 2, 50);
        Pictures.grey(folder.resolve("dog/2.png"), 3, 2, 60);
        Dataset<Row> table = read(false);
        assertThat(table.columns()).containsExactly("image", "label");
        assertThat(ImageColumns.size(table.schema())).contains(List.of(1, 2, 3));
        assertThat(table.where("label = 'dog'").count()).isEqualTo(2);
        List<Double> cat = table.where("label = 'a cat'").first().getList(0);
        assertThat(cat).containsExactly(5 / 255.0, 6 / 255.0, 7 / 255.0, 15 / 255.0, 16 / 255.0, 17 / 255.0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void coloursStandChannelByChannelRedFirst(boolean transparent) {
        Pictures.coloured(folder.resolve("x/1.png"), 2, 2, transparent);
        Dataset<Row> table = read(false);
        assertThat(ImageColumns.size(table.schema())).contains(List.of(3, 2, 2));
        double blue = 100 / 255.0;
        double one = 1 / 255.0;
        assertThat(table.first().<Double>getList(0))
                .containsExactly(0.0, one, 0.0, one, 0.0, 0.0, one, one, blue, blue, blue, blue);
    }

    @Test
    void picturesOfDifferentSizes() {
        Pictures.grey(folder.resolve("cat/1.png"), 3, 2, 0);
        Pictures.grey(folder.resolve("cat/2.png"), 2, 3, 0);
        assertThatThrownBy(() -> read(false).collectAsList())
                .hasStackTraceContaining("of size 1 x ")
                .hasStackTraceContaining("all images must have the same size");
    }

    @Test
    void aFileThatIsNoPicture() throws IOException {
        Pictures.grey(folder.resolve("cat/1.png"), 3, 2, 0);
        Files.writeString(folder.resolve("cat/2.png"), "no picture");
        assertThatThrownBy(() -> read(false).collectAsList())
                .hasStackTraceContaining("has the file \"cat/2.png\", which is not an image");
        assertThat(read(true).count()).isEqualTo(1);
    }

    @Test
    void noPictureAtAll() throws IOException {
        Files.createDirectories(folder.resolve("cat"));
        assertThatThrownBy(() -> read(false))
                .isInstanceOf(DataException.class)
                .hasMessage("data.path \"" + folder + "\" has no image");
    }
}
