package io.github.sparklatent.bench.anomalies;

import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.RunFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The results of one protocol on the tables that every detector was measured on.
 *
 * @param files files of these tables
 * @param apart those of them that the configuration was not chosen on
 */
record AnomalyResults(RunFile<AnomalyRun> runs, AnomalyProtocol protocol, List<Path> files, List<Path> apart) {

    /** Returns the results on those of some tables that every detector was measured on. */
    static AnomalyResults of(RunFile<AnomalyRun> runs, AnomalyProtocol protocol, List<Path> tables) {
        List<Path> complete = tables.stream()
                .filter(file -> protocol.methods().stream()
                        .allMatch(
                                method -> runs.find(protocol.run(method, file)).isPresent()))
                .toList();
        List<Path> apart =
                complete.stream().filter(file -> tables.indexOf(file) % 2 == 1).toList();
        return new AnomalyResults(runs, protocol, complete, apart);
    }

    /** Returns the means over the tables, and the areas on each of the few tables of ADBench. */
    String section() {
        return "### %s\n\n%d tables, %d of them kept apart.\n\n%s%s"
                .formatted(
                        protocol.title(),
                        files.size(),
                        apart.size(),
                        means(),
                        protocol.isOddBench() ? "" : "\n" + areas());
    }

    /** Returns the mean and the quartiles of the alerts of the preset. */
    List<String> alerts() {
        double[] alerts = runs(AnomalyMethod.PRESET, files).stream()
                .mapToDouble(AnomalyRun::alerts)
                .sorted()
                .toArray();
        return DoubleStream.concat(
                        Arrays.stream(alerts).average().stream(),
                        DoubleStream.of(0.25, 0.5, 0.75).map(share -> alerts[(int) (share * alerts.length)]))
                .mapToObj(share -> "%.2f%%".formatted(100 * share))
                .toList();
    }

    private List<AnomalyRun> runs(AnomalyMethod method, List<Path> tables) {
        return runs.find(tables.stream().map(file -> protocol.run(method, file)));
    }

    private double area(AnomalyMethod method, Path file) {
        return runs(method, List.of(file)).get(0).area();
    }

    private MarkdownTable means() {
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
            List<AnomalyRun> all = runs(method, files);
            table.row(
                    method.title(),
                    "%.3f".formatted(AnomalyRun.mean(all, AnomalyRun::area)),
                    "%.1f".formatted(rank(method, files)),
                    "%.3f".formatted(AnomalyRun.mean(runs(method, apart), AnomalyRun::area)),
                    "%.1f".formatted(rank(method, apart)),
                    "%.3f".formatted(AnomalyRun.mean(all, AnomalyRun::precision)),
                    files.stream()
                            .filter(file -> rank(method, List.of(file)) == 1)
                            .count(),
                    "%.0f".formatted(AnomalyRun.mean(all, AnomalyRun::seconds) * files.size()));
        }
        return table;
    }

    /** Returns the mean rank of the areas of a detector; equal areas share the mean of their ranks. */
    private double rank(AnomalyMethod method, List<Path> tables) {
        double sum = 0;
        for (Path file : tables) {
            double area = area(method, file);
            sum += 0.5;
            for (AnomalyMethod other : protocol.methods()) {
                double found = area(other, file);
                sum += found > area ? 1 : found == area ? 0.5 : 0;
            }
        }
        return sum / tables.size();
    }

    private MarkdownTable areas() {
        List<String> header = new ArrayList<>();
        header.add("AUC");
        protocol.methods().forEach(method -> header.add(method.toString()));
        MarkdownTable table = new MarkdownTable(1, header);
        for (Path file : files) {
            table.row(
                    AnomalyTable.title(file),
                    protocol.methods().stream()
                            .map(method -> "%.3f".formatted(area(method, file)))
                            .toList());
        }
        return table;
    }
}
