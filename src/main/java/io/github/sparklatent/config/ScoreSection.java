package io.github.sparklatent.config;

import java.util.List;

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
        return new ScoreSection(settings.get(settings.schema().type().scoreColumns()));
    }
}
