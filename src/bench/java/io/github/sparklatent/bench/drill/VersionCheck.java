package io.github.sparklatent.bench.drill;

import io.github.sparklatent.app.Latent;
import io.github.sparklatent.ml.linear.FactorAnalysis;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.mixture.Mixture;
import io.github.sparklatent.ml.network.VariationalAutoencoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What {@code jobs/drill versions} runs on each version of Spark and Java: jobs, and Estimators that are fitted, saved
 * and loaded. The arguments are a folder for the results and folders of earlier runs, whose models are loaded and must
 * give the same scores.
 */
public final class VersionCheck {
    private static final Readings TABLE = Readings.USUAL.rows(1500).missing(0.05);
    private static final String SCORES = "scores.txt";

    private final SparkSession spark;
    private final Path folder;

    /** Digest of the scores of each model. */
    private final Map<String, String> scores = new LinkedHashMap<>();

    private int checks;
    private int faults;

    private VersionCheck(SparkSession spark, Path folder) {
        this.spark = spark;
        this.folder = folder;
    }

    /** Runs the checks and ends the process with 1 if one of them failed. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        Files.createDirectories(folder);
        int faults;
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            spark.sparkContext().setLogLevel("ERROR");
            VersionCheck check = new VersionCheck(spark, folder);
            check.jobs();
            check.estimators();
            Files.write(
                    folder.resolve(SCORES),
                    check.scores.entrySet().stream()
                            .map(score -> score.getKey() + " " + score.getValue())
                            .toList());
            for (String other : Arrays.asList(arguments).subList(1, arguments.length)) {
                check.modelsOf(Path.of(other).toAbsolutePath());
            }
            System.out.printf(
                    "%s | %s | %s | %d of %d%n",
                    spark.version(),
                    org.apache.hadoop.util.VersionInfo.getVersion(),
                    System.getProperty("java.version"),
                    check.checks - check.faults,
                    check.checks);
            faults = check.faults;
        }
        System.exit(faults == 0 ? 0 : 1);
    }

    private interface Body {
        void run() throws Exception;
    }

    private void check(String name, Body body) {
        checks++;
        try {
            body.run();
            System.err.println("passed: " + name);
        } catch (Exception | LinkageError e) {
            faults++;
            System.err.println("FAULT: " + name);
            e.printStackTrace();
        }
    }

    private static void expect(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new IllegalStateException(message.formatted(values));
        }
    }

    private void latent(int code, String... arguments) {
        check("latent " + String.join(" ", arguments).replace(folder + "/", ""), () -> {
            int found = Latent.run(arguments);
            expect(found == code, "exit code %d, expected %d", found, code);
        });
    }

    private void jobs() throws IOException {
        String digits = "conf/digits.conf";
        String mixture = "output.path=" + folder.resolve("digits");
        latent(0, "train", "--config", digits, "--set", mixture, "--set", "train.restarts=1");
        latent(0, "evaluate", "--config", digits, "--set", mixture);
        latent(0, "score", "--config", digits, "--set", mixture, "--set", "output.format=parquet");
        latent(0, "sample", "--config", digits, "--set", mixture);
        latent(0, "inspect", "--config", digits, "--set", mixture);
        check(
                "scored rows",
                () -> expect(
                        spark.read()
                                        .parquet(folder.resolve("digits-scores") + "")
                                        .count()
                                == 1797,
                        "the scores have not 1797 rows"));
        String network = "output.path=" + folder.resolve("digits-vae");
        latent(0, "train", "--config", "conf/digits-vae.conf", "--set", network, "--set", "train.maxEpochs=3");
        nights();
        check("model of a job", () -> {
            PipelineModel model = PipelineModel.load(folder.resolve("digits/model") + "");
            Dataset<Row> rows = spark.read().option("inferSchema", "true").csv("conf/data/digits.csv.gz");
            expect(model.transform(rows).filter("anomalyScore > 0").count() > 1700, "the anomaly scores are missing");
        });
    }

    private void nights() throws IOException {
        Random random = new Random(1);
        for (int night = 1; night <= 2; night++) {
            Path rows = folder.resolve("night-" + night + ".csv");
            Path config = folder.resolve("night-" + night + ".conf");
            Files.write(rows, Readings.USUAL.moved(3 * (night - 1)).lines(random.nextLong()));
            Files.write(config, Readings.configuration(rows + "", folder.resolve("registry") + ""));
            latent(0, "registry", "retrain", "--run-id", "night-" + night, "--config", config + "");
        }
        String config = folder.resolve("night-2.conf") + "";
        latent(0, "registry", "history", "--config", config);
        latent(0, "registry", "rollback", "--config", config);
    }

    /** The same table in every version. */
    private Dataset<Row> table() throws IOException {
        Path file = folder.resolve("table.csv");
        Files.write(file, TABLE.lines(7));
        return spark.read()
                .option("header", "true")
                .option("inferSchema", "true")
                .csv(file + "");
    }

    private void estimators() throws IOException {
        Dataset<Row> table = table();
        model(
                "gaussian-mixture",
                table,
                () -> List.of(
                        assembler(),
                        new GaussianMixture()
                                .setK(3)
                                .setAnomalyScoreCol("anomalyScore")
                                .setSeed(1)));
        model(
                "factor-analysis",
                table,
                () -> List.of(
                        assembler(),
                        new FactorAnalysis()
                                .setLatent(1)
                                .setAnomalyScoreCol("anomalyScore")
                                .setSeed(1)));
        model(
                "vae",
                table,
                () -> List.of(
                        assembler(),
                        new VariationalAutoencoder()
                                .setLatent(1)
                                .setEncoder("8")
                                .setMaxEpochs(5)
                                .setAnomalyScoreCol("anomalyScore")
                                .setSeed(1)));
        model(
                "mixed-type-mixture",
                table,
                () -> List.of(new Mixture()
                        .setK("3")
                        .setInputCols("heat", "noise", "load")
                        .setAnomalyScoreCol("anomalyScore")
                        .setSeed(1)));
    }

    private static PipelineStage assembler() {
        return new VectorAssembler().setInputCols(new String[] {"heat", "load"}).setOutputCol("features");
    }

    /** The stages are created inside of the check: a constructor may need what this version of Spark has not. */
    private void model(String name, Dataset<Row> table, Supplier<List<PipelineStage>> stages) {
        check(name, () -> {
            PipelineModel model = new Pipeline()
                    .setStages(stages.get().toArray(PipelineStage[]::new))
                    .fit(table);
            String path = folder.resolve(name) + "";
            model.write().overwrite().save(path);
            String fitted = digest(model.transform(table));
            String loaded = digest(PipelineModel.load(path).transform(table));
            scores.put(name, fitted);
            expect(fitted.equals(loaded), "the loaded model has other scores");
        });
    }

    /** Loads the models of another run. Their scores are the same bits, and so are those of the models fitted here. */
    private void modelsOf(Path other) throws IOException {
        Dataset<Row> table = table();
        for (String line : Files.readAllLines(other.resolve(SCORES))) {
            String name = line.substring(0, line.indexOf(' '));
            String digest = line.substring(name.length() + 1);
            check(name + " of " + other.getFileName(), () -> {
                PipelineModel model = PipelineModel.load(other.resolve(name) + "");
                expect(digest(model.transform(table)).equals(digest), "other scores than there");
            });
            check(
                    name + " as of " + other.getFileName(),
                    () -> expect(digest.equals(scores.get(name)), "a model fitted on the same rows has other scores"));
        }
    }

    private static String digest(Dataset<Row> scored) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        List<Row> rows = scored.orderBy("row").select("anomalyScore").collectAsList();
        for (Row row : rows) {
            digest.update(ByteBuffer.allocate(Double.BYTES)
                    .putDouble(row.getDouble(0))
                    .flip());
        }
        return rows.size() + ":" + HexFormat.of().formatHex(digest.digest(), 0, 8);
    }
}
