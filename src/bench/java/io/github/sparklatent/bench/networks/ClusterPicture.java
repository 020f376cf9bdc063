package io.github.sparklatent.bench.networks;

import io.github.sparklatent.bench.LineChart;
import io.github.sparklatent.bench.networks.ClusterRun.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** Accuracy along the passes, the mean of the seeds on file. */
final class ClusterPicture {
    /** The axis begins at a multiple of it. */
    private static final double STEP = 0.1;

    private ClusterPicture() {}

    /** A method in so many partitions. */
    private record Run(ClusterMethod method, int partitions, List<double[]> line) {
        String name() {
            return method.title() + (partitions == 1 ? "" : ", " + partitions + " partitions");
        }
    }

    static void write(RunFile<ClusterRun> runs, Path file, List<ClusterSetting> settings)
            throws IOException {
        List<List<Run>> all = settings.stream().map(setting -> find(runs, setting)).toList();
        // of all settings, so that a method has the same colour everywhere
        List<ClusterMethod> methods =
                all.stream().flatMap(List::stream).map(Run::method).distinct().sorted().toList();
        List<LineChart> charts = new ArrayList<>();
        for (int i = 0; i < settings.size(); i++) {
            LineChart chart = chart(settings.get(i), all.get(i));
            for (Run run : all.get(i)) {
                int colour = methods.indexOf(run.method);
                if (run.partitions == 1) {
                    chart.line(run.name(), colour, run.line);
                } else {
                    chart.dashed(run.name(), colour, run.line, !hasWhole(all.get(i), run.method));
                }
            }
            charts.add(chart);
        }
        LineChart.write(file, charts.toArray(LineChart[]::new));
    }

    private static boolean hasWhole(List<Run> runs, ClusterMethod method) {
        return runs.stream().anyMatch(run -> run.method == method && run.partitions == 1);
    }

    private static List<Run> find(RunFile<ClusterRun> runs, ClusterSetting setting) {
        List<Run> found = new ArrayList<>();
        for (ClusterMethod method : ClusterMethod.values()) {
            for (int partitions : setting.partitions()) {
                List<double[]> line = line(runs, setting, method, partitions);
                if (line.size() > 1) {
                    found.add(new Run(method, partitions, line));
                }
            }
        }
        return found;
    }

    /** As far as the lines go. */
    private static LineChart chart(ClusterSetting setting, List<Run> runs) {
        List<double[]> points = runs.stream().flatMap(run -> run.line.stream()).toList();
        double right = points.stream().mapToDouble(point -> point[0]).max().orElse(1);
        double least = points.stream().mapToDouble(point -> point[1]).min().orElse(0);
        String dashes =
                runs.stream()
                        .filter(run -> run.partitions > 1)
                        .findFirst()
                        .map(run -> ", dashed: in " + run.partitions + " partitions")
                        .orElse("");
        return new LineChart(
                setting.title().replaceFirst(",.*", "") + dashes,
                "passes, those of the autoencoder counted",
                "accuracy, mean of the seeds",
                Math.max(1, right),
                STEP * Math.floor(least / STEP),
                1);
    }

    /** Where all seeds on file have a point. */
    private static List<double[]> line(
            RunFile<ClusterRun> runs, ClusterSetting setting, ClusterMethod method, int parts) {
        List<ClusterRun> seeds =
                LongStream.rangeClosed(1, ClusterSetting.SEEDS)
                        .mapToObj(seed -> runs.find(setting.run(method, parts, seed)))
                        .flatMap(Optional::stream)
                        .toList();
        Set<Double> passes = new TreeSet<>();
        seeds.forEach(run -> run.points().forEach(point -> passes.add(point.passes())));
        List<double[]> line = new ArrayList<>();
        for (double at : passes) {
            List<Point> there =
                    seeds.stream()
                            .flatMap(run -> run.points().stream())
                            .filter(point -> point.passes() == at)
                            .toList();
            if (there.size() == seeds.size()) {
                double mean = there.stream().mapToDouble(Point::accuracy).average().orElseThrow();
                line.add(new double[] {at, mean});
            }
        }
        return line;
    }
}
