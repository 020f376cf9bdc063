package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.ml.io.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** An evaluation of a model on a table that is ready to run. */
public interface ModelEvaluation {
    /** Reads the rows and evaluates the model on them. */
    Measured run();

    /**
     * Returns the evaluation of a model on blocks of rows.
     *
     * @param measures returns the values of the measures by name, and adds warnings to the list
     */
    static ModelEvaluation of(
            EvaluationContext context,
            LatentModel<?> model,
            BiFunction<BlockTable, List<String>, Map<String, Object>> measures) {
        TrainingMonitor monitor = context.monitor();
        return () -> {
            try (BlockTable rows = monitor.time("read", () -> context.blocks(model))) {
                List<String> warnings = new ArrayList<>(rows.facts().warnings());
                Map<String, Object> found = monitor.time("evaluate", () -> measures.apply(rows, warnings));
                return new Measured(rows.facts(), warnings, rows.scaling(), found, Map.of(), new Lines());
            }
        };
    }

    /**
     * The result of an evaluation.
     *
     * @param facts facts about the table
     * @param warnings warnings about the table and the labels, as sentences
     * @param scaling scaling of the rows
     * @param measures values of the measures, by name
     * @param details details of the measures, for programs
     * @param notes the details as lines of text
     */
    record Measured(
            TableFacts facts,
            List<String> warnings,
            Scaling scaling,
            Map<String, Object> measures,
            Map<String, Object> details,
            Lines notes) {}
}
