package io.github.sparklatent.bench.training;

import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.command.RunOptions;
import io.github.sparklatent.bench.data.ImageTables;
import io.github.sparklatent.bench.report.LineChart;
import io.github.sparklatent.bench.report.Page;
import io.github.sparklatent.bench.report.RunFile;
import io.github.sparklatent.bench.training.Curve.Point;
import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.learn.averaging.Shards;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;

/** A benchmark whose trainings leave curves on file. */
abstract class CurveCommand extends BenchCommand {
    @Mixin
    private RunOptions.Timed options;

    private RunFile<Curve> curves;

    /** Runs the trainings that are wanted. */
    protected abstract void train(ImageTables tables, Shards test) throws IOException;

    /** The tables of what is on file. */
    protected abstract String tables() throws IOException;

    /** The charts of what is on file. */
    protected abstract List<LineChart> charts();

    @Override
    protected Map<String, String> measure() throws IOException {
        String name = pages().get(0);
        curves = RunFile.of(name, Curve.class);
        try (SparkSession spark = session()) {
            ImageTables tables = new ImageTables(spark, options.mnist().path());
            try (ShardTable test = tables.test()) {
                train(tables, test.train());
            }
        }
        if (docs()) {
            LineChart.write(Page.picture(name), charts().toArray(LineChart[]::new));
        }
        return page(tables());
    }

    protected RunOptions options() {
        return options;
    }

    protected boolean wants(String run) {
        return options.wants(run, curves);
    }

    /** Stores a curve, or only its seconds in the curve on file. */
    protected void put(Curve curve) throws IOException {
        curves.put(options.seconds() ? find(curve.name()).orElseThrow().timedBy(curve) : curve);
    }

    protected Optional<Curve> find(String run) {
        return curves.find(run);
    }

    /** The points of a run that have a figure, for a chart. */
    protected static List<double[]> line(Optional<Curve> curve, Function<Point, Double> x, Function<Point, Double> y) {
        return curve.map(Curve::points).orElse(List.of()).stream()
                .filter(point -> y.apply(point) != null)
                .map(point -> new double[] {x.apply(point), y.apply(point)})
                .toList();
    }
}
