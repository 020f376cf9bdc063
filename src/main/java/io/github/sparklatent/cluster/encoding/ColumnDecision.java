package io.github.sparklatent.cluster.encoding;

import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.ColumnType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The decision about a column: its type, whether it is modelled, and the reason.
 *
 * @param column name of the column
 * @param type type of the column, or its type in the table if it is left out
 * @param missing share of its values that are missing, in [0, 1]
 * @param reason reason, as part of a sentence
 * @param encoder encoder of the column; empty if it is left out
 * @param isAsked whether the configuration leaves the column out
 */
public record ColumnDecision(
        String column, String type, double missing, String reason, Optional<ColumnEncoder> encoder, boolean isAsked) {

    static ColumnDecision used(String column, ColumnType type, double missing, String reason, ColumnEncoder encoder) {
        return new ColumnDecision(column, type.toString(), missing, reason, Optional.of(encoder), false);
    }

    static ColumnDecision leftOut(String column, String type, double missing, String reason) {
        return new ColumnDecision(column, type, missing, reason, Optional.empty(), false);
    }

    /** Returns the decision to leave out a column because the configuration says so. */
    static ColumnDecision ignored(String column, String type) {
        return new ColumnDecision(column, type, 0, "data.columns", Optional.empty(), true);
    }

    public boolean isUsed() {
        return encoder.isPresent();
    }

    /**
     * Returns the decision as an object of {@code metrics.json}. The reason for a column that is used names values of
     * rows, which a result without a report must not have.
     */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("column", column);
        json.put("type", type);
        json.put("used", isUsed());
        json.put("missing", missing);
        if (!isUsed()) {
            json.put("reason", reason);
        }
        return json;
    }
}
