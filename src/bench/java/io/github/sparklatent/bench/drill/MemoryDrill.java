package io.github.sparklatent.bench.drill;

import io.github.sparklatent.bench.race.MixtureCase;
import io.github.sparklatent.bench.race.MixtureData;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.training.MixtureTrainer;
import io.github.sparklatent.gmm.training.TrainerListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.RDDInfo;
import picocli.CommandLine.Command;

/**
 * Trains a mixture on a table that fits into the memory for cached rows, and on one that has several times its size,
 * and reports where the rows are and the seconds of a round. The process has 1 GB.
 */
@Command(name = "memory", description = "A mixture on a table of twice the memory: bytes on disk, seconds of a round.")
final class MemoryDrill extends DrillCommand {
    private static final int COLUMNS = 32;
    private static final int COMPONENTS = 8;
    private static final int ROUNDS = 5;
    private static final double MEGABYTE = 1e6;

    @Override
    String run(Path folder, Random random) throws IOException {
        MarkdownTable table = new MarkdownTable(
                1,
                "rows, relative to the memory",
                "rows, MB",
                "in memory, MB",
                "on disk, MB",
                "seconds to read",
                "seconds a round",
                "seconds a round and GB");
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            double memory = SparkEnv.get().memoryManager().maxOnHeapStorageMemory();
            for (double share : isShort() ? List.of(0.5, 2.0) : List.of(0.5, 2.0, 4.0)) {
                table.row("%.1f".formatted(share), trained(spark, folder, share, memory));
            }
        }
        return table.toString();
    }

    private List<String> trained(SparkSession spark, Path folder, double share, double memory) {
        long rows = (long) (share * memory / COLUMNS / Double.BYTES);
        MixtureCase problem = new MixtureCase("memory", rows, COLUMNS, COMPONENTS, CovarianceType.DIAGONAL);
        Dataset<Row> drawn = new MixtureData(problem, folder).table(spark);
        long start = System.nanoTime();
        try (BlockTable table = BlockTable.of(drawn, TableOptions.DEFAULT)) {
            double reading = seconds(start);
            fit(table, problem, 1); // compiles the kernels
            long trained = System.nanoTime();
            fit(table, problem, ROUNDS);
            double round = seconds(trained) / ROUNDS;
            RDDInfo[] cached = spark.sparkContext().getRDDStorageInfo();
            double inMemory = Arrays.stream(cached).mapToLong(RDDInfo::memSize).sum();
            double onDisk = Arrays.stream(cached).mapToLong(RDDInfo::diskSize).sum();
            expect(
                    inMemory <= memory && inMemory + onDisk >= problem.bytes(),
                    "%.0f MB of rows are %.0f MB in memory and %.0f MB on disk",
                    problem.bytes() / MEGABYTE,
                    inMemory / MEGABYTE,
                    onDisk / MEGABYTE);
            return List.of(
                    "%.0f".formatted(problem.bytes() / MEGABYTE),
                    "%.0f".formatted(inMemory / MEGABYTE),
                    "%.0f".formatted(onDisk / MEGABYTE),
                    "%.1f".formatted(reading),
                    "%.2f".formatted(round),
                    "%.2f".formatted(round / problem.bytes() * 1e9));
        }
    }

    private static void fit(BlockTable table, MixtureCase problem, int rounds) {
        new MixtureTrainer(table.train(), null, problem.options(rounds), problem.start(), TrainerListener.NONE).fit();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
