package io.github.sparklatent.bench.anomalies;

import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.command.Globs;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.Python;
import io.github.sparklatent.bench.report.RunFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How well odd rows are found on public tables whose anomalies are labelled. */
@Command(
        name = "anomalies",
        description = "Finds labelled anomalies of public tables, beside scikit-learn's detectors.")
public final class AnomaliesCommand extends BenchCommand {
    private static final String ALERTS_PART = "anomalies/alerts";
    private static final String SCRIPT = "anomalies.py";

    @Option(names = "--data", description = "Folder of the tables: row number, features, label (${DEFAULT-VALUE}).")
    private Path folder = Path.of("../shared/data/anomaly");

    @Option(names = "--alerts", description = "Measure the alert rates of fresh rows.")
    private boolean alerts;

    @Option(names = "--tables", description = "Folder of adult-train.csv.gz, for --alerts (${DEFAULT-VALUE}).")
    private Path tables = Path.of("../shared/data/tables");

    @Mixin
    private Globs only;

    private RunFile<AnomalyRun> runs;

    @Override
    protected String software() throws IOException {
        return alerts ? "in memory without Spark" : "in memory without Spark, " + Python.versions(SCRIPT);
    }

    @Override
    protected List<String> pages() {
        return List.of(alerts ? ALERTS_PART : "anomalies");
    }

    @Override
    protected Map<String, String> measure() throws IOException {
        return alerts ? Map.of(ALERTS_PART, AlertRates.measure(folder, tables)) : detectors();
    }

    private Map<String, String> detectors() throws IOException {
        runs = RunFile.of("anomalies", AnomalyRun.class);
        List<Path> files = AnomalyTable.files(folder);
        require(!files.isEmpty(), "--data %s holds no files *.csv.gz", folder);
        try (Python peers = new Python(SCRIPT)) {
            peers.answer(); // the versions
            for (Path file : files) {
                AnomalyTable table = AnomalyTable.read(file);
                for (AnomalyMethod method : AnomalyMethod.values()) {
                    if (wants(name(method, file))) {
                        AnomalyRun run = method.isPeer() ? peer(peers, method, file) : own(method, file, table);
                        System.err.println("  " + run);
                        runs.put(run);
                    }
                }
            }
        }
        List<Path> complete = files.stream().filter(this::isComplete).toList();
        require(!complete.isEmpty(), "no table has been measured with every detector: run without --only");
        return page(means(complete)
                + "\n"
                + areas(complete)
                + TEXT.formatted(complete.size(), AnomalyMethod.values().length));
    }

    private static final String TEXT = """

            The means are over %d tables. Every detector is fitted, with its defaults and without the
            labels, to the rows that it scores. The rank is that of the area among the %d detectors on
            a table, 1 being the best. All columns have mean 0 and variance 1. Seconds are of fitting
            and scoring all tables. The one-class SVM is fitted to at most 5,000 rows.
            """;

    private boolean wants(String name) {
        return only.isGiven() ? only.match(name) : runs.find(name).isEmpty();
    }

    private static String name(AnomalyMethod method, Path file) {
        return method + "/" + AnomalyTable.name(file);
    }

    private static AnomalyRun own(AnomalyMethod method, Path file, AnomalyTable table) {
        long began = System.nanoTime();
        double[] scores = method.scores(table.rows(), table.rows());
        double seconds = (System.nanoTime() - began) / 1e9;
        Ranking ranking = Ranking.of(scores, table.anomalous());
        return AnomalyRun.of(name(method, file), ranking.area(), ranking.precision(), seconds);
    }

    private static AnomalyRun peer(Python peers, AnomalyMethod method, Path file) throws IOException {
        var answer = peers.ask(method + " " + file);
        return AnomalyRun.of(
                name(method, file),
                answer.get("area").asDouble(),
                answer.get("precision").asDouble(),
                answer.get("seconds").asDouble());
    }

    private boolean isComplete(Path file) {
        return Arrays.stream(AnomalyMethod.values())
                .allMatch(method -> runs.find(name(method, file)).isPresent());
    }

    private AnomalyRun run(AnomalyMethod method, Path file) {
        return runs.find(name(method, file)).orElseThrow();
    }

    private MarkdownTable means(List<Path> files) {
        MarkdownTable table = new MarkdownTable(
                1,
                "detector",
                "mean area under the ROC curve",
                "mean rank",
                "mean average precision",
                "first on tables",
                "seconds");
        for (AnomalyMethod method : AnomalyMethod.values()) {
            table.row(
                    method.title(),
                    "%.3f".formatted(mean(method, files, AnomalyRun::area)),
                    "%.1f"
                            .formatted(files.stream()
                                    .mapToDouble(f -> rank(method, f))
                                    .average()
                                    .orElseThrow()),
                    "%.3f".formatted(mean(method, files, AnomalyRun::precision)),
                    files.stream().filter(file -> rank(method, file) == 1).count(),
                    "%.0f".formatted(mean(method, files, AnomalyRun::seconds) * files.size()));
        }
        return table;
    }

    private double mean(AnomalyMethod method, List<Path> files, ToDoubleFunction<AnomalyRun> figure) {
        return files.stream()
                .mapToDouble(file -> figure.applyAsDouble(run(method, file)))
                .average()
                .orElseThrow();
    }

    /** Returns the rank of the area of a detector; equal areas share the mean of their ranks. */
    private double rank(AnomalyMethod method, Path file) {
        double area = run(method, file).area();
        double rank = 0.5;
        for (AnomalyMethod other : AnomalyMethod.values()) {
            double found = run(other, file).area();
            rank += found > area ? 1 : found == area ? 0.5 : 0;
        }
        return rank;
    }

    private MarkdownTable areas(List<Path> files) {
        List<String> header = new ArrayList<>();
        header.add("area under the ROC curve");
        Arrays.stream(AnomalyMethod.values()).forEach(method -> header.add(method.toString()));
        MarkdownTable table = new MarkdownTable(1, header);
        for (Path file : files) {
            table.row(
                    AnomalyTable.name(file).replaceFirst("^\\d+_", ""),
                    Arrays.stream(AnomalyMethod.values())
                            .map(method -> "%.3f".formatted(run(method, file).area()))
                            .toList());
        }
        return table;
    }
}
