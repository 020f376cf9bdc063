package io.github.sparklatent.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.ml.mixture.GaussianMixtureModel;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class StreamingTest {
    @TempDir
    private Path directory;

    @Test
    void scoresAStream() throws Exception {
        SparkSession spark = LocalSpark.session();
        String path = directory.resolve("rows").toString();
        Dataset<Row> rows = Tables.rows(40);
        rows.write().parquet(path);
        GaussianMixtureModel model = new GaussianMixtureModel("gmm", Tables.known()).setLogDensityCol("logDensity");
        Dataset<Row> stream =
                model.transform(spark.readStream().schema(Tables.SCHEMA).parquet(path));
        assertThat(stream.isStreaming()).isTrue();
        StreamingQuery query = stream.writeStream()
                .format("memory")
                .queryName("scored")
                .option("checkpointLocation", directory.resolve("checkpoint").toString())
                .trigger(Trigger.AvailableNow())
                .start();
        query.awaitTermination();
        assertThat(spark.table("scored").orderBy("id").collectAsList())
                .isEqualTo(model.transform(rows).orderBy("id").collectAsList());
    }
}
