package io.github.sparklatent.ml.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SparseMatrix;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MLlib's mixture ends at 46,340 features: its triangle of a covariance has no more numbers. */
@Tag("slow")
class WideMixtureTest {
    private static final int WIDTH = 50_000;

    @TempDir
    private Path directory;

    @Test
    void fitsScoresSavesAndLoads() throws IOException {
        Dataset<Row> rows = LocalSpark.vectors(LocalSpark.session(), rows());
        GaussianMixtureModel model = new GaussianMixture()
                .setK(2)
                .setCovariance("diagonal")
                .setMaxIter(2)
                .setRegularization(1e-3)
                .fit(rows);
        String path = directory.resolve("model").toString();
        model.save(path);
        GaussianMixtureModel loaded = GaussianMixtureModel.load(path);
        assertThat(loaded.numFeatures()).isEqualTo(WIDTH);
        assertThat(loaded.mixture().means().data).isEqualTo(model.mixture().means().data);
        int[] components = loaded.transform(rows).select("prediction").collectAsList().stream()
                .mapToInt(row -> row.getInt(0))
                .toArray();
        assertThat(components[0]).isNotEqualTo(components[1]);
        assertThat(components)
                .containsExactly(
                        IntStream.range(0, 12).map(i -> components[i % 2]).toArray());
        assertThat(model.gaussians()[1].cov()).isInstanceOf(SparseMatrix.class);
        assertThat(model.gaussiansDF().count()).isEqualTo(2);
    }

    /** Twelve rows around two means in turn. */
    private static double[][] rows() {
        double[][] rows = new double[12][WIDTH];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < WIDTH; j++) {
                rows[i][j] = i % 2 + 0.1 * Math.sin(i * WIDTH + j);
            }
        }
        return rows;
    }
}
