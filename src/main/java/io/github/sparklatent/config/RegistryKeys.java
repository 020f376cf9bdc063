package io.github.sparklatent.config;

import io.github.sparklatent.config.value.ValueTypes;
import java.util.List;
import java.util.Map;

/** The keys of the registry and of its gate, which every model type has. */
public final class RegistryKeys {
    public static final Key<String> PATH =
            Key.optional(
                    "registry.path",
                    ValueTypes.text("a path"),
                    "there is no registry",
                    "directory of model versions; evaluate, score, sample, inspect take its"
                            + " champion");
    public static final Key<String> RUN_ID =
            Key.optional(
                    "registry.runId",
                    ValueTypes.matching(
                            "up to 100 letters, digits, - and _, and . after the first",
                            "[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}"),
                    "train writes output.path",
                    "name of the run and of its version; --run-id sets it");
    public static final Key<Integer> KEEP =
            Key.of(
                    "registry.keep",
                    ValueTypes.integer(1),
                    10,
                    "newest versions that prune keeps, besides the champion and the one before it");
    public static final Key<Boolean> WARM_START =
            Key.of(
                    "registry.warmStart",
                    ValueTypes.truth(),
                    true,
                    "whether a run starts from the champion, where the model type can");
    public static final Key<Integer> COLD_AFTER =
            Key.of(
                    "registry.coldAfter",
                    ValueTypes.integer(1),
                    3,
                    "rejected runs in a row after which the next one starts from the beginning");
    public static final Key<String> MLFLOW_URI =
            Key.optional(
                    "registry.mlflow.uri",
                    ValueTypes.matching(
                            "an http:// or https:// address without a password, whose host has"
                                    + " letters, digits, . and - only",
                            "https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:]+])(:\\d{1,5})?(/[^@\\s]*)?"),
                    "no server shows the registry",
                    "MLflow server that shows the registry's versions, figures and champion");
    public static final Key<String> MLFLOW_NAME =
            Key.of(
                    "registry.mlflow.name",
                    ValueTypes.matching(
                            "up to 100 letters, digits, -, _ and .", "[A-Za-z0-9_.-]{1,100}"),
                    "spark-latent",
                    "name of the experiment and of the registered model on that server");

    public static final Key<Double> FRACTION =
            Key.of(
                    "gate.fraction",
                    ValueTypes.properFraction(),
                    0.1,
                    "fraction of the rows on which versions are compared; no run trains on them");
    public static final Key<Integer> MAX_ROWS =
            Key.of(
                    "gate.maxRows",
                    ValueTypes.integer(100),
                    100_000,
                    "largest number of rows of a comparison and of a column's profile");
    public static final Key<Double> MARGIN =
            Key.of(
                            "gate.margin",
                            ValueTypes.real(),
                            0.0,
                            "mean gain over the champion that the interval must lie above; may be"
                                    + " negative")
                    .in("nats per row");
    public static final Key<Double> CONFIDENCE =
            Key.of(
                    "gate.confidence",
                    ValueTypes.properFraction(),
                    0.95,
                    "confidence of the one-sided bootstrap interval of the mean gain");
    public static final Key<Map<String, Double>> MINIMUM =
            Key.optional(
                    "gate.minimum",
                    ValueTypes.namedNumbers(),
                    "no figure has a floor",
                    "lowest accepted figures of the held-out rows, { accuracy = 0.8 }");
    public static final Key<Double> ROWS_SHARE =
            Key.of(
                    "gate.rowsShare",
                    ValueTypes.fraction(),
                    0.5,
                    "smallest accepted number of rows, as a share of the champion's");
    public static final Key<Double> MISSING_INCREASE =
            Key.of(
                    "gate.missingIncrease",
                    ValueTypes.share(),
                    0.1,
                    "largest accepted increase of a column's share of missing values");
    public static final Key<Double> SHIFT =
            Key.of(
                            "gate.shift",
                            ValueTypes.positive(),
                            3.0,
                            "largest accepted distance of a column's mean from the champion's")
                    .in("deviations");
    public static final Key<Double> STRETCH =
            Key.of(
                    "gate.stretch",
                    ValueTypes.positive(),
                    10.0,
                    "largest accepted ratio of a column's deviation to the champion's, or its"
                            + " inverse");
    public static final Key<Double> DRIFT =
            Key.of(
                    "gate.drift",
                    ValueTypes.positive(),
                    0.1,
                    "population stability index above which a significant change is reported");

    public static final List<Key<?>> ALL =
            List.of(
                    PATH,
                    RUN_ID,
                    KEEP,
                    WARM_START,
                    COLD_AFTER,
                    MLFLOW_URI,
                    MLFLOW_NAME,
                    FRACTION,
                    MAX_ROWS,
                    MARGIN,
                    CONFIDENCE,
                    MINIMUM,
                    ROWS_SHARE,
                    MISSING_INCREASE,
                    SHIFT,
                    STRETCH,
                    DRIFT);

    private RegistryKeys() {}
}
