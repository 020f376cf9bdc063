package io.github.sparklatent.bench.networks;

import io.github.sparklatent.bench.LineChart;
import io.github.sparklatent.bench.networks.Curve.Point;
import io.github.sparklatent.learn.OuterOptimizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Held-out bounds of the grid as lines. */
final class AveragingPicture {
    private static final double BOTTOM = -130;
    private static final double TOP = -100;
    private static final int PARTITIONS = 8;

    private AveragingPicture() {}

    static void write(Curves curves, Path file) throws IOException {
        OuterOptimizer.Type best = OuterOptimizer.DEFAULT.type();
        double seconds =
                AveragingTrial.PARTITIONS.stream()
                        .flatMap(p -> AveragingTable.find(curves, p, best).stream())
                        .filter(Curve::timed)
                        .mapToDouble(curve -> AveragingTrial.GRID * curve.secondsPerPass())
                        .max()
                        .orElse(1);
        LineChart byPasses = chart(best + ": bound over passes", "passes", AveragingTrial.GRID);
        LineChart bySeconds =
                chart(best + ": bound over seconds", "seconds", Math.ceil(seconds / 10) * 10);
        for (int i = 0; i < AveragingTrial.PARTITIONS.size(); i++) {
            int partitions = AveragingTrial.PARTITIONS.get(i);
            String name = partitions == 1 ? "1 partition" : partitions + " partitions";
            add(byPasses, name, i, find(curves, partitions, best), Point::passes);
            if (AveragingTable.find(curves, partitions, best).filter(Curve::timed).isPresent()) {
                add(bySeconds, name, i, find(curves, partitions, best), Point::seconds);
            }
        }
        LineChart byOuter =
                chart(PARTITIONS + " partitions: outer optimisers", "passes", AveragingTrial.GRID);
        for (OuterOptimizer.Type outer : OuterOptimizer.Type.values()) {
            List<Point> points = find(curves, PARTITIONS, outer);
            add(byOuter, outer.toString(), outer.ordinal(), points, Point::passes);
        }
        List<Point> plain = find(curves, 1, OuterOptimizer.Type.AVERAGE);
        add(byOuter, "in one piece", AveragingTrial.PARTITIONS.size(), plain, Point::passes);
        LineChart.write(file, byPasses, bySeconds, byOuter);
    }

    private static LineChart chart(String title, String horizontal, double right) {
        return new LineChart(title, horizontal, "held-out bound, nats a row", right, BOTTOM, TOP);
    }

    private static List<Point> find(Curves curves, int partitions, OuterOptimizer.Type outer) {
        return AveragingTable.find(curves, partitions, outer).map(Curve::points).orElse(List.of());
    }

    private static void add(
            LineChart chart,
            String name,
            int colour,
            List<Point> points,
            ToDoubleFunction<Point> horizontal) {
        chart.line(
                name,
                colour,
                points.stream()
                        .filter(point -> point.passes() <= AveragingTrial.GRID)
                        .map(p -> new double[] {horizontal.applyAsDouble(p), p.elbo()})
                        .toList());
    }
}
