package io.github.sparklatent.bench.anomalies;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How well odd rows are found on public tables whose anomalies are labelled. */
@Command(name = "anomalies", description = "Finds labelled anomalies of public tables, beside PyOD's detectors.")
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
        return alerts
                ? Map.of(ALERTS_PART, AlertRates.measure(folder, tables, runs("alert-rates", AlertRun.class)))
                : detectors();
    }

    private Map<String, String> detectors() throws IOException {
        runs = runs("anomalies", AnomalyRun.class);
        List<Path> files = AnomalyTable.files(folder);
        require(!files.isEmpty(), "--data %s holds no files *.csv.gz", folder);
        try (Python peers = new Python(SCRIPT)) {
            peers.answer(); // the versions
            for (Path file : files) {
                AnomalyTable table = AnomalyTable.read(file);
                for (Protocol protocol : Protocol.values()) {
                    for (AnomalyMethod method : protocol.methods()) {
                        if (wants(name(method, protocol, file))) {
                            runs.put(run(method, protocol, file, table, peers));
                        }
                    }
                }
            }
        }
        List<Path> complete = files.stream().filter(this::isComplete).toList();
        require(!complete.isEmpty(), "no table has been measured with every detector: run without --only");
        List<Path> apart =
                complete.stream().filter(file -> files.indexOf(file) % 2 == 1).toList();
        StringBuilder text = new StringBuilder();
        for (Protocol protocol : Protocol.values()) {
            text.append("### " + protocol.title + "\n\n")
                    .append(means(protocol, complete, apart))
                    .append("\n")
                    .append(areas(protocol, complete))
                    .append("\n");
        }
        return page(text + TEXT.formatted(complete.size(), apart.size(), Protocol.SPLITS));
    }

    private static final String TEXT = """
            The means are over %d tables. No detector sees labels, and all have their defaults. The rank
            is that of the area among the detectors on a table, 1 being the best. "Kept apart" are the
            %d tables that the configuration was not chosen on: every second one in the order of their
            names. All columns have mean 0 and variance 1 in the rows that are fitted. For new rows, a
            random half of the normal rows is fitted, and all other rows are scored; figures are means
            over %d such halves. Seconds are those of fitting and scoring all tables once, in one thread
            of Python.
            """;

    /** Which rows are fitted and which are scored. */
    private enum Protocol {
        SAME("Fitted to the rows that are scored"),
        NEW("Fitted to normal rows, scoring new ones");

        static final int SPLITS = 5;

        final String title;

        Protocol(String title) {
            this.title = title;
        }

        List<AnomalyMethod> methods() {
            return Arrays.stream(AnomalyMethod.values())
                    .filter(method -> this == SAME || !method.isNetwork())
                    .toList();
        }
    }

    private boolean wants(String name) {
        return only.isGiven() ? only.match(name) : runs.find(name).isEmpty();
    }

    private static String name(AnomalyMethod method, Protocol protocol, Path file) {
        return method + "/" + AnomalyTable.name(file) + (protocol == Protocol.SAME ? "" : "/new");
    }

    private static AnomalyRun run(AnomalyMethod method, Protocol protocol, Path file, AnomalyTable table, Python peers)
            throws IOException {
        String name = name(method, protocol, file);
        List<AnomalyRun> trials = new ArrayList<>();
        for (int split = 0; split < (protocol == Protocol.SAME ? 1 : Protocol.SPLITS); split++) {
            boolean[] fitted = protocol == Protocol.SAME ? null : table.half(split);
            trials.add(
                    method.isPeer()
                            ? peer(name, peers.ask(method + " " + file + " " + digits(fitted)))
                            : own(name, method, fitted == null ? table.all() : table.without(fitted)));
        }
        AnomalyRun run = AnomalyRun.of(
                name,
                mean(trials, AnomalyRun::area),
                mean(trials, AnomalyRun::precision),
                mean(trials, AnomalyRun::seconds));
        System.err.println("  " + run);
        return run;
    }

    private static String digits(boolean[] fitted) {
        return fitted == null
                ? ""
                : IntStream.range(0, fitted.length)
                        .mapToObj(i -> fitted[i] ? "1" : "0")
                        .collect(Collectors.joining());
    }

    private static AnomalyRun own(String name, AnomalyMethod method, AnomalyTable.Trial trial) {
        long began = System.nanoTime();
        double[] scores = method.scores(trial.fitted(), trial.scored());
        double seconds = (System.nanoTime() - began) / 1e9;
        Ranking ranking = Ranking.of(scores, trial.anomalous());
        return new AnomalyRun(name, ranking.area(), ranking.precision(), seconds);
    }

    private static AnomalyRun peer(String name, JsonNode answer) {
        return new AnomalyRun(
                name,
                answer.get("area").asDouble(),
                answer.get("precision").asDouble(),
                answer.get("seconds").asDouble());
    }

    private static double mean(List<AnomalyRun> runs, ToDoubleFunction<AnomalyRun> figure) {
        return runs.stream().mapToDouble(figure).average().orElseThrow();
    }

    private boolean isComplete(Path file) {
        return Arrays.stream(Protocol.values())
                .allMatch(protocol -> protocol.methods().stream()
                        .allMatch(method ->
                                runs.find(name(method, protocol, file)).isPresent()));
    }

    private List<AnomalyRun> runs(AnomalyMethod method, Protocol protocol, List<Path> files) {
        return runs.find(files.stream().map(file -> name(method, protocol, file)));
    }

    private double area(AnomalyMethod method, Protocol protocol, Path file) {
        return runs(method, protocol, List.of(file)).get(0).area();
    }

    private MarkdownTable means(Protocol protocol, List<Path> files, List<Path> apart) {
        MarkdownTable table = new MarkdownTable(
                1,
                "detector",
                "mean AUC",
                "mean rank",
                "mean AUC, kept apart",
                "mean rank, kept apart",
                "mean average precision",
                "first on tables",
                "seconds");
        for (AnomalyMethod method : protocol.methods()) {
            List<AnomalyRun> all = runs(method, protocol, files);
            table.row(
                    method.title(),
                    "%.3f".formatted(mean(all, AnomalyRun::area)),
                    "%.1f".formatted(rank(method, protocol, files)),
                    "%.3f".formatted(mean(runs(method, protocol, apart), AnomalyRun::area)),
                    "%.1f".formatted(rank(method, protocol, apart)),
                    "%.3f".formatted(mean(all, AnomalyRun::precision)),
                    files.stream()
                            .filter(file -> rank(method, protocol, List.of(file)) == 1)
                            .count(),
                    "%.0f".formatted(mean(all, AnomalyRun::seconds) * files.size()));
        }
        return table;
    }

    /** Returns the mean rank of the areas of a detector; equal areas share the mean of their ranks. */
    private double rank(AnomalyMethod method, Protocol protocol, List<Path> files) {
        double sum = 0;
        for (Path file : files) {
            double area = area(method, protocol, file);
            sum += 0.5;
            for (AnomalyMethod other : protocol.methods()) {
                double found = area(other, protocol, file);
                sum += found > area ? 1 : found == area ? 0.5 : 0;
            }
        }
        return sum / files.size();
    }

    private MarkdownTable areas(Protocol protocol, List<Path> files) {
        List<String> header = new ArrayList<>();
        header.add("AUC");
        protocol.methods().forEach(method -> header.add(method.toString()));
        MarkdownTable table = new MarkdownTable(1, header);
        for (Path file : files) {
            table.row(
                    AnomalyTable.title(file),
                    protocol.methods().stream()
                            .map(method -> "%.3f".formatted(area(method, protocol, file)))
                            .toList());
        }
        return table;
    }
}
