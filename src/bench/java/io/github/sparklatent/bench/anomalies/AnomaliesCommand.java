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
import java.util.List;
import java.util.Map;
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

    @Option(
            names = "--novelty",
            description = "Folder of the tables of OddBench: the same and part, fit or new (${DEFAULT-VALUE}).")
    private Path novelty = Path.of("../shared/data/novelty");

    @Option(names = "--alerts", description = "Measure the alert rates of fresh rows.")
    private boolean alerts;

    @Option(names = "--tables", description = "Folder of adult-train.csv.gz, for --alerts (${DEFAULT-VALUE}).")
    private Path tables = Path.of("../shared/data/tables");

    @Mixin
    private Globs only;

    private RunFile<AnomalyRun> runs;
    private List<Path> adBench;
    private List<Path> oddBench;

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
        adBench = files(folder);
        oddBench = files(novelty);
        try (Python peers = new Python(SCRIPT)) {
            peers.answer(); // the versions
            for (AnomalyProtocol protocol : AnomalyProtocol.values()) {
                for (Path file : files(protocol)) {
                    measure(protocol, file, peers);
                }
            }
        }
        StringBuilder text = new StringBuilder();
        for (AnomalyProtocol protocol : AnomalyProtocol.values()) {
            if (protocol != AnomalyProtocol.NOVELTY_500) {
                text.append(results(protocol).section()).append("\n");
            }
        }
        MarkdownTable alerts = new MarkdownTable(1, "fitted rows", "mean", "lower quartile", "median", "upper quartile")
                .row("all", results(AnomalyProtocol.NOVELTY).alerts())
                .row("500 at random", results(AnomalyProtocol.NOVELTY_500).alerts());
        return page(text + TEXT.formatted(alerts, AnomalyProtocol.HALVES));
    }

    private static final String TEXT = """
            ### OddBench, alerts among normal new rows at an alert rate of 1%%

            %s
            No detector sees labels, and all have their defaults. The rank is that of the area among the
            detectors on a table, 1 being the best. "Kept apart" are the tables that the configuration was
            not chosen on: every second one in the order of their names. All columns have mean 0 and
            variance 1 in the rows that are fitted. For new rows of the tables of ADBench, a random half of
            the normal rows is fitted, and all other rows are scored; figures are means over %d such
            halves. The tables of OddBench say which normal rows are fitted; the others are scored.
            Anomalies are added to the fitted rows at random, 3%% of their number and at most half of all
            anomalies. The others are scored, and tables with fewer than five of them are left out. A
            detector that fails on a table has an AUC of 0.5 there. Alerts are those of
            `conf/anomalies.conf`, with a tenth of the fitted rows held out; the quartiles are over the
            tables. Seconds are those of fitting and scoring all tables once, in one thread of Python.
            """;

    private List<Path> files(Path tables) throws IOException {
        List<Path> files = AnomalyTable.files(tables);
        require(!files.isEmpty(), "%s holds no files *.csv.gz", tables);
        return files;
    }

    private List<Path> files(AnomalyProtocol protocol) {
        return protocol.isOddBench() ? oddBench : adBench;
    }

    private AnomalyResults results(AnomalyProtocol protocol) {
        AnomalyResults results = AnomalyResults.of(runs, protocol, files(protocol));
        require(!results.files().isEmpty(), "no table has been measured with every detector: run without --only");
        return results;
    }

    private void measure(AnomalyProtocol protocol, Path file, Python peers) throws IOException {
        List<AnomalyMethod> wanted = protocol.methods().stream()
                .filter(method -> wants(protocol.run(method, file)))
                .toList();
        if (wanted.isEmpty()) {
            return;
        }
        AnomalyTable table = AnomalyTable.read(file);
        List<boolean[]> splits = protocol.splits(table);
        for (AnomalyMethod method : wanted) {
            String name = protocol.run(method, file);
            List<AnomalyRun> trials = new ArrayList<>();
            for (boolean[] fitted : splits) {
                trials.add(
                        method.isPeer()
                                ? peer(name, peers.ask(method + " " + file + " " + digits(fitted)))
                                : own(name, method, protocol, table.trial(fitted)));
            }
            if (!trials.isEmpty()) {
                AnomalyRun run = AnomalyRun.mean(trials);
                System.err.println("  " + run);
                runs.put(run);
            }
        }
    }

    private boolean wants(String name) {
        return only.isGiven() ? only.match(name) : runs.find(name).isEmpty();
    }

    private static String digits(boolean[] fitted) {
        return IntStream.range(0, fitted.length)
                .mapToObj(i -> fitted[i] ? "1" : "0")
                .collect(Collectors.joining());
    }

    private static AnomalyRun own(
            String name, AnomalyMethod method, AnomalyProtocol protocol, AnomalyTable.Trial trial) {
        long began = System.nanoTime();
        double[] scores = method.scores(trial.fitted(), trial.scored(), protocol.isNovelty());
        double seconds = (System.nanoTime() - began) / 1e9;
        Ranking ranking = Ranking.of(scores, trial.anomalous());
        Double alerts = protocol.countsAlerts() ? AlertRun.ofPreset(trial) : null;
        return new AnomalyRun(name, ranking.area(), ranking.precision(), seconds, alerts);
    }

    private static AnomalyRun peer(String name, JsonNode answer) {
        return new AnomalyRun(
                name,
                answer.get("area").asDouble(),
                answer.get("precision").asDouble(),
                answer.get("seconds").asDouble(),
                null);
    }
}
