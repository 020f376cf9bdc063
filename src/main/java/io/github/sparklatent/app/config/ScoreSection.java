package io.github.sparklatent.app.config;

import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.Settings;
import java.util.List;

/**
 * The settings of scoring.
 *
 * @param columns columns that scoring adds to the rows, at least one
 */
public record ScoreSection(List<ScoreColumn> columns) {

    public ScoreSection {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException(
                    "score.columns is an empty list, expected at least one column");
        }
    }

    static ScoreSection of(Settings settings) {
        return new ScoreSection(settings.scoreColumns());
    }
}
