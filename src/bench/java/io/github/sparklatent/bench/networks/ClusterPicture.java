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
    private static final int COLOURS = 8;

    private ClusterPicture() {}

    static void write(RunFile<ClusterRun> runs, Path file, List<ClusterSetting> settings)
            throws IOException {
        List<LineChart> charts = new ArrayList<>();
        for (ClusterSetting setting : settings) {
            double right =
                    runs.all().stream()
                            .filter(run -> setting.owns(run.name()))
                            .mapToDouble(run -> run.last().passes())
                            .max()
                            .orElse(1);
            String title = setting.title().replaceFirst(",.*", ": accuracy");
            LineChart chart = new LineChart(title, "passes", Math.max(1, right), 0.4, 1);
            int colour = 0;
            for (ClusterMethod method : ClusterMethod.values()) {
                for (int partitions : setting.partitions()) {
                    List<double[]> line = line(runs, setting, method, partitions);
                    if (line.size() > 1) {
                        String parts =
                                setting.partitions().size() == 1 ? "" : ", P = " + partitions;
                        chart.line(method + parts, colour++ % COLOURS, line);
                    }
                }
            }
            charts.add(chart);
        }
        LineChart.write(file, charts.toArray(LineChart[]::new));
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
