package io.github.sparklatent.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparklatent.gmm.Mixture;
import io.github.sparklatent.gmm.MixtureSampler;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The data of a case on disk, drawn by the workers, once: {@code rows.parquet} with one column of
 * arrays; and out of it, for a Python that has no Parquet library, {@code rows/*.f64}
 * (little-endian, row by row) beside {@code start.json}.
 */
final class MixtureData {
    private static final int PARTITIONS = 8;

    private final MixtureCase problem;
    private final Path folder;
    private final Path parquet;

    MixtureData(MixtureCase problem, Path parent) {
        this.problem = problem;
        this.folder = parent.resolve(problem.folder());
        this.parquet = folder.resolve("rows.parquet");
    }

    Path folder() {
        return folder;
    }

    /** The rows. */
    Dataset<Row> table(SparkSession spark) {
        return spark.read().parquet(parquet.toUri().toString());
    }

    /** Writes the Parquet file where it is missing. */
    void write(SparkSession spark) {
        if (Files.exists(parquet.resolve("_SUCCESS"))) {
            return;
        }
        Broadcast<MixtureSampler> sampler =
                JavaSparkContext.fromSparkContext(spark.sparkContext())
                        .broadcast(new MixtureTruth(problem).sampler());
        MapFunction<Long, Sample> draw =
                index -> {
                    MixtureSampler mixture = sampler.value();
                    return Sample.of(mixture.row(index, mixture.component(index)));
                };
        spark.range(0, problem.rows(), 1, PARTITIONS)
                .map(draw, Encoders.bean(Sample.class))
                .write()
                .mode("overwrite")
                .parquet(parquet.toUri().toString());
    }

    /** Writes the files for Python where they are missing. */
    void writePlain(SparkSession spark) throws IOException {
        Path start = folder.resolve("start.json");
        if (Files.exists(start)) {
            return;
        }
        String parts = Files.createDirectories(folder.resolve("rows")).toString();
        ForeachPartitionFunction<Sample> write = rows -> writePart(parts, rows);
        table(spark).as(Encoders.bean(Sample.class)).foreachPartition(write);
        MixtureTruth truth = new MixtureTruth(problem);
        new ObjectMapper()
                .writeValue(
                        start.toFile(),
                        Map.of(
                                "covariance", problem.covariance().toString(),
                                "variance", truth.startVariance(),
                                "means", means(truth.start())));
    }

    private static void writePart(String folder, Iterator<Sample> rows) throws IOException {
        Path part = Path.of(folder, "%05d.f64".formatted(TaskContext.getPartitionId()));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
            while (rows.hasNext()) {
                double[] row = rows.next().getFeatures();
                ByteBuffer bytes = ByteBuffer.allocate(row.length * Double.BYTES);
                bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(row);
                out.write(bytes.array());
            }
        }
    }

    private static double[][] means(Mixture mixture) {
        int d = mixture.dimension();
        return IntStream.range(0, mixture.components())
                .mapToObj(k -> Arrays.copyOfRange(mixture.means().data, k * d, (k + 1) * d))
                .toArray(double[][]::new);
    }
}
