package io.github.sparklatent.bench.race;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparklatent.mixture.MixedSampler;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.ejml.data.DMatrixRMaj;

/**
 * The rows of a case on disk. The workers draw them once.
 *
 * <p>{@code rows.parquet} has one column of arrays. A Python without a Parquet library reads {@code rows/*.f64}
 * (little-endian, row after row) and {@code start.json}.
 */
final class MixtureData {
    private static final int PARTITIONS = 8;

    private final MixtureCase problem;
    private final Path folder;

    MixtureData(MixtureCase problem, Path parent) {
        this.problem = problem;
        this.folder = parent.resolve(problem.folder());
    }

    /** The rows. They are drawn if their file is missing. */
    Dataset<Row> table(SparkSession spark) {
        Path parquet = folder.resolve("rows.parquet");
        if (!Files.exists(parquet.resolve("_SUCCESS"))) {
            Broadcast<MixedSampler> sampler = JavaSparkContext.fromSparkContext(spark.sparkContext())
                    .broadcast(new MixtureTruth(problem).sampler());
            MapFunction<Long, double[]> draw = index -> {
                MixedSampler mixture = sampler.value();
                return mixture.row(index, mixture.component(index));
            };
            spark.range(0, problem.rows(), 1, PARTITIONS)
                    .map(draw, spark.implicits().newDoubleArrayEncoder())
                    .toDF("features")
                    .write()
                    .mode("overwrite")
                    .parquet(parquet.toUri().toString());
        }
        return spark.read().parquet(parquet.toUri().toString());
    }

    /** Writes the files for Python if they are missing, and returns their folder. */
    Path writePlain(SparkSession spark) throws IOException {
        Path start = folder.resolve("start.json");
        if (!Files.exists(start)) {
            String parts = Files.createDirectories(folder.resolve("rows")).toString();
            ForeachPartitionFunction<double[]> write = rows -> writePart(parts, rows);
            table(spark).as(spark.implicits().newDoubleArrayEncoder()).foreachPartition(write);
            MixtureTruth truth = new MixtureTruth(problem);
            Map<String, Object> values = Map.of(
                    "covariance", problem.covariance().toString(),
                    "variance", truth.startVariance(),
                    "means", rows(truth.start().means()));
            new ObjectMapper().writeValue(start.toFile(), values);
        }
        return folder;
    }

    private static void writePart(String folder, Iterator<double[]> rows) throws IOException {
        Path part = Path.of(folder, "%05d.f64".formatted(TaskContext.getPartitionId()));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
            while (rows.hasNext()) {
                double[] row = rows.next();
                ByteBuffer bytes = ByteBuffer.allocate(row.length * Double.BYTES);
                bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(row);
                out.write(bytes.array());
            }
        }
    }

    private static List<double[]> rows(DMatrixRMaj matrix) {
        int d = matrix.numCols;
        return IntStream.range(0, matrix.numRows)
                .mapToObj(k -> Arrays.copyOfRange(matrix.data, k * d, (k + 1) * d))
                .toList();
    }
}
