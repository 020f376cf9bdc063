package io.github.sparklatent.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.console.Console;
import io.github.sparklatent.app.console.Session;
import io.github.sparklatent.app.console.Stop;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.TrainJob;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.EvaluationContext;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.SampleRequest;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.explanation.Explanations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The training that a configuration of {@code families.conf} describes, on a table of {@link
 * FamilyTables}, as the command runs it but for the files of its result.
 */
final class FamilyRun {
    private static final int DRAWN = 20;

    private final SparkSession spark;
    private final String name;
    private final JobConfiguration configuration;
    private final TrainingTables tables;

    /** Prepares the training of a name. The tables are in the folder. */
    FamilyRun(SparkSession spark, Path folder, String name) {
        this.spark = spark;
        this.name = name;
        Path file = folder.resolve(name + ".conf");
        Config all = all();
        Config own =
                all.getConfig("families")
                        .getConfig(ConfigUtil.quoteString(name))
                        .withFallback(all.getConfig("every"));
        try {
            Files.writeString(
                    file,
                    own.root().render(ConfigRenderOptions.concise()).replace("DIR", "" + folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        configuration = JobConfiguration.load(file, List.of(), Job.TRAIN, Families.types());
        TrainJob job =
                new TrainJob(
                        new JobContext(
                                Job.TRAIN,
                                configuration,
                                new Session(Job.TRAIN, configuration),
                                Console.system(),
                                Stop.none()));
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

    /** Returns whether the configuration is the first one of its type of model. */
    private boolean isBasic() {
        return Families.types().find(name).isPresent() || name.equals("grouped");
    }

    JobConfiguration configuration() {
        return configuration;
    }

    TrainingTables tables() {
        return tables;
    }

    /** Trains, and returns everything that has numbers. */
    Result train() {
        return train(new TrainingMonitor() {});
    }

    Result train(TrainingMonitor monitor) {
        Training<?> training =
                Families.training(
                        new TrainingContext(
                                Families.ALL,
                                spark,
                                configuration.settings(),
                                Optional.empty(),
                                tables,
                                false,
                                monitor));
        return training.run(this::result);
    }

    /**
     * The numbers of a training.
     *
     * @param evaluation measures of all rows; empty if the configuration is not the first of its
     *     type
     * @param scores all rows in the order of their ids, with all columns that the model offers
     * @param drawn sampled rows; empty if the model draws none
     */
    record Result(
            LatentModel<?> model,
            FeatureAssembler assembler,
            Map<String, Object> figures,
            List<Map<String, Object>> rounds,
            Map<String, Object> evaluation,
            List<Row> scores,
            List<Row> drawn) {}

    private Result result(Trained<?> trained) {
        LatentModel<?> model = trained.model();
        return new Result(
                model,
                trained.assembler(),
                trained.figures(),
                trained.rounds(),
                isBasic() ? evaluation(trained) : Map.of(),
                scores(model, trained.assembler()),
                model.noSamplesBecause().isPresent() ? List.of() : drawn(model));
    }

    private Map<String, Object> evaluation(Trained<?> trained) {
        var measured =
                trained.model()
                        .evaluation(
                                new EvaluationContext(
                                        Families.ALL,
                                        spark,
                                        configuration.settings(),
                                        "table",
                                        tables.table(),
                                        tables.columns(),
                                        trained.assembler(),
                                        tables.whole(),
                                        "model",
                                        new TrainingMonitor() {}))
                        .run();
        Map<String, Object> measures = new LinkedHashMap<>(measured.measures());
        measures.putAll(measured.details());
        return measures;
    }

    private List<Row> scores(LatentModel<?> model, FeatureAssembler assembler) {
        return scored(model, assembler, tables.table()).collectAsList();
    }

    /** Returns the rows of a table in the order of their ids, with all columns of the model. */
    static Dataset<Row> scored(
            LatentModel<?> model, FeatureAssembler assembler, Dataset<Row> table) {
        Map<ScoreColumn, String> names =
                model.modelType().columns().stream()
                        .filter(column -> column.isOfModel() && model.offers(column))
                        .collect(Collectors.toMap(column -> column, ScoreColumn::toString));
        LatentModel<?> all = model.withColumns(names);
        all.setFeaturesCol(assembler.getOutputCol());
        Dataset<Row> rows = all.transform(assembler.transform(table));
        if (model.noExplanationBecause().isEmpty() && names.containsKey(ScoreColumn.ANOMALY)) {
            rows = Explanations.add(rows, model, assembler, lit(true), 3, "contributions");
        }
        return rows.orderBy(col("row").cast("int")).drop(table.columns());
    }

    /** Returns sampled rows in their order. */
    static List<Row> drawn(LatentModel<?> model) {
        return model.draw(new SampleRequest(DRAWN, 3, null, true)).collectAsList();
    }
}
