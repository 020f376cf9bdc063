package io.github.sparklatent.ml.core;

import static org.apache.spark.sql.functions.lit;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.CommonSections;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ParamValues;
import io.github.sparklatent.config.SampleSection;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.ModelWriter;
import io.github.sparklatent.report.ReportWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A table about a model, which {@code transform} returns in place of the scored rows. Spark Connect passes Params and
 * tables to a model of another library, but it calls no other method of the model. All that Python asks of a model
 * therefore comes as such a table, with Spark Connect or without it.
 *
 * @param name name of the view
 * @param arguments arguments by name
 */
record ModelView(Name name, Map<String, Object> arguments) {
    /** Returns the Param {@code view} of a model, which has views only. */
    static Param<String> param(LatentModel<?> owner) {
        return new Param<>(
                owner,
                "view",
                "table about the model that transform returns",
                new DeclaredParams.Check<>(ModelView::of));
    }

    private static final StructType TEXT = new StructType().add("text", DataTypes.StringType, false);
    private static final StructType FILE = new StructType().add("content", DataTypes.BinaryType, false);

    private static final StructType ENTRY = new StructType()
            .add("column", DataTypes.StringType, false)
            .add("value", DataTypes.DoubleType, true)
            .add("category", DataTypes.StringType, true)
            .add("share", DataTypes.DoubleType, true);

    private static final StructType COMPONENT = new StructType()
            .add("component", DataTypes.IntegerType, false)
            .add("weight", DataTypes.DoubleType, false)
            .add("description", DataTypes.StringType, false)
            .add("columns", DataTypes.createArrayType(ENTRY, false), false);

    private static final StructType HISTORY = new StructType()
            .add("round", DataTypes.IntegerType, false)
            .add("metric", DataTypes.StringType, false)
            .add("value", DataTypes.DoubleType, true);

    /** The views, with the arguments that they have. */
    enum Name {
        /** One row for each component: its weight, what sets it apart, and its columns. */
        COMPONENTS,
        /** One row with the description of the model, and one with its metrics as JSON. */
        METRICS,
        /** One row for each round and metric. */
        HISTORY,
        /** One row for each repair and warning. */
        WARNINGS,
        /** Drawn rows, in the columns of the table. */
        SAMPLE("rows", "seed", "component", "noise", "missing", "given", "where"),
        /** The rows of the table, or so many, the most anomalous first, with the top contributing columns. */
        EXPLAIN("top", "rows"),
        /**
         * One row with what alert rates, a number of alerts and costs would flag among the rows of the table, as JSON.
         */
        BUDGETS("weight", "label", "rates", "costs"),
        /** One row for each column: how the rows of the table differ from those of the training. */
        DRIFT("weight"),
        /** One row with an HTML page. */
        REPORT("rows"),
        /** One row with the bytes of an ONNX file. */
        ONNX("part"),
        /** The content of the model, then what it knows of the table: the bytes of the files that it is saved in. */
        PARAMETERS,
        /** One row with the path where the driver now keeps the model until the program ends. */
        SAVED;

        private final Set<String> arguments;

        Name(String... arguments) {
            this.arguments = Set.of(arguments);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads a view.
     *
     * @param text name of the view, or a JSON object with the name as {@code view} and arguments
     * @throws IllegalArgumentException if there is no such view, or if it does not have one of the arguments
     */
    static ModelView of(String text) {
        Map<String, Object> arguments =
                new LinkedHashMap<>(text.startsWith("{") ? Json.parse(text) : Map.of("view", text));
        arguments.values().removeIf(Objects::isNull);
        String found = String.valueOf(arguments.remove("view"));
        Name name = Arrays.stream(Name.values())
                .filter(candidate -> candidate.toString().equals(found))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "view is \"%s\", expected one of %s".formatted(found, Arrays.toString(Name.values()))));
        Set<String> other = new TreeSet<>(arguments.keySet());
        other.removeAll(name.arguments);
        Require.that(
                other.isEmpty(),
                "the view %s has no arguments %s, expected only %s",
                name,
                other,
                new TreeSet<>(name.arguments));
        return new ModelView(name, arguments);
    }

    /** Returns the schema of the table. */
    StructType schema(LatentModel<?> model, StructType given) {
        return switch (name) {
            case COMPONENTS -> COMPONENT;
            case METRICS, WARNINGS, REPORT, SAVED, BUDGETS -> TEXT;
            case HISTORY -> HISTORY;
            case DRIFT -> Drift.SCHEMA;
            case SAMPLE -> sample(model, true).schema();
            case EXPLAIN -> explaining(model, given).transformSchema(given);
            case ONNX, PARAMETERS -> FILE;
        };
    }

    /** Returns the table. */
    Dataset<Row> table(LatentModel<?> model, Dataset<?> dataset) {
        SparkSession spark = dataset.sparkSession();
        return switch (name) {
            case COMPONENTS -> spark.createDataFrame(components(model), COMPONENT);
            case METRICS -> texts(spark, List.of(model.describe(), metrics(model)));
            case HISTORY -> spark.createDataFrame(history(model), HISTORY);
            case WARNINGS ->
                texts(spark, model.record().map(TrainingRecord::warnings).orElse(List.of()));
            case SAVED -> {
                Path kept = kept();
                ModelWriter.save(model, kept);
                yield texts(spark, List.of(kept.toString()));
            }
            case SAMPLE -> sample(model, false);
            case EXPLAIN -> explained(model, dataset);
            case BUDGETS -> texts(spark, List.of(Json.line(budgets(model, dataset))));
            case DRIFT -> drift(model, dataset.toDF());
            case ONNX -> {
                byte[] content = model.onnx(OnnxPart.of((String) arguments.getOrDefault("part", "whole")));
                yield spark.createDataFrame(List.of(RowFactory.create((Object) content)), FILE);
            }
            case PARAMETERS ->
                spark.createDataFrame(
                        Stream.of(model.content(), model.form().saved())
                                .map(part -> RowFactory.create((Object) StateCodec.MODEL.encode(part)))
                                .toList(),
                        FILE);
            case REPORT -> {
                Optional<Dataset<Row>> rows = flag("rows", true) ? Optional.of(dataset.toDF()) : Optional.empty();
                yield texts(spark, List.of(ReportWriter.render(new ModelReport(model).page(rows))));
            }
        };
    }

    /** Returns a new path on the driver, which is deleted when the program ends. */
    private static Path kept() {
        try {
            Path directory = new Path(Files.createTempDirectory("spark-latent-").toUri());
            FileSystem.getLocal(new Configuration()).deleteOnExit(directory);
            return new Path(directory, SavedModels.DIRECTORY);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the model on the driver: " + e.getMessage(), e);
        }
    }

    private static Dataset<Row> texts(SparkSession spark, List<String> texts) {
        return spark.createDataFrame(texts.stream().map(RowFactory::create).toList(), TEXT);
    }

    private static List<Row> components(LatentModel<?> model) {
        List<Row> rows = new ArrayList<>();
        for (ModelComponent component : model.describedComponents()) {
            Object[] columns = component.columns().stream()
                    .map(column -> RowFactory.create(column.name(), column.value(), column.category(), column.share()))
                    .toArray();
            rows.add(RowFactory.create(rows.size(), component.weight(), component.description(), columns));
        }
        return rows;
    }

    private static String metrics(LatentModel<?> model) {
        return model.record().map(TrainingRecord::metrics).orElseGet(() -> Json.line(Map.of("model", model.metrics())));
    }

    private static List<Row> history(LatentModel<?> model) {
        List<Row> rows = new ArrayList<>();
        model.record()
                .map(TrainingRecord::parsedRounds)
                .orElse(List.of())
                .forEach(round -> add("", round.number(), round.metrics(), rows));
        return rows;
    }

    private static void add(String prefix, int round, Map<?, ?> metrics, List<Row> rows) {
        metrics.forEach((name, value) -> {
            if (value instanceof Number number) {
                rows.add(RowFactory.create(round, prefix + name, number.doubleValue()));
            } else if (value instanceof Map<?, ?> more) {
                add(prefix + name + ".", round, more, rows);
            }
        });
    }

    private Dataset<Row> sample(LatentModel<?> model, boolean isSchema) {
        Integer component = arguments.containsKey("component") ? (int) number("component", 0) : null;
        SampleRequest request =
                new SampleRequest(number("rows", 1000), number("seed", 1), component, flag("noise", true));
        Map<String, String> given = new LinkedHashMap<>();
        if (arguments.get("given") instanceof Map<?, ?> values) {
            values.forEach((name, value) -> given.put(String.valueOf(name), String.valueOf(value)));
        }
        SampledRows rows = new SampledRows(
                model.saved(),
                flag("missing", SampleSection.DEFAULT.missing()) ? request : request.complete(),
                false,
                "given",
                given);
        Object where = arguments.get("where");
        if (!model.form().readsTable()) {
            Require.that(where == null, "where needs a model that was trained on the columns of a table");
            return model.draw(rows.request());
        }
        return where == null || isSchema ? rows.table() : rows.where("where", String.valueOf(where));
    }

    private Dataset<Row> drift(LatentModel<?> model, Dataset<Row> table) {
        SavedModel compared = model.saved();
        Require.that(
                compared.profile().isPresent(),
                "the model does not have the distributions of its training table, which are kept for rows of at most 1,000 numbers");
        StructType schema = table.schema();
        FeatureColumns columns = model.form().columns(schema, model.getFeaturesCol());
        Optional<Column> weight =
                Optional.ofNullable((String) arguments.get("weight")).map(SchemaColumns::column);
        return Drift.table(compared, table, columns, weight.orElse(lit(1)));
    }

    private LatentModel<?> explaining(LatentModel<?> model, StructType schema) {
        model.noExplanationBecause().ifPresent(reason -> {
            throw new UnsupportedOperationException("the model " + reason + ", so it cannot explain rows");
        });
        LatentModel<?> scorer = model.bareOfOutput();
        scorer.put(ScoreColumn.ANOMALY.param(), SchemaColumns.unused(schema, ScoreColumn.ANOMALY.modelColumn()));
        scorer.setSeverityCol(
                model.rule().isPresent() ? SchemaColumns.unused(schema, ScoreColumn.SEVERITY.modelColumn()) : "");
        scorer.setContributionsCol(SchemaColumns.unused(schema, ScoreColumn.CONTRIBUTIONS.modelColumn()));
        scorer.setExplainedColumns((int) number("top", model.getExplainedColumns()));
        return scorer;
    }

    private Dataset<Row> explained(LatentModel<?> model, Dataset<?> dataset) {
        LatentModel<?> scorer = explaining(model, dataset.schema());
        if (model.form().readsTable()) {
            FeatureColumns columns = model.form().columns(dataset.schema(), model.getFeaturesCol());
            Drift.requireKnown(model.saved(), dataset.toDF(), columns, lit(1));
        }
        if (!arguments.containsKey("rows")) {
            return ordered(scorer, dataset);
        }
        // To explain a row costs many times as much as to score it.
        LatentModel<?> unexplained = scorer.copy(ParamMap.empty());
        unexplained.setContributionsCol("");
        Column[] given =
                Arrays.stream(dataset.columns()).map(SchemaColumns::column).toArray(Column[]::new);
        return ordered(
                scorer,
                ordered(unexplained, dataset)
                        .limit((int) Math.min(Integer.MAX_VALUE, number("rows", 0)))
                        .select(given));
    }

    private static Dataset<Row> ordered(LatentModel<?> scorer, Dataset<?> dataset) {
        // Scores of rows with different missing cells do not compare, severities do.
        List<Column> order = new ArrayList<>();
        if (!scorer.getSeverityCol().isEmpty()) {
            order.add(SchemaColumns.column(scorer.getSeverityCol()).desc_nulls_last());
        }
        String score = (String) scorer.getOrDefault(scorer.declared(ScoreColumn.ANOMALY.param()));
        order.add(SchemaColumns.column(score).desc_nulls_last());
        return scorer.transform(dataset).orderBy(order.toArray(Column[]::new));
    }

    @SuppressWarnings("unchecked") // of the types that the keys have
    private Map<String, Object> budgets(LatentModel<?> model, Dataset<?> dataset) {
        Key<?> rates = CommonSections.key("score.budgets").withParam("rates");
        Key<?> costs = CommonSections.key("score.costs").withParam("costs");
        String[] given = arguments.get("rates") instanceof List<?> list
                ? list.stream().map(String::valueOf).toArray(String[]::new)
                : null;
        return new AlertBudgets(
                        model,
                        model.form(),
                        model.form().reference().orElseThrow(Scoring::unknown),
                        dataset.toDF(),
                        TableOptions.DEFAULT
                                .withLabel((String) arguments.get("label"))
                                .withWeight((String) arguments.get("weight"))
                                .withInvalid(model.invalidRows()))
                .figures(
                        (List<Double>) (given == null ? rates.preset() : ParamValues.fromParam(rates, given)),
                        model.isSet(model.alerts()) ? Optional.of(model.getAlerts()) : Optional.empty(),
                        arguments.containsKey("costs")
                                ? (Map<String, Double>) ParamValues.fromParam(costs, Json.line(arguments.get("costs")))
                                : Map.of());
    }

    private long number(String argument, long preset) {
        Object value = arguments.getOrDefault(argument, preset);
        Require.that(
                value instanceof Integer || value instanceof Long,
                "%s of the view %s is %s, expected a whole number",
                argument,
                name,
                value);
        return ((Number) value).longValue();
    }

    private boolean flag(String argument, boolean preset) {
        Object value = arguments.getOrDefault(argument, preset);
        Require.that(
                value instanceof Boolean, "%s of the view %s is %s, expected true or false", argument, name, value);
        return (boolean) value;
    }
}
