package io.github.sparklatent.app.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.app.files.RunDirectory;
import io.github.sparklatent.config.OutputSection.OutputMode;
import io.github.sparklatent.ml.mixture.Mixture;
import io.github.sparklatent.ml.mixture.MixtureModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream is scored by the champion of a registry, also after another version has become the champion. */
@Tag("slow")
class ChampionTest {
    private static final StructType SCHEMA = new StructType().add("id", "int").add("size", "double");

    @TempDir
    Path folder;

    private SparkSession spark;
    private Registry registry;

    @BeforeEach
    void open() {
        spark = LocalSpark.session();
        registry = new Registry(new Configuration(), folder.resolve("registry").toString());
    }

    private Dataset<Row> rows(int from, int number, double mean) {
        List<Row> rows = IntStream.range(from, from + number)
                .mapToObj(i -> RowFactory.create(i, mean + (i * 7919 % 101 - 50) / 50.0))
                .toList();
        return spark.createDataFrame(rows, SCHEMA);
    }

    private MixtureModel version(String run, double mean) throws IOException {
        MixtureModel model =
                new Mixture().setK("1").setInputCols("size").setSeed(1).fit(rows(0, 200, mean));
        RunDirectory output = new RunDirectory(registry.place(), Optional.of(run), OutputMode.ERROR);
        output.begin();
        output.write(true, directory -> {
            try {
                model.write().save(directory + "/model");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        output.commit(Map.of(), null, Map.of());
        registry.publish(run, true, Optional.empty());
        return model;
    }

    /** Scores what has arrived since the last call. */
    private void score(Champion champion, List<String> used) throws Exception {
        VoidFunction2<Dataset<Row>, Long> batch = (arrived, id) -> {
            champion.model()
                    .transform(arrived)
                    .write()
                    .mode("append")
                    .parquet(folder.resolve("scored").toString());
            used.add(champion.runId());
        };
        spark.readStream()
                .schema(SCHEMA)
                .parquet(folder.resolve("arriving").toString())
                .writeStream()
                .foreachBatch(batch)
                .option("checkpointLocation", folder.resolve("checkpoint").toString())
                .trigger(Trigger.AvailableNow())
                .start()
                .awaitTermination();
    }

    @Test
    void aStreamFollowsTheChampion() throws Exception {
        MixtureModel first = version("a", 10);
        Champion champion = new Champion(spark, folder.resolve("registry").toString());
        String arriving = folder.resolve("arriving").toString();
        List<String> used = new ArrayList<>();

        rows(1000, 50, 10).write().mode("append").parquet(arriving);
        score(champion, used);
        assertThat(champion.model()).isSameAs(champion.model());
        MixtureModel second = version("b", 20);
        rows(2000, 50, 20).write().mode("append").parquet(arriving);
        score(champion, used);

        assertThat(used).containsExactly("a", "b");
        Dataset<Row> scored = spark.read().parquet(folder.resolve("scored").toString());
        // The threshold is that of the model: a batch of rows like those of the training has as few anomalies alone.
        assertThat(anomalies(scored.where("id < 2000"))).isEqualTo(anomalies(first.transform(rows(1000, 50, 10))));
        assertThat(anomalies(scored.where("id >= 2000"))).isEqualTo(anomalies(second.transform(rows(2000, 50, 20))));
        assertThat(first.transform(rows(2000, 50, 20)).where("isAnomaly").count())
                .isEqualTo(50);
    }

    private static List<Row> anomalies(Dataset<Row> scored) {
        return scored.orderBy("id").select("id", "severity", "isAnomaly").collectAsList();
    }
}
