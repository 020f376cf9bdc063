package io.github.sparklatent.bench.race;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.randn;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.Python;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.mixture.grouped.GroupedMixture;
import io.github.sparklatent.ml.mixture.grouped.GroupedMixtureModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long a mixture for each of many groups takes. */
@Command(name = "groups", description = "Seconds of a mixture for each group of a table, beside scikit-learn.")
public final class GroupsCommand extends BenchCommand {
    private static final String SCRIPT = "groups.py";
    private static final int COLUMNS = 4;
    private static final int CORES = 2;
    private static final int MOST_COMPONENTS = 3;

    @Option(names = "--groups", description = "Number of groups (${DEFAULT-VALUE}).")
    private int groups = 10_000;

    @Option(names = "--rows", description = "Rows of a group (${DEFAULT-VALUE}).")
    private int rows = 1000;

    @Option(names = "--peers", description = "Groups that scikit-learn fits (${DEFAULT-VALUE}).")
    private int peers = 400;

    /** Seconds and mean log-likelihood of some groups. */
    private record Fits(int groups, double seconds, double logLikelihood) {}

    /** The whole fit, and the seconds of the models of the groups and of scoring all rows. */
    private record Ours(Fits fits, double ofGroups, double ofScores) {}

    /** Keeps the seconds of each part of the training: the model of all rows, then the groups. */
    private static final class Phases implements TrainingMonitor {
        private final List<Double> trained = new ArrayList<>();

        @Override
        public <T> T time(String phase, Supplier<T> work) {
            long start = System.nanoTime();
            T result = work.get();
            double seconds = (System.nanoTime() - start) / 1e9;
            System.err.printf("spark-latent: %.1f s for the phase %s%n", seconds, phase);
            if (phase.equals("train")) {
                trained.add(seconds);
            }
            return result;
        }
    }

    @Override
    protected Map<String, String> measure() throws IOException {
        require(groups >= 1 && rows >= 100, "--groups and --rows are too small");
        require(peers >= CORES && peers <= groups, "--peers is %d, expected 2 to %d", peers, groups);
        try (SparkSession spark = session()) {
            Dataset<Row> table = table(spark);
            Fits before = scikitLearn(table, 0, peers / 2);
            Ours ours = sparkLatent(spark, table);
            Fits after = scikitLearn(table, peers / 2, peers);
            Fits theirs = new Fits(
                    peers, before.seconds() + after.seconds(), (before.logLikelihood() + after.logLikelihood()) / 2);
            return page(text(ours, theirs));
        }
    }

    @Override
    protected String software() throws IOException {
        return super.software() + ", " + Python.versions(SCRIPT);
    }

    /** Returns rows of three components with other centres in each group, in random order. */
    private Dataset<Row> table(SparkSession spark) {
        Path path = DATA.resolve("groups-%d-%d".formatted(groups, rows));
        if (!Files.exists(path.resolve("_SUCCESS"))) {
            Column component = pmod(xxhash64(col("id")), lit(MOST_COMPONENTS));
            Dataset<Row> drawn = spark.range(0, (long) groups * rows, 1, 8)
                    .select(pmod(col("id"), lit(groups)).as("shop"), component.as("component"));
            for (int j = 0; j < COLUMNS; j++) {
                Column centre = pmod(xxhash64(col("shop"), col("component"), lit(j)), lit(2000))
                        .divide(200);
                drawn = drawn.withColumn("x" + j, centre.plus(randn(j)));
            }
            drawn.drop("component").write().mode("overwrite").parquet(path.toString());
        }
        return spark.read().parquet(path.toString());
    }

    private Ours sparkLatent(SparkSession spark, Dataset<Row> table) {
        Dataset<Row> features = table.select(
                col("shop"),
                array(IntStream.range(0, COLUMNS).mapToObj(j -> col("x" + j)).toArray(Column[]::new))
                        .as("features"));
        GroupedMixture estimator = new GroupedMixture()
                .setEstimator(new GaussianMixture().setComponents(1, 2, MOST_COMPONENTS))
                .setGroupCols("shop");
        Phases phases = new Phases();
        long start = System.nanoTime();
        TrainingContext given = TrainingContext.of(estimator.getEstimator(), features, List.of("shop"));
        TrainingContext context =
                new TrainingContext(spark, given.settings(), given.title(), given.tables(), false, phases);
        GroupedMixtureModel model = estimator.training(context).run(Trained::model);
        double seconds = (System.nanoTime() - start) / 1e9;
        Row figures = model.groups()
                .where(col("shop").lt(peers).and(col("fallback").isNull()))
                .selectExpr("avg(meanLogLikelihood)")
                .first();
        System.err.printf("spark-latent: %.1f s, %s%n", seconds, model);
        long scoring = System.nanoTime();
        model.setLogDensityCol("logDensity")
                .transform(features)
                .agg(sum("logDensity"))
                .first();
        double ofScores = (System.nanoTime() - scoring) / 1e9;
        System.err.printf("spark-latent: %.1f s for the scores%n", ofScores);
        return new Ours(
                new Fits(groups, seconds, figures.getDouble(0)),
                phases.trained.get(phases.trained.size() - 1),
                ofScores);
    }

    /** Fits the groups from one number to another, half of them in each of two processes. */
    private Fits scikitLearn(Dataset<Row> table, int from, int to) throws IOException {
        List<String> tables = json(table, from, to);
        List<CompletableFuture<double[]>> running = new ArrayList<>();
        for (int core = 0; core < CORES; core++) {
            int own = core;
            running.add(CompletableFuture.supplyAsync(() -> answers(IntStream.range(0, tables.size())
                    .filter(i -> i % CORES == own)
                    .mapToObj(tables::get)
                    .toList())));
        }
        double seconds = 0;
        double logLikelihood = 0;
        for (CompletableFuture<double[]> one : running) {
            seconds += one.join()[0];
            logLikelihood += one.join()[1];
        }
        System.err.printf("scikit-learn: %d groups, %.1f s of a core%n", tables.size(), seconds);
        return new Fits(tables.size(), seconds / CORES, logLikelihood / tables.size());
    }

    private static double[] answers(List<String> tables) {
        try (Python python = new Python(SCRIPT)) {
            python.answer();
            double[] sums = new double[2];
            for (String table : tables) {
                JsonNode answer = python.ask(table);
                sums[0] += answer.get("seconds").asDouble();
                sums[1] += answer.get("logLikelihood").asDouble();
            }
            return sums;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> json(Dataset<Row> table, int from, int to) {
        return table.where(col("shop").geq(from).and(col("shop").lt(to))).collectAsList().stream()
                .collect(Collectors.groupingBy(row -> row.getLong(0)))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(group -> group.getValue().stream()
                        .map(row -> Arrays.toString(IntStream.rangeClosed(1, COLUMNS)
                                .mapToDouble(row::getDouble)
                                .toArray()))
                        .collect(Collectors.joining(",", "[", "]")))
                .toList();
    }

    private String text(Ours ours, Fits theirs) {
        MarkdownTable table = new MarkdownTable(
                1, "system", "groups", "seconds", "rows a second", "seconds for all groups", "log-likelihood");
        for (Map.Entry<String, Fits> one : List.of(
                Map.entry("spark-latent", ours.fits()),
                Map.entry(
                        "spark-latent, the groups",
                        new Fits(groups, ours.ofGroups(), ours.fits().logLikelihood())),
                Map.entry(
                        "spark-latent, scores",
                        new Fits(groups, ours.ofScores(), ours.fits().logLikelihood())),
                Map.entry("scikit-learn", theirs))) {
            Fits fits = one.getValue();
            table.row(
                    one.getKey(),
                    "%,d".formatted(fits.groups()),
                    "%.1f".formatted(fits.seconds()),
                    "%,.0f".formatted((double) fits.groups() * rows / fits.seconds()),
                    "%.0f".formatted(fits.seconds() / fits.groups() * groups),
                    "%.4f".formatted(fits.logLikelihood()));
        }
        return table + """

                %,d groups of %,d rows and %d columns; full covariances, 1, 2 or %d components by BIC.
                spark-latent: one fit, from reading the Parquet file to the models, with the model of all rows,
                which is fitted to a sample; the part of it that reads, sorts and fits the groups; then the
                scores of all rows, each by the model of its group.
                scikit-learn: the fits of the sampled groups alone, in two processes of one thread, half of the
                groups before spark-latent and half after it. The log-likelihood is the mean of the sampled
                groups, in nats per row.
                """.formatted(groups, rows, COLUMNS, MOST_COMPONENTS);
    }
}
