package io.github.sparklatent.bench;

import io.github.sparklatent.bench.networks.AveragedNetwork;
import io.github.sparklatent.cluster.TableOptions;
import io.github.sparklatent.gmm.CovarianceType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/** How the seconds of a pass grow with the size of the problem, one size at a time. */
final class Growth {
    private static final Path PICTURE = Path.of("src", "site", "growth.png");

    private final Course course;
    private final Race race;
    private final boolean draws;

    /** Draws where the README is written. */
    Growth(Course course, BenchOptions options) {
        this.course = course;
        this.race = new Race(options);
        this.draws = options.readme();
    }

    /**
     * What one size makes of the seconds.
     *
     * @param what grows
     * @param sizes ascending
     * @param seconds a pass of each, the medians
     */
    private record Line(String what, List<Double> sizes, List<Double> seconds) {
        /** Of the logarithms: 1 where twice the size takes twice the time. */
        double slope() {
            SimpleRegression fit = new SimpleRegression();
            for (int i = 0; i < sizes.size(); i++) {
                fit.addData(Math.log(sizes.get(i)), Math.log(seconds.get(i)));
            }
            return fit.getSlope();
        }
    }

    /** A problem of one size. */
    private interface Problem {
        Contestant of(int size) throws IOException;
    }

    /** Measures, draws, and describes in Markdown. */
    String text() throws IOException {
        Line parameters = parameters(50, 100, 200, 500); // first: its images may be missing
        List<Line> lines =
                List.of(
                        line(
                                "rows",
                                n -> mixture(n, 16, 16, 0),
                                100_000,
                                200_000,
                                500_000,
                                1_000_000),
                        line("columns", d -> mixture(200_000, d, 16, 0), 8, 16, 32, 80),
                        line("components", k -> mixture(500_000, 16, k, 0), 4, 10, 20, 40),
                        line("partitions", p -> mixture(500_000, 16, 16, p), 2, 4, 10, 20),
                        parameters);
        LineChart chart =
                LineChart.logarithmic("How a pass grows", "times the least size", "seconds a pass");
        StringBuilder out =
                new StringBuilder(
                        "| what grows | sizes | seconds a pass | slope of the logarithms |\n"
                                + "| --- | --- | --- | ---: |\n");
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            out.append(
                    "| %s | %s | %s | %.2f |\n"
                            .formatted(
                                    line.what,
                                    list("%,.0f", line.sizes),
                                    list("%.3g", line.seconds),
                                    line.slope()));
            chart.line("%s, slope %.2f".formatted(line.what, line.slope()), i, points(line));
        }
        if (draws) {
            LineChart.write(PICTURE, chart);
        }
        return out.toString();
    }

    private static String list(String format, List<Double> values) {
        return String.join(
                "; ", values.stream().map(v -> String.format(Locale.ROOT, format, v)).toList());
    }

    private static List<double[]> points(Line line) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < line.sizes.size(); i++) {
            points.add(new double[] {line.sizes.get(i) / line.sizes.get(0), line.seconds.get(i)});
        }
        return points;
    }

    private Line line(String what, Problem problem, int... sizes) throws IOException {
        List<Double> all = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        for (int size : sizes) {
            System.err.printf("%,d %s%n", size, what);
            try (Contestant contestant = problem.of(size)) {
                all.add((double) size);
                seconds.add(median(contestant));
            }
        }
        return new Line(what, all, seconds);
    }

    /** Networks of one hidden layer on each side; their parameters are nearly all in it. */
    private Line parameters(int... widths) throws IOException {
        List<Double> parameters = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        for (int width : widths) {
            System.err.printf("a hidden layer of %d%n", width);
            try (AveragedNetwork network = AveragedNetwork.ofWidth(width, course)) {
                parameters.add((double) network.parameters());
                seconds.add(median(network));
            }
        }
        return new Line("parameters of a network", parameters, seconds);
    }

    private double median(Contestant contestant) throws IOException {
        List<Double> seconds = race.run(List.of(contestant)).get(contestant);
        double median = Result.of("", contestant.system(), seconds, "").secondsPerPass();
        if (!(median > 0)) {
            throw new IllegalStateException(
                    "a pass took %s seconds, expected more than 0; the machine is too busy, or --passes too few"
                            .formatted(median));
        }
        return median;
    }

    private Contestant mixture(int rows, int columns, int components, int partitions) {
        MixtureCase problem =
                new MixtureCase("growth", rows, columns, components, CovarianceType.FULL);
        MixtureData data = new MixtureData(problem, course.folder());
        data.write(course.spark());
        return new SparkLatent(
                course.spark(), problem, data, TableOptions.DEFAULT.withPartitions(partitions));
    }
}
