package io.github.sparklatent.bench.training;

import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.command.RunOptions;
import io.github.sparklatent.bench.data.ImageTables;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.RunFile;
import io.github.sparklatent.bench.training.Curve.Point;
import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains on MNIST in several numbers of partitions, compared with plain training in one. */
@Command(name = "averaging", description = "What parameter averaging costs, on MNIST.")
public final class AveragingCommand extends BenchCommand {
    private static final OuterOptimizer.Type DEFAULT = OuterOptimizer.DEFAULT.type();

    @Mixin
    private RunOptions.Timed options;

    private RunFile<Curve> curves;

    @Override
    protected Map<String, String> measure() throws IOException {
        curves = runs("averaging", Curve.class);
        try (SparkSession spark = session()) {
            ImageTables tables = new ImageTables(spark, options.mnist().path());
            try (ShardTable test = tables.test()) {
                train(tables, test.train());
            }
        }
        return page(grid() + "\n" + compared() + "\n" + skewed() + TEXT);
    }

    private void train(ImageTables tables, Shards test) throws IOException {
        for (AveragingTrial trial : AveragingTrial.all()) {
            if (options.wants(trial.name(), curves)) {
                int partitions = trial.partitions();
                try (ShardTable train = trial.skewed() ? tables.skewed(partitions) : tables.training(partitions)) {
                    double limit = options.limit(trial.epochs());
                    Curve curve = trial.training(limit).run(train.train(), test);
                    curves.put(
                            options.seconds() ? find(curve.name()).orElseThrow().timedBy(curve) : curve);
                }
            }
        }
    }

    private Optional<Curve> find(String run) {
        return curves.find(run);
    }

    /** Finds a training of the grid: a run of its own, or the beginning of the longer run. */
    private Optional<Curve> find(int partitions, OuterOptimizer.Type outer) {
        AveragingTrial trial = AveragingTrial.grid(partitions, outer);
        return find(trial.constant().name()).or(() -> find(trial.name()));
    }

    private Optional<Point> at(AveragingTrial trial, int epochs) {
        return find(trial.name()).flatMap(curve -> curve.at(epochs));
    }

    private static final String TEXT = """

            Plain training is one partition with the outer optimiser `average`, which changes
            nothing there. The outer optimisers have their defaults; all but `average` start
            after one epoch of plain averaging. A loss below 0 is a gain. "Falling at the end"
            means that the rate falls to 0 over the last 30% of the epochs. The driver keeps
            the moving average, over one epoch. There is one seed: half a nat is noise. Seconds
            are measured separately (`--seconds`) on two cores. Empty cells were not measured.
            """;

    private String grid() {
        List<Integer> partitions = AveragingTrial.PARTITIONS;
        MarkdownTable table = new MarkdownTable(
                1,
                Stream.concat(
                                Stream.of("held-out bound after 10 epochs"),
                                partitions.stream().map(p -> p == 1 ? "1 partition" : "" + p))
                        .toList());
        for (OuterOptimizer.Type outer : OuterOptimizer.Type.values()) {
            table.row(outer, cells(p -> find(p, outer), curve -> atGrid(curve)));
        }
        return table.row("seconds per epoch, " + DEFAULT, cells(p -> find(p, DEFAULT), Curve::secondsText))
                .toString();
    }

    private static String atGrid(Curve curve) {
        return nats(curve.at(AveragingTrial.GRID), Point::elbo);
    }

    private static List<String> cells(Function<Integer, Optional<Curve>> find, Function<Curve, String> text) {
        return AveragingTrial.PARTITIONS.stream()
                .map(partitions -> find.apply(partitions).map(text).orElse(""))
                .toList();
    }

    private String compared() {
        MarkdownTable table = new MarkdownTable(
                1, "epochs, rate", "plain training", "8 partitions", "loss", "both by moving average", "loss");
        AveragingTrial one = AveragingTrial.COMPARED.get(0);
        AveragingTrial eight = AveragingTrial.COMPARED.get(1);
        for (int n : AveragingTrial.LENGTHS) {
            compared(table, n + ", constant", at(one.constant(), n), at(eight.constant(), n));
        }
        for (int n : AveragingTrial.LENGTHS) {
            String title = n + ", falling at the end";
            compared(table, title, at(one.decayed(n), n), at(eight.decayed(n), n));
        }
        return table.toString();
    }

    private static void compared(MarkdownTable table, String title, Optional<Point> one, Optional<Point> eight) {
        if (one.isPresent() && eight.isPresent()) {
            table.row(
                    title,
                    nats(one, Point::elbo),
                    nats(eight, Point::elbo),
                    loss(one.get().elbo(), eight.get().elbo()),
                    nats(one, Point::averageElbo) + ", " + nats(eight, Point::averageElbo),
                    loss(one.get().averageElbo(), eight.get().averageElbo()));
        }
    }

    private String skewed() {
        MarkdownTable table = new MarkdownTable(
                1, "10 epochs, 10 partitions of two digits each", "8 rounds per epoch", "1 round per epoch");
        for (OuterOptimizer.Type outer : OuterOptimizer.Type.values()) {
            Optional<Point> often = at(AveragingTrial.skewed(outer, 8), AveragingTrial.GRID);
            Optional<Point> once = at(AveragingTrial.skewed(outer, 1), AveragingTrial.GRID);
            if (often.isPresent() || once.isPresent()) {
                table.row(outer, nats(often, Point::elbo), nats(once, Point::elbo));
            }
        }
        return table.isEmpty() ? "" : table.toString();
    }

    private static String nats(Optional<Point> point, Function<Point, Double> figure) {
        return Curve.nats(point.map(figure).orElse(null));
    }

    private static String loss(Double one, Double eight) {
        return Curve.nats(one == null || eight == null ? null : one - eight);
    }
}
