package io.github.sparklatent.bench.clustering;

import io.github.sparklatent.bench.clustering.ClusterRun.Point;
import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.command.RunOptions;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.RunFile;
import io.github.sparklatent.bench.report.Spread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Clusters digits without labels: the embedded digits, and MNIST if its folder is given. */
@Command(
        name = "clustering",
        description = "Clustering of the digits and, with --data, of MNIST; runs" + " METHOD-pPARTITIONS-sSEED.")
public final class ClusteringCommand extends BenchCommand {
    private static final double PERCENT = 100;

    @Mixin
    private RunOptions options;

    @Override
    protected Map<String, String> measure() throws IOException {
        RunFile<ClusterRun> runs = runs("clustering", ClusterRun.class);
        try (SparkSession spark = session()) {
            try (ClusterData digits = ClusterData.digits()) {
                run(spark, digits, runs);
            }
            if (options.mnist().isGiven()) {
                try (ClusterData mnist =
                        ClusterData.mnist(spark, options.mnist().path())) {
                    run(spark, mnist, runs);
                }
            }
        }
        return page(mnist(runs) + TEXT + digits(runs));
    }

    private void run(SparkSession spark, ClusterData data, RunFile<ClusterRun> runs) throws IOException {
        ClusterSetting setting = data.setting();
        Pretrained pretrained = new Pretrained(options);
        for (int partitions : setting.partitions()) {
            for (long seed : ClusterSetting.seeds().toArray()) {
                for (ClusterMethod method : ClusterMethod.values()) {
                    String name = setting.run(method, partitions, seed);
                    if (setting.has(method, partitions) && options.wants(name, runs)) {
                        ClusterTrial trial = new ClusterTrial(spark, data, options, name, partitions, seed);
                        method.run(trial, pretrained);
                        runs.put(trial.run());
                    }
                }
            }
        }
    }

    private static final String TEXT = """

            Accuracy is by the best matching of clusters to digits, in percent: mean, least and
            greatest of the seeds. NMI and seconds are means. The cited figures are of Jiang et al.
            2017, table 2; the Gaussian mixture VAE of Dilokthanakul et al. 2016 is cited there with
            92.8 ± 1.6. DEC, which this project
            does not have, is cited with 84.3. VaDE as published is trained for 30 epochs after its
            initialisation, in its authors' program (slim1017/VaDE) for up to 3,000; its curve still
            rises here. Labels are used for measurements only. All rows are both trained on and
            measured. The classifier form has trained variances unless they are 1. ELBO is the mean
            evidence lower bound of the rows in nats. In one partition networks are trained plainly, in four by parameter averaging.
            Empty cells were not measured. Accuracies are the same on every machine. Seconds are not:
            here other trainings ran at the same time on two cores.

            """;

    private static String mnist(RunFile<ClusterRun> runs) {
        List<String> header = new ArrayList<>(List.of(ClusterSetting.MNIST.title(), "cited"));
        for (int partitions : ClusterSetting.MNIST.partitions()) {
            header.add(partitions == 1 ? "1 partition" : partitions + " partitions");
            header.addAll(List.of("seeds", "NMI", "seconds"));
        }
        MarkdownTable table = new MarkdownTable(1, header);
        for (ClusterMethod method : ClusterMethod.values()) {
            List<List<String>> cells = ClusterSetting.MNIST.partitions().stream()
                    .map(p -> cells(ClusterSetting.MNIST.find(runs, method, p)))
                    .toList();
            if (cells.stream().flatMap(List::stream).anyMatch(cell -> !cell.isEmpty())) {
                table.row(method.title, method.cited, cells.get(0), cells.get(1));
            }
        }
        return table.toString();
    }

    private static String digits(RunFile<ClusterRun> runs) {
        MarkdownTable table =
                new MarkdownTable(1, ClusterSetting.DIGITS.title(), "accuracy", "seeds", "NMI", "seconds", "ELBO");
        for (ClusterMethod method : ClusterMethod.values()) {
            List<ClusterRun> found = ClusterSetting.DIGITS.find(runs, method, 1);
            boolean measured = !found.isEmpty() && found.stream().allMatch(run -> run.bound() != null);
            table.row(
                    method.title,
                    cells(found),
                    measured
                            ? "%.2f"
                                    .formatted(Spread.of(found.stream()
                                                    .map(ClusterRun::bound)
                                                    .toList())
                                            .mean())
                            : "");
        }
        return table.toString();
    }

    private static List<String> cells(List<ClusterRun> runs) {
        if (runs.isEmpty()) {
            return List.of("", "", "", "");
        }
        return List.of(
                Spread.ofMean("%.1f", values(runs, point -> PERCENT * point.accuracy())),
                Integer.toString(runs.size()),
                "%.3f".formatted(Spread.of(values(runs, Point::information)).mean()),
                "%.0f".formatted(Spread.of(values(runs, Point::seconds)).mean()));
    }

    private static List<Double> values(List<ClusterRun> runs, Function<Point, Double> figure) {
        return runs.stream().map(ClusterRun::last).map(figure).toList();
    }
}
