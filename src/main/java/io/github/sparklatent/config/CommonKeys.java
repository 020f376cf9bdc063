package io.github.sparklatent.config;

import io.github.sparklatent.cluster.encoding.ColumnSetting;
import io.github.sparklatent.cluster.table.Invalid;
import io.github.sparklatent.cluster.table.Placement;
import io.github.sparklatent.cluster.table.Scale;
import io.github.sparklatent.config.value.ValueType;
import io.github.sparklatent.config.value.ValueTypes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of all model types, in the order of the reference. */
public final class CommonKeys {
    private static final String CATALOG =
            "name the table in data.table, and give the settings of its catalog after --";

    private static final ValueType<List<String>> PATHS =
            ValueTypes.oneOrMore(ValueTypes.text("a path"));

    public static final Key<String> TYPE =
            Key.of("model.type", ValueTypes.text("a type of model"), "gmm", "type of model")
                    .asParam("");
    public static final Key<String> MODEL_PATH =
            Key.optional(
                            "model.path",
                            ValueTypes.text("a path"),
                            "the registry's champion, or output.path",
                            "saved result that evaluate, score, sample and inspect read")
                    .asParam("");

    public static final Key<List<String>> DATA_PATH =
            Key.optional(
                    "data.path",
                    PATHS,
                    "only sample and inspect can run",
                    "table to read, or several; image: a folder with one folder per class");
    public static final Key<String> DATA_TABLE =
            Key.optional(
                    "data.table",
                    ValueTypes.text("a name of a table"),
                    "data.path names the rows",
                    "table or view of Spark's catalog to read, instead of data.path");
    public static final Key<DataFormat> DATA_FORMAT =
            Key.of(
                    "data.format",
                    ValueTypes.oneOf(
                            List.of(DataFormat.values()),
                            Stream.of("jdbc", "delta", "iceberg", "hive")
                                    .collect(Collectors.toMap(name -> name, name -> CATALOG))),
                    DataFormat.PARQUET,
                    "format of the table");
    public static final Key<List<String>> FEATURES =
            Key.optional(
                    "data.features",
                    ValueTypes.oneOrMore(ValueTypes.text("a column name or a glob")),
                    "chosen from the rows: see data.columns",
                    "columns to model; a field b of a struct a is a.b");
    public static final Key<Map<String, ColumnSetting>> COLUMNS =
            Key.optional(
                    "data.columns",
                    ValueTypes.columnSettings(),
                    "types are chosen from the rows",
                    "type of some columns: number, count, log, quantile, category, boolean, date,"
                            + " timestamp or ignore");
    public static final Key<String> LABEL =
            Key.optional(
                    "data.label",
                    ValueTypes.text("a column name"),
                    "no measures by label",
                    "class column, for evaluation only; tables of images have the column label");
    public static final Key<List<String>> LABELS =
            Key.optional(
                    "data.labels",
                    PATHS,
                    "no measures by label",
                    "idx: label file of each image file");
    public static final Key<String> WEIGHT =
            Key.optional(
                    "data.weight",
                    ValueTypes.text("a column name"),
                    "every row has weight 1",
                    "column of row weights: a row of weight w counts as w rows");
    public static final Key<String> ID =
            Key.optional(
                    "data.id",
                    ValueTypes.text("a column name"),
                    "the row's content is its key",
                    "key column, whose hash determines placement and held-out rows");
    public static final Key<Placement> PLACEMENT =
            Key.of(
                            "data.placement",
                            ValueTypes.oneOf(List.of(Placement.values())),
                            Placement.HASH,
                            "placement of rows: by a hash of their key (the same bits on every"
                                    + " cluster), or as they are read")
                    .asParam("placement");
    public static final Key<String> PLACED =
            Key.optional(
                    "data.placed",
                    ValueTypes.text("a path"),
                    "placed rows are not kept",
                    "train: directory that keeps the placed rows, so that the next run does not"
                            + " read data.path");
    public static final Key<Boolean> HEADER =
            Key.of(
                    "data.header",
                    ValueTypes.truth(),
                    true,
                    "csv: whether the first line names the columns");
    public static final Key<String> SEPARATOR =
            Key.of("data.separator", ValueTypes.text("a text"), ",", "csv: separator of values");
    public static final Key<String> SCHEMA =
            Key.optional(
                    "data.schema",
                    ValueTypes.text("columns and types as in SQL"),
                    "csv: texts, read as data.columns says; json: types are inferred",
                    "csv and json: columns and their types, e.g. \"id bigint, x double\"");
    public static final Key<Scale> SCALE =
            Key.of(
                    "data.scale",
                    ValueTypes.oneOf(List.of(Scale.values())),
                    Scale.NONE,
                    "scaling of the features, learnt on the training rows, saved with the model;"
                            + " quantile: ranks in the table");
    public static final Key<Invalid> INVALID =
            Key.of(
                            "data.invalid",
                            ValueTypes.oneOf(List.of(Invalid.values())),
                            Invalid.ERROR,
                            "rows with NaN, infinity or null: end the job, leave out, keep"
                                    + " (mixtures, ppca, factor-analysis, vae, mog-vae)")
                    .asParam("invalid");
    public static final Key<Double> HOLDOUT_FRACTION =
            Key.of(
                            "data.holdout.fraction",
                            ValueTypes.fraction(),
                            0.1,
                            "fraction of rows held out, chosen by a hash of their key and the seed;"
                                    + " 0: none")
                    .asParam("holdoutFraction")
                    .withEstimatorDefault(0.0);
    public static final Key<List<String>> HOLDOUT_PATH =
            Key.optional(
                    "data.holdout.path",
                    PATHS,
                    "data.holdout.fraction applies",
                    "separate table of held-out rows, instead of a fraction");
    public static final Key<List<String>> HOLDOUT_LABELS =
            Key.optional(
                    "data.holdout.labels",
                    PATHS,
                    "no measures by label",
                    "idx: labels of the held-out images");

    public static final Key<Long> SEED =
            Key.of(
                    "train.seed",
                    ValueTypes.seed(),
                    1L,
                    "seed of every random stream of the training");
    public static final Key<Integer> PARTITIONS =
            Key.optional(
                            "train.partitions",
                            ValueTypes.integer(1),
                            "determined by the size of the data",
                            "number of partitions that rows are placed in")
                    .asParam("numPartitions");

    public static final Key<Double> MAX_SECONDS =
            Key.of(
                            "train.maxSeconds",
                            ValueTypes.notNegative(),
                            0.0,
                            "seconds after which training ends with the best model so far; 0: no"
                                    + " limit")
                    .asParam("");

    /** Saved model to start from, for model types that can start from one. */
    public static final Key<String> INITIAL_MODEL =
            Key.optional(
                    "train.initialModel",
                    ValueTypes.text("a path"),
                    "the type's own initialisation",
                    "saved model to start from");

    public static final Key<Integer> CHECKPOINT_EVERY =
            Key.of(
                            "train.checkpoint.every",
                            ValueTypes.integer(0),
                            5,
                            "rounds from one checkpoint to the next; 0: never")
                    .asParam("");
    public static final Key<String> CHECKPOINT_PATH =
            Key.optional(
                            "train.checkpoint.path",
                            ValueTypes.text("a path"),
                            "<output.path>.checkpoint",
                            "path of the checkpoint file")
                    .asParam("");

    public static final Key<String> OUTPUT_PATH =
            Key.optional(
                    "output.path",
                    ValueTypes.text("a path"),
                    "only inspect can run",
                    "result directory of the training; see model.path for the other jobs");
    public static final Key<DataFormat> OUTPUT_FORMAT =
            Key.optional(
                    "output.format",
                    ValueTypes.oneOf(
                            List.of(
                                    DataFormat.PARQUET,
                                    DataFormat.ORC,
                                    DataFormat.CSV,
                                    DataFormat.JSON)),
                    "score: data.format; sample: parquet",
                    "format of the table that score or sample writes");
    public static final Key<String> OUTPUT_TABLE =
            Key.optional(
                    "output.table",
                    ValueTypes.text("a name of a table"),
                    "rows are written to a directory",
                    "table of Spark's catalog that score or sample writes");
    public static final Key<OutputMode> OUTPUT_MODE =
            Key.optional(
                    "output.mode",
                    ValueTypes.oneOf(List.of(OutputMode.values())),
                    "overwrite if output.overwrite is true, else error",
                    "score, sample: whether to add rows to what exists, or replace it (of a table:"
                            + " its partitions)");
    public static final Key<List<String>> PARTITION_BY =
            Key.optional(
                    "output.partitionBy",
                    ValueTypes.oneOrMore(ValueTypes.text("a column name")),
                    "rows are not partitioned",
                    "score, sample: columns whose values partition the directory or the new"
                            + " table");
    public static final Key<Boolean> GUARD_FORMULAS =
            Key.of(
                    "output.guardFormulas",
                    ValueTypes.truth(),
                    true,
                    "csv of score, sample: whether an apostrophe precedes texts that a spreadsheet"
                            + " would run");
    public static final Key<Boolean> OVERWRITE =
            Key.of(
                    "output.overwrite",
                    ValueTypes.truth(),
                    false,
                    "whether an existing result is replaced");
    public static final Key<Boolean> VERSIONED =
            Key.of(
                    "output.versioned",
                    ValueTypes.truth(),
                    false,
                    "whether each result is kept as a version; replaces a result on object stores");
    public static final Key<Boolean> REPORT =
            Key.of("output.report", ValueTypes.truth(), true, "whether report.html is written");

    public static final Key<Double> ALERT_RATE =
            Key.of(
                    "score.alertRate",
                    ValueTypes.share(),
                    0.01,
                    "isAnomaly: share of the rows that are reported, if they are like the known"
                            + " rows");
    public static final Key<Double> THRESHOLD =
            Key.optional(
                    "score.threshold",
                    ValueTypes.real(),
                    "by score.alertRate",
                    "isAnomaly: anomaly score above which a row is an anomaly");

    public static final Key<Integer> EXPLAINED_COLUMNS =
            Key.of(
                    "score.explainedColumns",
                    ValueTypes.integer(1),
                    3,
                    "contributions: greatest number of columns that are named for a row");

    public static final Key<Long> SAMPLE_ROWS =
            Key.of("sample.rows", ValueTypes.longInteger(1), 1000L, "rows to draw");
    public static final Key<Long> SAMPLE_SEED =
            Key.of("sample.seed", ValueTypes.seed(), 1L, "seed of the sampled rows");

    /** Component to sample from, for model types with components. */
    public static final Key<Integer> SAMPLE_COMPONENT =
            Key.optional(
                    "sample.component",
                    ValueTypes.integer(0),
                    "all, by their weights",
                    "component to draw from, from 0");

    /** Values of some columns, for model types that can draw the others given them. */
    public static final Key<Map<String, String>> SAMPLE_GIVEN =
            Key.optional(
                    "sample.given",
                    ValueTypes.namedValues(),
                    "none",
                    "values of some columns, { hour = 7, town = Rome }: the others are drawn given"
                            + " them");

    /** Whether drawn rows have missing cells, for model types that know their shares. */
    public static final Key<Boolean> SAMPLE_MISSING =
            Key.of(
                    "sample.missing",
                    ValueTypes.truth(),
                    true,
                    "whether cells are missing at the shares of the training rows; false: none is");

    public static final Key<Boolean> SAMPLE_NOISE =
            Key.of(
                    "sample.noise",
                    ValueTypes.truth(),
                    true,
                    "whether rows are drawn from the likelihood; false: real numbers are its mean");

    /**
     * Returns the key of the columns that {@code score} adds. A model type that offers {@link
     * ScoreColumn#ANOMALY} also offers what is computed from it.
     *
     * @param offered columns that the model type can add
     * @param preset columns that the model type adds by default
     */
    public static Key<List<ScoreColumn>> scoreColumns(
            List<ScoreColumn> offered, List<ScoreColumn> preset, String meaning) {
        Stream<ScoreColumn> ofAnomaly =
                Stream.of(ScoreColumn.values())
                        .filter(column -> !column.isOfModel())
                        .filter(column -> offered.contains(ScoreColumn.ANOMALY));
        return Key.of(
                "score.columns",
                ValueTypes.oneOrMore(
                        ValueTypes.oneOf(Stream.concat(offered.stream(), ofAnomaly).toList())),
                preset,
                "columns that score adds; " + meaning);
    }

    private static final List<Key<?>> OWN =
            List.of(
                    TYPE,
                    MODEL_PATH,
                    DATA_PATH,
                    DATA_TABLE,
                    DATA_FORMAT,
                    FEATURES,
                    COLUMNS,
                    LABEL,
                    LABELS,
                    WEIGHT,
                    ID,
                    PLACEMENT,
                    PLACED,
                    HEADER,
                    SEPARATOR,
                    SCHEMA,
                    TextKeys.NAMES,
                    TextKeys.MISSING,
                    TextKeys.DECIMAL,
                    TextKeys.MULTILINE,
                    SCALE,
                    INVALID,
                    HOLDOUT_FRACTION,
                    HOLDOUT_PATH,
                    HOLDOUT_LABELS,
                    SEED,
                    PARTITIONS,
                    MAX_SECONDS,
                    CHECKPOINT_EVERY,
                    CHECKPOINT_PATH,
                    OUTPUT_PATH,
                    OUTPUT_FORMAT,
                    OUTPUT_TABLE,
                    OUTPUT_MODE,
                    PARTITION_BY,
                    GUARD_FORMULAS,
                    OVERWRITE,
                    VERSIONED,
                    REPORT,
                    ALERT_RATE,
                    THRESHOLD,
                    EXPLAINED_COLUMNS,
                    SAMPLE_ROWS,
                    SAMPLE_SEED);

    public static final List<Key<?>> ALL =
            Stream.of(OWN, SynthesisKeys.ALL, RegistryKeys.ALL)
                    .<Key<?>>flatMap(List::stream)
                    .toList();

    private CommonKeys() {}
}
