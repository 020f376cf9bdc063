package io.github.sparklatent.bench.race;

import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.command.Globs;
import io.github.sparklatent.bench.report.LineChart;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.NamedRun;
import io.github.sparklatent.bench.report.Page;
import io.github.sparklatent.bench.report.RunFile;
import io.github.sparklatent.bench.training.Architectures;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.vae.model.Architecture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How the seconds of a round or an epoch grow with the size of the problem, one size at a time. */
@Command(
        name = "growth",
        description =
                "Seconds of a round or an epoch against rows, columns, components, partitions and" + " parameters.")
public final class GrowthCommand extends BenchCommand {
    @Mixin
    private RaceOptions options;

    private static final String ROWS = "rows";
    private static final String COLUMNS = "columns";
    private static final String COMPONENTS = "components";
    private static final String PARTITIONS = "partitions";
    private static final String FACTORED = "columns, ten factors";
    private static final String PARAMETERS = "parameters of a network";
    private static final List<String> LINES = List.of(ROWS, COLUMNS, COMPONENTS, PARTITIONS, FACTORED, PARAMETERS);

    @Mixin
    private Globs only;

    /**
     * The seconds of problems of growing size.
     *
     * @param name what grows
     * @param sizes ascending
     * @param seconds of an iteration, the medians
     */
    private record Line(String name, List<Double> sizes, List<Double> seconds) implements NamedRun {
        Line(String name) {
            this(name, new ArrayList<>(), new ArrayList<>());
        }

        /** Slope of the logarithms: 1 if twice the size takes twice the time. */
        double slope() {
            SimpleRegression fit = new SimpleRegression();
            for (int i = 0; i < sizes.size(); i++) {
                fit.addData(Math.log(sizes.get(i)), Math.log(seconds.get(i)));
            }
            return fit.getSlope();
        }

        List<double[]> points() {
            return IntStream.range(0, sizes.size())
                    .mapToObj(i -> new double[] {sizes.get(i) / sizes.get(0), seconds.get(i)})
                    .toList();
        }
    }

    @Override
    protected Map<String, String> measure() throws IOException {
        RunFile<Line> file = RunFile.of("growth", Line.class);
        try (SparkSession spark = session()) {
            Course course = new Course(spark, DATA, options.mnist.path());
            for (String name : only.select(LINES, name -> name)) {
                file.put(line(name, course));
            }
        }
        List<Line> lines = file.find(LINES.stream());
        LineChart chart =
                LineChart.logarithmic("How a round or an epoch grows", "multiples of the least size", "seconds");
        MarkdownTable table = new MarkdownTable(
                3, "what grows", "sizes", "seconds of a round or an epoch", "slope of the logarithms");
        for (Line line : lines) {
            String slope = "%.2f".formatted(line.slope());
            table.row(line.name, list("%,.0f", line.sizes), list("%.3g", line.seconds), slope);
            chart.line(line.name + ", slope " + slope, lines.indexOf(line), line.points());
        }
        if (docs()) {
            LineChart.write(Page.picture("growth"), chart);
        }
        return page(table + """

                        Mixtures have full covariances and, where these do not grow, 16 columns and 16
                        components; those with ten factors have 10,000 rows and 8 components. The network is a variational autoencoder on MNIST with a hidden layer
                        of 50 to 500 units on each side. The figures are medians of %d.
                        """.formatted(options.repetitions));
    }

    private static String list(String format, List<Double> values) {
        return String.join("; ", values.stream().map(format::formatted).toList());
    }

    private Line line(String what, Course course) throws IOException {
        return switch (what) {
            case ROWS -> line(what, course, n -> mixture(n, 16, 16), 100_000, 200_000, 500_000, 1_000_000);
            case COLUMNS -> line(what, course, d -> mixture(200_000, d, 16), 8, 16, 32, 80);
            case COMPONENTS -> line(what, course, k -> mixture(500_000, 16, k), 4, 10, 20, 40);
            case PARTITIONS -> line(what, course, p -> mixture(500_000, 16, 16), 2, 4, 10, 20);
            case FACTORED -> line(what, course, GrowthCommand::factored, 500, 1000, 2000, 5000);
            default -> parameters(course, 50, 100, 200, 500);
        };
    }

    private Line line(String what, Course course, IntFunction<MixtureCase> problem, int... sizes) throws IOException {
        Line line = new Line(what);
        for (int size : sizes) {
            System.err.printf("%,d %s%n", size, what);
            MixtureCase mixture = problem.apply(size);
            TableOptions placement = TableOptions.DEFAULT.withPartitions(what.equals(PARTITIONS) ? size : 0);
            Dataset<Row> rows = new MixtureData(mixture, course.folder()).table(course.spark());
            try (Contestant contestant = new SparkLatent(mixture, rows, placement)) {
                line.sizes.add((double) size);
                line.seconds.add(median(mixture, contestant));
            }
        }
        return line;
    }

    /** Networks of one hidden layer on each side, which has nearly all of the parameters. */
    private Line parameters(Course course, int... widths) throws IOException {
        Line line = new Line(PARAMETERS);
        for (int width : widths) {
            System.err.printf("a hidden layer of %d%n", width);
            Architecture architecture = Architectures.dense(784, 20, Activation.RELU, width);
            try (AveragedNetwork network = new AveragedNetwork(architecture, course)) {
                line.sizes.add((double) network.parameters());
                line.seconds.add(median(NetworkCase.ALL.get(0), network));
            }
        }
        return line;
    }

    private double median(RaceCase problem, Contestant contestant) throws IOException {
        Map<String, Contestant> only = Map.of("spark-latent", contestant);
        double median = options.race(problem).run(only).get("spark-latent").median();
        if (!(median > 0)) {
            throw new IOException(
                    "an iteration took %s seconds, expected more than 0; the machine is too busy, or --rounds or --epochs too few"
                            .formatted(median));
        }
        return median;
    }

    private static MixtureCase factored(int columns) {
        return new MixtureCase("growth", 10_000, columns, 8, CovarianceType.FACTOR);
    }

    private static MixtureCase mixture(int rows, int columns, int components) {
        return new MixtureCase("growth", rows, columns, components, CovarianceType.FULL);
    }
}
