package io.github.sparklatent.bench.networks;

import io.github.sparklatent.bench.networks.Curve.Point;
import io.github.sparklatent.learn.OuterOptimizer;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The grid as tables in Markdown. */
final class AveragingTable {
    private static final String CAPTION =
            """

            In one piece: one partition, plain averaging, which is training without any. The outer
            optimisers have their defaults, all but `average` after a pass of plain averaging. A loss
            below 0 is a gain. Falling at the end: the rate falls to 0 over the last 30% of the
            passes; the moving average is kept by the driver over one pass. One seed: half a nat is
            noise. Seconds are measured apart (`--seconds`), on two cores; fields without a figure
            were not measured.
            """;

    private final Curves curves;

    AveragingTable(Curves curves) {
        this.curves = curves;
    }

    /** A run of the grid: one of its own, or the beginning of the longer one. */
    static Optional<Curve> find(Curves curves, int partitions, OuterOptimizer.Type outer) {
        AveragingTrial trial = AveragingTrial.grid(partitions, outer);
        return curves.find(trial.constant().name()).or(() -> curves.find(trial.name()));
    }

    String text() {
        return grid() + "\n" + compared() + "\n" + skewed() + CAPTION;
    }

    private String grid() {
        StringBuilder out = new StringBuilder("| held-out bound after 10 passes |");
        AveragingTrial.PARTITIONS.forEach(
                p -> out.append(p == 1 ? " 1 partition |" : " " + p + " |"));
        out.append("\n| --- |").append(" ---: |".repeat(AveragingTrial.PARTITIONS.size()));
        out.append("\n");
        for (OuterOptimizer.Type outer : OuterOptimizer.Type.values()) {
            out.append("| %s |".formatted(outer));
            for (int partitions : AveragingTrial.PARTITIONS) {
                Optional<Point> point =
                        find(curves, partitions, outer).flatMap(c -> c.at(AveragingTrial.GRID));
                out.append(" %s |".formatted(nats(point, Point::elbo)));
            }
            out.append("\n");
        }
        out.append("| seconds a pass, %s |".formatted(OuterOptimizer.DEFAULT.type()));
        for (int partitions : AveragingTrial.PARTITIONS) {
            Optional<Curve> curve = find(curves, partitions, OuterOptimizer.DEFAULT.type());
            out.append(" %s |".formatted(curve.map(Curve::secondsText).orElse("")));
        }
        return out.append("\n").toString();
    }

    private String compared() {
        StringBuilder out =
                new StringBuilder(
                        "| passes, rate | in one piece | 8 partitions | loss | both by moving"
                                + " average | loss |\n"
                                + "| --- | ---: | ---: | ---: | ---: | ---: |\n");
        AveragingTrial one = AveragingTrial.COMPARED.get(0);
        AveragingTrial eight = AveragingTrial.COMPARED.get(1);
        for (int length : AveragingTrial.LENGTHS) {
            out.append(
                    compared(
                            length + ", constant",
                            at(one.constant(), length),
                            at(eight.constant(), length)));
        }
        for (int length : AveragingTrial.LENGTHS) {
            out.append(
                    compared(
                            length + ", falling at the end",
                            at(one.decayed(length), length),
                            at(eight.decayed(length), length)));
        }
        return out.toString();
    }

    private static String compared(String name, Optional<Point> one, Optional<Point> eight) {
        if (one.isEmpty() || eight.isEmpty()) {
            return "";
        }
        return "| %s | %s | %s | %s | %s, %s | %s |\n"
                .formatted(
                        name,
                        nats(one, Point::elbo),
                        nats(eight, Point::elbo),
                        loss(one, eight, Point::elbo),
                        nats(one, Point::averageElbo),
                        nats(eight, Point::averageElbo),
                        loss(one, eight, Point::averageElbo));
    }

    private String skewed() {
        int lines = 0;
        StringBuilder out =
                new StringBuilder(
                        "| 10 passes, 10 partitions of two digits each | 8 rounds a pass | 1 round"
                                + " a pass |\n"
                                + "| --- | ---: | ---: |\n");
        for (OuterOptimizer.Type outer : OuterOptimizer.Type.values()) {
            Optional<Point> often = at(AveragingTrial.skewed(outer, 8), AveragingTrial.GRID);
            Optional<Point> once = at(AveragingTrial.skewed(outer, 1), AveragingTrial.GRID);
            if (often.isPresent() || once.isPresent()) {
                lines++;
                out.append(
                        "| %s | %s | %s |\n"
                                .formatted(
                                        outer, nats(often, Point::elbo), nats(once, Point::elbo)));
            }
        }
        return lines == 0 ? "" : out.toString();
    }

    private Optional<Point> at(AveragingTrial trial, int passes) {
        return curves.find(trial.name()).flatMap(curve -> curve.at(passes));
    }

    private static String nats(Optional<Point> point, Function<Point, Double> figure) {
        return point.map(figure).map(value -> format("%.2f", value)).orElse("");
    }

    private static String loss(
            Optional<Point> one, Optional<Point> eight, Function<Point, Double> figure) {
        return one.map(figure)
                .flatMap(a -> eight.map(figure).map(b -> format("%.2f", a - b)))
                .orElse("");
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value).replace('-', '−');
    }
}
