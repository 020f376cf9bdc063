package io.github.sparklatent.bench.drill;

import io.github.sparklatent.bench.drill.CostModel.Cluster;
import io.github.sparklatent.bench.drill.CostModel.Seconds;
import io.github.sparklatent.bench.drill.CostModel.Work;
import io.github.sparklatent.bench.report.MarkdownTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

/**
 * Fits {@link CostModel} to measurements on this machine, checks it against trainings that it was not fitted to, and
 * predicts rounds on clusters that this machine is not.
 */
@Command(name = "cost", description = "Seconds of a round: a model of its costs, its error here, predictions.")
final class CostDrill extends DrillCommand {
    /** Bytes per second of a network of 10 Gbit/s. */
    private static final double BANDWIDTH = 1.25e9;

    private static final int CORES_EACH = 4;
    private static final int FEWER = 4;
    private static final int FITTED = 16;
    private static final int HELD_OUT = 64;
    private static final List<Integer> EXECUTORS = List.of(10, 100, 1_000);
    private static final int MOST_PARTITIONS = 4_096;
    private static final int MOST_EXECUTORS = 10_000;

    /** Largest ratio of predicted and measured seconds, or its inverse, that is no fault. */
    private static final double ALLOWED = 3;

    @Override
    String run(Path folder, Random random) throws Exception {
        CostModel model = CostMeasurements.model(isShort());
        StringBuilder text = new StringBuilder(constants(model));
        MarkdownTable errors = new MarkdownTable(
                1, "model", "partitions", "measured, s", "predicted, s", "error", "of it compute, s", "predicted, s");
        Map<CostTraining, Work> fitted = new LinkedHashMap<>();
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .getOrCreate()) {
            spark.sparkContext().setLogLevel("ERROR");
            for (CostTraining training : CostTraining.values()) {
                CostTraining.Measured fewer = training.measure(spark, folder, FEWER);
                CostTraining.Measured at = training.measure(spark, folder, FITTED);
                Work work = at.with(fewer);
                fitted.put(training, work);
                row(errors, model, training, fewer, work);
                row(errors, model, training, at, work);
                CostTraining.Measured other = training.measure(spark, folder, HELD_OUT);
                double ratio = row(errors, model, training, other, work);
                expect(
                        ratio < ALLOWED && 1 / ratio < ALLOWED,
                        "%s in %d partitions: predicted / measured is %.2f",
                        training.title(),
                        HELD_OUT,
                        ratio);
            }
        }
        text.append("\n").append(errors).append("\n").append(predictions(model, fitted));
        return text.toString();
    }

    private static String constants(CostModel model) {
        return new MarkdownTable(1, "cost", "measured")
                .row("a Spark job with one task", "%.1f ms".formatted(1e3 * model.job()))
                .row("driver, each task", "%.2f ms".formatted(1e3 * model.task()))
                .toString();
    }

    /** Adds a measured and a predicted round, and returns the ratio of predicted and measured. */
    private static double row(
            MarkdownTable table, CostModel model, CostTraining training, CostTraining.Measured measured, Work work) {
        int partitions = measured.partitions();
        Cluster here = new Cluster(1, 2, Double.POSITIVE_INFINITY);
        Seconds predicted = model.predict(work, here, partitions);
        double ratio = predicted.total() / measured.total();
        table.row(
                training.title(),
                partitions + (partitions == HELD_OUT ? "" : " (fitted)"),
                "%.3f".formatted(measured.total()),
                "%.3f".formatted(predicted.total()),
                "%+.0f%%".formatted(100 * (ratio - 1)),
                "%.3f".formatted(measured.compute()),
                "%.3f".formatted(predicted.compute()));
        return ratio;
    }

    private static String predictions(CostModel model, Map<CostTraining, Work> fitted) {
        MarkdownTable table = new MarkdownTable(
                1,
                "model",
                "executors",
                "partitions",
                "round, s",
                "broadcast",
                "compute",
                "dispatch",
                "reduce",
                "update",
                "share of compute");
        MarkdownTable limits = new MarkdownTable(
                1, "model", "half of a round is compute up to", "largest other cost there", "fastest round at");
        fitted.forEach((training, small) -> {
            Work work = small.of(training.rows());
            for (int executors : EXECUTORS) {
                Seconds round = round(model, work, executors);
                table.row(
                        training.title(),
                        "%,d".formatted(executors),
                        "%,d".formatted(partitions(executors)),
                        cells(round),
                        "%.0f%%".formatted(100 * round.compute() / round.total()));
            }
            int half = 1;
            int fastest = 1;
            for (int executors = 1; executors <= MOST_EXECUTORS; executors++) {
                Seconds round = round(model, work, executors);
                if (2 * round.compute() >= round.total()) {
                    half = executors;
                }
                if (round.total() < round(model, work, fastest).total()) {
                    fastest = executors;
                }
            }
            limits.row(training.title(), executors(half), largest(round(model, work, half)), executors(fastest));
        });
        return table + "\n" + limits;
    }

    private static String executors(int count) {
        return count == MOST_EXECUTORS ? "more than %,d executors".formatted(count) : "%,d executors".formatted(count);
    }

    private static Seconds round(CostModel model, Work work, int executors) {
        return model.predict(work, new Cluster(executors, CORES_EACH, BANDWIDTH), partitions(executors));
    }

    /** One partition per core, as far as a table has so many. */
    private static int partitions(int executors) {
        return Math.min(executors * CORES_EACH, MOST_PARTITIONS);
    }

    private static List<String> cells(Seconds round) {
        List<String> cells = new ArrayList<>();
        for (double seconds : new double[] {
            round.total(), round.broadcast(), round.compute(), round.dispatch(), round.reduce(), round.update()
        }) {
            cells.add("%.3f".formatted(seconds));
        }
        return cells;
    }

    private static String largest(Seconds round) {
        Map<String, Double> costs = Map.of(
                "broadcast", round.broadcast(),
                "dispatch", round.dispatch(),
                "reduce", round.reduce(),
                "update", round.update());
        return costs.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }
}
