package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.ml.io.Lines;
import java.util.List;
import java.util.Map;

/** An evaluation of a model on a table, not begun. */
public interface ModelEvaluation {
    /** Reads the rows and measures the model on them. */
    Measured run();

    /**
     * What an evaluation found.
     *
     * @param facts of the table
     * @param warnings about table and labels, as sentences
     * @param measures by name
     * @param details of the measures, for programs
     * @param notes the same for people, as lines
     */
    record Measured(
            TableFacts facts,
            List<String> warnings,
            Scaling scaling,
            Map<String, Object> measures,
            Map<String, Object> details,
            Lines notes) {}
}
