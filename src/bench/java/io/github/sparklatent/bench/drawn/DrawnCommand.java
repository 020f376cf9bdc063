package io.github.sparklatent.bench.drawn;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.mode;

import io.github.sparklatent.app.Latent;
import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.command.Globs;
import io.github.sparklatent.bench.data.Digits;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.NamedRun;
import io.github.sparklatent.bench.report.RunFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.PredictionModel;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.MaxAbsScaler;
import org.apache.spark.ml.feature.RFormula;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How well a classifier that was trained on synthetic rows does on real rows. */
@Command(
        name = "drawn",
        description = "Trains classifiers on synthetic rows and tests them on real rows; runs METHOD-sSEED.")
public final class DrawnCommand extends BenchCommand {
    private static final String FOLDER = DATA.resolve("drawn").toString();
    private static final String PART = "synthesis/drawn";
    private static final String CLASS = "class";
    private static final int SEEDS = 3;

    @Mixin
    private Globs only;

    private RunFile<DrawnRun> runs;
    private SparkSession spark;

    /**
     * A way to get training rows.
     *
     * @param file configuration of a model; empty for real rows
     * @param group key that draws rows of one class or of one component, with a place for its value
     * @param sets keys in place of those of the configuration
     */
    private record Method(String name, String title, String file, String group, String... sets) {
        List<String> runs() {
            // a logistic regression of the same rows is the same for each seed
            return LongStream.rangeClosed(1, name.equals("adult-real") ? 1 : SEEDS)
                    .mapToObj(seed -> "%s-s%d".formatted(name, seed))
                    .toList();
        }
    }

    private static final String GIVEN = "sample.given={_c64:%s}";
    private static final String ALL = "sample.given=null";

    private static final List<Method> DIGITS = List.of(
            new Method("digits-real", "digits: real rows", "", ""),
            new Method(
                    "digits-vae",
                    "`vae` given the digit, `sample.noise = true`",
                    "vae-conditional",
                    GIVEN,
                    "sample.noise=true"),
            new Method("digits-vae-means", "`vae` given the digit", "vae-conditional", GIVEN),
            new Method(
                    "digits-gan",
                    "`gan` given the digit",
                    "gan-digits",
                    GIVEN,
                    "model.condition=[_c64]",
                    "data.columns={_c64:category}",
                    "data.label=null"),
            new Method("digits-mog-vae", "`mog-vae`, digit of the component", "mog-vae-digits", "sample.component=%s"),
            new Method(
                    "digits-cluster-vae",
                    "`cluster-vae`, digit of the component",
                    "cluster-vae-digits",
                    "sample.component=%s"));

    private static final List<Method> ADULT = List.of(
            new Method("adult-real", "people: real rows", "", ""),
            new Method("adult-vae", "`vae` given the income", "synthetic-rows-vae", ALL, "model.condition=[income]"));

    @Override
    protected List<String> pages() {
        return List.of(PART);
    }

    @Override
    protected Map<String, String> measure() throws IOException {
        runs = runs("drawn", DrawnRun.class);
        try (SparkSession session = session()) {
            // of its own, because a session that has observed rows cannot be serialised with a logistic regression
            spark = session.newSession();
            measure("digits", "_c64", DIGITS);
            measure("adult", "income", ADULT);
        }
        return Map.of(PART, table() + TEXT);
    }

    private static final String TEXT = """

            Percent: mean and standard error of three seeds of model and classifier. A fifth of the rows was
            not trained on and tests all classifiers; its own standard error is about 1%. There are as
            many synthetic rows as training rows. "Recognised" is the share of synthetic rows that the
            classifier of real rows gives their class. The classifiers are spark.ml's: of the
            digits a perceptron with 100 hidden units, of the people a logistic regression.
            """;

    private void measure(String table, String label, List<Method> methods) throws IOException {
        Dataset<Row>[] parts = spark.read()
                .option("inferSchema", true)
                .option("header", isNamed(label))
                .csv("conf/data/%s.csv.gz".formatted(table))
                .randomSplit(new double[] {0.8, 0.2}, 1);
        String file = "%s/%s.csv".formatted(FOLDER, table);
        parts[0].write().mode("overwrite").option("header", isNamed(label)).csv(file);
        Dataset<Row> real = parts[0].cache();
        PipelineModel columns = new Pipeline()
                .setStages(new PipelineStage[] {
                    new RFormula()
                            .setFormula(CLASS + " ~ .")
                            .setHandleInvalid("skip")
                            .setFeaturesCol("columns"),
                    new MaxAbsScaler().setInputCol("columns").setOutputCol("features")
                })
                .fit(real.withColumnRenamed(label, CLASS));
        UnaryOperator<Dataset<Row>> prepared = rows -> columns.transform(rows.withColumnRenamed(label, CLASS))
                .select("features", "label")
                .coalesce(2)
                .cache();
        Dataset<Row> test = prepared.apply(parts[1]);
        PredictionModel<Vector, ?> reference = null;
        for (Method method : methods) {
            for (String name : method.runs()) {
                if (only.isGiven() ? only.match(name) : runs.find(name).isEmpty()) {
                    long seed = 1 + method.runs().indexOf(name);
                    reference = reference == null ? classifier(prepared.apply(real), 1) : reference;
                    boolean isReal = method.file.isEmpty();
                    Dataset<Row> rows = prepared.apply(isReal ? real : drawn(method, file, label, real, seed));
                    Dataset<Row> tested = classifier(rows, seed).transform(test);
                    runs.put(new DrawnRun(
                            name,
                            accuracy(tested),
                            methods == ADULT
                                    ? NamedRun.rounded(new BinaryClassificationEvaluator().evaluate(tested))
                                    : null,
                            isReal ? null : accuracy(reference.transform(rows))));
                    System.err.println("  " + runs.find(name).orElseThrow());
                }
            }
        }
    }

    /** Returns whether the columns of a table have names of their own. */
    private static boolean isNamed(String label) {
        return !label.startsWith("_c");
    }

    /** Trains a perceptron of the digits, or a logistic regression. */
    private static PredictionModel<Vector, ?> classifier(Dataset<Row> rows, long seed) {
        int width = ((Vector) rows.first().getAs("features")).size();
        return width == Digits.WIDTH
                ? new MultilayerPerceptronClassifier()
                        .setLayers(new int[] {width, 100, 10})
                        .setSeed(seed)
                        .fit(rows)
                : new LogisticRegression().setRegParam(0.01).fit(rows);
    }

    private static double accuracy(Dataset<Row> rows) {
        return NamedRun.rounded(new MulticlassClassificationEvaluator()
                .setMetricName("accuracy")
                .evaluate(rows));
    }

    /** Trains a model by the commands of users, and draws about as many rows as it was trained on. */
    private Dataset<Row> drawn(Method method, String file, String label, Dataset<Row> real, long seed)
            throws IOException {
        String out = "%s/%s".formatted(FOLDER, method.name);
        List<String> sets = new ArrayList<>(List.of(method.sets));
        sets.addAll(
                List.of("data.path=" + file, "data.format=csv", "data.header=" + isNamed(label), "train.seed=" + seed));
        latent("train", method, sets, "output.path=" + out);
        Dataset<Row> grouped = real.withColumn("prediction", col(label));
        if (method.group.startsWith("sample.component")) {
            String scores = out + "-scores";
            latent(
                    "score",
                    method,
                    sets,
                    "score.columns=[prediction]",
                    "model.path=" + out,
                    "output.format=parquet",
                    "output.path=" + scores);
            grouped = spark.read().parquet(scores);
        }
        List<Row> groups = method.group.contains("%s")
                ? grouped.groupBy("prediction")
                        .agg(mode(col(label)), count("*"))
                        .orderBy("prediction")
                        .collectAsList()
                : List.of(RowFactory.create("all", null, real.count()));
        Dataset<Row> drawn = real.limit(0);
        for (Row group : groups) {
            String path = "%s-%s".formatted(out, group.get(0));
            latent(
                    "sample",
                    method,
                    sets,
                    "sample.rows=" + group.get(2),
                    "sample.seed=" + (seed + SEEDS * groups.indexOf(group)),
                    method.group.formatted(group.get(0)),
                    "model.path=" + out,
                    "output.path=" + path);
            Dataset<Row> rows = spark.read().parquet(path);
            rows = group.isNullAt(1) ? rows : rows.withColumn(label, lit(group.get(1)));
            drawn = drawn.union(rows.na()
                    .fill("?")
                    .select(Arrays.stream(real.schema().fields())
                            .map(field -> col(field.name()).cast(field.dataType()))
                            .toArray(Column[]::new)));
        }
        return drawn;
    }

    private static void latent(String command, Method method, List<String> sets, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(command, "--config", "conf/%s.conf".formatted(method.file)));
        Stream.of(sets.stream(), Stream.of(more), Stream.of("output.overwrite=true"))
                .flatMap(keys -> keys)
                .forEach(key -> words.addAll(List.of("--set", key)));
        int code = Latent.run(words.toArray(String[]::new));
        if (code != 0) {
            throw new IOException(
                    "%s ended with exit code %d; its messages are above".formatted(String.join(" ", words), code));
        }
    }

    private MarkdownTable table() {
        MarkdownTable table =
                new MarkdownTable(1, "classifier trained on", "accuracy", "area under the ROC curve", "recognised");
        Stream.concat(DIGITS.stream(), ADULT.stream()).forEach(method -> {
            List<DrawnRun> found = runs.find(method.runs().stream());
            table.row(
                    method.title,
                    percent(found, DrawnRun::accuracy),
                    percent(found, DrawnRun::area),
                    percent(found, DrawnRun::recognised));
        });
        return table;
    }

    /** Returns the mean and its standard error in percent. */
    private static String percent(List<DrawnRun> found, Function<DrawnRun, Double> figure) {
        double[] values = found.stream()
                .map(figure)
                .filter(Objects::nonNull)
                .mapToDouble(x -> 100 * x)
                .toArray();
        double mean = Arrays.stream(values).average().orElse(0);
        double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
        return values.length < 2
                ? values.length == 0 ? "" : "%.1f".formatted(mean)
                : "%.1f ± %.1f".formatted(mean, Math.sqrt(squares / (values.length - 1) / values.length));
    }
}
