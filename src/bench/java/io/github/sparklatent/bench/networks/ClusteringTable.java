package io.github.sparklatent.bench.networks;

import io.github.sparklatent.bench.networks.ClusterRun.Point;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/** Clusterings as tables in Markdown. */
final class ClusteringTable {
    private static final double PERCENT = 100;

    /** Fields of what was not measured. */
    private static final String NONE = "  |  |  |  |";

    private final RunFile<ClusterRun> runs;

    ClusteringTable(RunFile<ClusterRun> runs) {
        this.runs = runs;
    }

    String text() {
        return mnist()
                + """

                Accuracy under the best matching of clusters to digits, in percent: mean, least and
                greatest of the seeds run, the best being the last number; NMI and seconds are means.
                Cited: Jiang et al. 2017, table 2. Beside it the Gaussian mixture VAE of Dilokthanakul
                et al. 2016 is cited with 92.8 ± 1.6; DEC, which is not built here, has 84.3
                there. As published VaDE is trained for 30 passes after its start, in its authors'
                program (slim1017/VaDE) for up to 3,000: its curve here still rises. Labels are
                measured by only, all rows are both trained on and measured. In one partition
                networks are trained in one piece, in four by parameter averaging. Fields without a
                figure were not measured. Accuracies are the same on every machine; seconds are
                not, and those here are of runs beside others on two cores.

                """
                + digits();
    }

    private String mnist() {
        StringBuilder out = new StringBuilder("| " + ClusterSetting.MNIST.title() + " | cited |");
        for (int partitions : ClusterSetting.MNIST.partitions()) {
            String parts = partitions == 1 ? "1 partition" : partitions + " partitions";
            out.append(" %s | seeds | NMI | seconds |".formatted(parts));
        }
        out.append("\n| --- | ---: |");
        ClusterSetting.MNIST
                .partitions()
                .forEach(partitions -> out.append(" ---: | ---: | ---: | ---: |"));
        out.append("\n");
        for (ClusterMethod method : ClusterMethod.values()) {
            List<String> fields =
                    ClusterSetting.MNIST.partitions().stream()
                            .map(partitions -> fields(ClusterSetting.MNIST, method, partitions))
                            .toList();
            if (!fields.stream().allMatch(NONE::equals)) {
                out.append("| %s | %s |".formatted(method.title(), method.cited()));
                out.append(String.join("", fields)).append("\n");
            }
        }
        return out.toString();
    }

    private String digits() {
        StringBuilder out =
                new StringBuilder(
                        "| %s | accuracy | seeds | NMI | seconds |%n| --- | ---: | ---: | ---: | ---: |%n"
                                .formatted(ClusterSetting.DIGITS.title()));
        for (ClusterMethod method : ClusterMethod.values()) {
            out.append("| %s |".formatted(method.title()));
            out.append(fields(ClusterSetting.DIGITS, method, 1)).append("\n");
        }
        return out.toString();
    }

    private String fields(ClusterSetting setting, ClusterMethod method, int partitions) {
        List<Point> points =
                LongStream.rangeClosed(1, ClusterSetting.SEEDS)
                        .mapToObj(seed -> runs.find(setting.run(method, partitions, seed)))
                        .flatMap(Optional::stream)
                        .map(ClusterRun::last)
                        .toList();
        if (points.isEmpty()) {
            return NONE;
        }
        double[] accuracies =
                points.stream().mapToDouble(p -> PERCENT * p.accuracy()).sorted().toArray();
        return String.format(
                Locale.ROOT,
                " %.1f (%.1f to %.1f) | %d | %.3f | %.0f |",
                PERCENT * mean(points, Point::accuracy),
                accuracies[0],
                accuracies[accuracies.length - 1],
                points.size(),
                mean(points, Point::information),
                mean(points, Point::seconds));
    }

    private static double mean(List<Point> points, ToDoubleFunction<Point> figure) {
        return points.stream().mapToDouble(figure).average().orElseThrow();
    }
}
