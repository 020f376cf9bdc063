package io.github.sparklatent.app.config;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.Settings;
import java.util.List;
import java.util.Optional;

/**
 * The settings of scoring.
 *
 * @param columns columns that scoring adds to the rows, at least one
 * @param alertRate share of the rows that are reported, if they are like the known rows, above 0
 *     and at most 1
 * @param threshold score above which a row is an anomaly; absent: by the alert rate
 * @param explainedColumns greatest number of columns that are named for a row, at least 1
 */
public record ScoreSection(
        List<ScoreColumn> columns,
        double alertRate,
        Optional<Double> threshold,
        int explainedColumns) {

    public ScoreSection {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException(
                    "score.columns is an empty list, expected at least one column");
        }
    }

    /** Creates the settings of some columns, with the default alert rate. */
    public ScoreSection(List<ScoreColumn> columns) {
        this(
                columns,
                CommonKeys.ALERT_RATE.preset(),
                Optional.empty(),
                CommonKeys.EXPLAINED_COLUMNS.preset());
    }

    /** Returns the same settings for other columns. */
    public ScoreSection with(List<ScoreColumn> others) {
        return new ScoreSection(others, alertRate, threshold, explainedColumns);
    }

    static ScoreSection of(Settings settings) {
        return new ScoreSection(
                settings.scoreColumns(),
                settings.get(CommonKeys.ALERT_RATE),
                settings.find(CommonKeys.THRESHOLD),
                settings.get(CommonKeys.EXPLAINED_COLUMNS));
    }
}
