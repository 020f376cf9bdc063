package io.github.sparklatent.bench.clustering;

import io.github.sparklatent.bench.clustering.ClusterRun.Point;
import io.github.sparklatent.bench.report.LineChart;
import io.github.sparklatent.bench.report.RunFile;
import io.github.sparklatent.bench.report.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Charts of the accuracy during the trainings, the mean of the seeds on file. */
final class ClusterPicture {
    /** The axis begins at a multiple of this. */
    private static final double STEP = 0.1;

    private ClusterPicture() {}

    /** A method in so many partitions. */
    private record Run(ClusterMethod method, int partitions, List<double[]> line) {
        String name() {
            return method.title + (partitions == 1 ? "" : ", " + partitions + " partitions");
        }
    }

    static void write(RunFile<ClusterRun> runs, Path file, List<ClusterSetting> settings) throws IOException {
        List<List<Run>> all =
                settings.stream().map(setting -> find(runs, setting)).toList();
        // a method has the same colour in all charts
        List<ClusterMethod> methods = all.stream()
                .flatMap(List::stream)
                .map(Run::method)
                .distinct()
                .sorted()
                .toList();
        List<LineChart> charts = new ArrayList<>();
        for (int i = 0; i < settings.size(); i++) {
            LineChart chart = chart(settings.get(i), all.get(i));
            Set<ClusterMethod> solid = new HashSet<>();
            for (Run run : all.get(i)) {
                int colour = methods.indexOf(run.method);
                if (run.partitions == 1) {
                    solid.add(run.method);
                    chart.line(run.name(), colour, run.line);
                } else {
                    chart.dashed(run.name(), colour, run.line, !solid.contains(run.method));
                }
            }
            charts.add(chart);
        }
        LineChart.write(file, charts.toArray(LineChart[]::new));
    }

    /** The runs on file with more than one point, fewer partitions first. */
    private static List<Run> find(RunFile<ClusterRun> runs, ClusterSetting setting) {
        List<Run> found = new ArrayList<>();
        for (ClusterMethod method : ClusterMethod.values()) {
            for (int partitions : setting.partitions()) {
                List<double[]> line = line(setting.find(runs, method, partitions));
                if (line.size() > 1) {
                    found.add(new Run(method, partitions, line));
                }
            }
        }
        return found;
    }

    /** A chart as wide and as high as the lines. */
    private static LineChart chart(ClusterSetting setting, List<Run> runs) {
        List<double[]> points = runs.stream().flatMap(run -> run.line.stream()).toList();
        double right = points.stream().mapToDouble(point -> point[0]).max().orElse(1);
        double least = points.stream().mapToDouble(point -> point[1]).min().orElse(0);
        String dashes = runs.stream()
                .filter(run -> run.partitions > 1)
                .findFirst()
                .map(run -> ", dashed: in " + run.partitions + " partitions")
                .orElse("");
        return new LineChart(
                setting.title().replaceFirst(",.*", "") + dashes,
                "epochs, including those of the autoencoder",
                "accuracy, mean of the seeds",
                Math.max(1, right),
                STEP * Math.floor(least / STEP),
                1);
    }

    /** The mean at each epoch for which all seeds have a point. */
    private static List<double[]> line(List<ClusterRun> seeds) {
        Map<Double, List<Double>> accuracies = new TreeMap<>();
        for (ClusterRun run : seeds) {
            for (Point point : run.points()) {
                accuracies
                        .computeIfAbsent(point.epochs(), epochs -> new ArrayList<>())
                        .add(point.accuracy());
            }
        }
        return accuracies.entrySet().stream()
                .filter(at -> at.getValue().size() == seeds.size())
                .map(at -> new double[] {at.getKey(), Spread.of(at.getValue()).mean()})
                .toList();
    }
}
