package io.github.sparklatent.config;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.value.ValueTypes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The key of the columns that {@code score} adds. */
public final class ScoreColumnsKey {
    /** Names of the release before, and the names of today. */
    private static final Map<String, String> RENAMED = Map.of(
            "component", "prediction",
            "responsibilities", "probability",
            "anomaly", "anomalyScore");

    private ScoreColumnsKey() {}

    /**
     * Returns the key of the columns that {@code score} adds. A model type that offers {@link ScoreColumn#ANOMALY} also
     * offers what is computed from it.
     *
     * @param offered columns that the model type can add
     * @param preset columns that the model type adds by default
     */
    public static Key<List<ScoreColumn>> of(List<ScoreColumn> offered, List<ScoreColumn> preset, String meaning) {
        Stream<ScoreColumn> ofAnomaly = Stream.of(ScoreColumn.values())
                .filter(column -> !column.isOfModel())
                .filter(column -> offered.contains(ScoreColumn.ANOMALY));
        return Key.of(
                "score.columns",
                ValueTypes.oneOrMore(ValueTypes.oneOf(
                                Stream.concat(offered.stream(), ofAnomaly).toList())
                        .renamed(RENAMED)),
                preset,
                "columns that score adds; " + meaning);
    }
}
