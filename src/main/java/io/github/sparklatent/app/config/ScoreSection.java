package io.github.sparklatent.app.config;

import java.util.List;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.ScoreColumn;

/**
 * @param columns that scoring adds to the rows, at least one
 */
public record ScoreSection(List<ScoreColumn> columns) {

    public ScoreSection {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException(
                    "score.columns is an empty list, must name at least one column");
        }
    }

    static ScoreSection of(Settings settings) {
        return new ScoreSection(settings.scoreColumns());
    }
}
