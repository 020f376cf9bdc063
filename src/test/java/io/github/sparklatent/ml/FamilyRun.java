package io.github.sparklatent.ml;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.config.Sandbox;
import io.github.sparklatent.app.console.Console;
import io.github.sparklatent.app.console.Session;
import io.github.sparklatent.app.console.Stop;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.TrainJob;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.learn.StateBytes;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.learn.StateType;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.ml.core.EvaluationContext;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.OutputColumns;
import io.github.sparklatent.ml.core.RoundProgress;
import io.github.sparklatent.ml.core.SampleRequest;
import io.github.sparklatent.ml.core.Scoring;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingIdentity;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.report.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The training that a configuration of {@code families.conf} describes, on a table of {@link FamilyTables}, as the
 * command runs it but for the files of its result.
 */
final class FamilyRun {
    private static final int DRAWN = 20;
    private static final MathContext ROUNDED = new MathContext(9);

    /** Figures of the run and not of the model. */
    private static final Set<String> VOLATILE = Set.of("seconds", "origin", "rowsPerSecond", "bytesToDriver");

    private final SparkSession spark;
    private final JobConfiguration configuration;
    private final TrainingTables tables;

    /** Prepares the training of a name. The tables are in the folder. */
    FamilyRun(SparkSession spark, Path folder, String name) {
        this.spark = spark;
        Path file = folder.resolve(name + ".conf");
        Config all = all();
        Config own = all.getConfig("families")
                .getConfig(ConfigUtil.quoteString(name))
                .withFallback(all.getConfig("every"));
        try {
            Files.writeString(
                    file, own.root().render(ConfigRenderOptions.concise()).replace("DIR", "" + folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        configuration = Sandbox.load(file, List.of(), Job.TRAIN, Families.types(), Map.of());
        TrainJob job = new TrainJob(new JobContext(
                Job.TRAIN, configuration, new Session(Job.TRAIN, configuration), Console.system(), Stop.none()));
        job.check();
        tables = job.tables();
    }

    private static Config all() {
        return ConfigFactory.parseResources("families/families.conf").resolve();
    }

    /** Names of all configurations. */
    static List<String> names() {
        return all().getObject("families").keySet().stream().sorted().toList();
    }

    JobConfiguration configuration() {
        return configuration;
    }

    TrainingTables tables() {
        return tables;
    }

    /**
     * The result of a training.
     *
     * @param metrics content of {@code metrics.json}
     * @param page null unless it was asked for
     */
    record Fit(
            LatentModel<?> model,
            TableForm form,
            Map<String, Object> metrics,
            List<Map<String, Object>> rounds,
            Page page) {

        private static Fit of(Trained<?> trained, boolean reported) {
            return new Fit(
                    trained.model(),
                    trained.form(),
                    trained.result().metrics(),
                    trained.rounds(),
                    reported ? trained.result().page() : null);
        }
    }

    Fit train(TrainingMonitor monitor) {
        return train(monitor, false);
    }

    Fit train(TrainingMonitor monitor, boolean reported) {
        Training<?> training = Families.training(
                new TrainingContext(configuration.settings(), Optional.empty(), tables, reported, monitor));
        return training.run(trained -> Fit.of(trained, reported));
    }

    /** Returns the measures of all rows of the table. */
    Map<String, Object> evaluation(Fit fit) {
        var measured = fit.model()
                .evaluation(new EvaluationContext(
                        configuration.settings(),
                        TrainingTables.of(
                                tables.table(),
                                tables.columns(),
                                tables.options().whole(),
                                "table"),
                        fit.form(),
                        "model",
                        new TrainingMonitor() {}))
                .run();
        Map<String, Object> measures = new LinkedHashMap<>(measured.measures());
        measures.putAll(measured.details());
        return measures;
    }

    /** Adds all columns that a model offers to rows with features. */
    static Dataset<Row> scored(LatentModel<?> model, Dataset<Row> features) {
        return model.withColumns(model.modelType().columns().stream()
                        .filter(column -> column.isOfModel() && model.offers(column))
                        .collect(Collectors.toMap(column -> column, ScoreColumn::toString)))
                .transform(features);
    }

    /** Name of the column of {@link #assembled}. */
    String features() {
        return tables.unused("features");
    }

    /** Returns the table with the features of a model. */
    Dataset<Row> assembled(Fit fit) {
        return Scoring.features(fit.form(), invalid(), tables.table(), features());
    }

    private Invalid invalid() {
        return tables.options().invalid() == Invalid.KEEP ? Invalid.KEEP : Invalid.ERROR;
    }

    /** Returns the table with all columns and contributions of the model, in the order of rows. */
    List<Row> explained(Fit fit) {
        fit.model().setFeaturesCol(features());
        Dataset<Row> rows = scored(fit.model(), assembled(fit));
        if (fit.model().noExplanationBecause().isEmpty()) {
            rows = new Scoring(fit.model(), fit.form(), invalid())
                    .add(
                            rows,
                            OutputColumns.of(Map.of(ScoreColumn.CONTRIBUTIONS, "contributions"))
                                    .explaining(3));
        }
        return rows.drop(tables.table().columns()).collectAsList();
    }

    /** Keeps the state after each round, and begins at one of them. */
    static final class States implements TrainingMonitor {
        private final byte[] from;
        final List<byte[]> all = new ArrayList<>();

        States(byte[] from) {
            this.from = from;
        }

        @Override
        public <S> Optional<S> begin(TrainingIdentity identity, StateType<S> type, Function<S, String> position) {
            return Optional.ofNullable(from)
                    .map(bytes -> StateCodec.decode(new ByteArrayInputStream(bytes), bytes.length, type));
        }

        @Override
        public void afterRound(RoundProgress round, Object state) {
            all.add(StateBytes.encode(state));
        }
    }

    /** Returns sampled rows in their order. */
    static List<Row> drawn(LatentModel<?> model) {
        return model.draw(new SampleRequest(DRAWN, 3, null, true)).collectAsList();
    }

    /** Returns all numbers of a tree of metrics with their paths, rounded. */
    static List<String> numbers(Object tree) {
        List<String> leaves = new ArrayList<>();
        leaves("", tree, leaves);
        return leaves;
    }

    private static void leaves(String path, Object tree, List<String> leaves) {
        if (tree instanceof Map<?, ?> section) {
            section.forEach((key, value) -> {
                if (!VOLATILE.contains(key.toString())) {
                    leaves(path + "/" + key, value, leaves);
                }
            });
        } else if (tree instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                leaves(path + "/" + i, list.get(i), leaves);
            }
        } else if (tree instanceof double[] array) {
            leaves(path, Arrays.stream(array).boxed().toList(), leaves);
        } else if (tree instanceof Number || tree instanceof Boolean) {
            leaves.add(path + " = " + rounded(tree));
        }
    }

    private static String rounded(Object value) {
        return value instanceof Double number && Double.isFinite(number)
                ? new BigDecimal(number).round(ROUNDED).stripTrailingZeros().toString()
                : String.valueOf(value);
    }
}
