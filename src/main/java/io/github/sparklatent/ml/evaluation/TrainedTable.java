package io.github.sparklatent.ml.evaluation;

import io.github.sparklatent.cluster.table.PartitionChoice;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.Origin;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Measures;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.Result;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The table of a training, as the results of all models show it.
 *
 * @param facts facts about the training rows
 * @param holdoutRows number of held-out rows
 * @param warnings warnings about the table and the fit, as sentences
 * @param origin provenance of the model
 */
public record TrainedTable(
        TrainingContext context,
        TableFacts facts,
        Scaling scaling,
        PartitionChoice partitions,
        long holdoutRows,
        List<String> warnings,
        Origin origin) {
    /** Creates the table. */
    public TrainedTable {
        warnings = List.copyOf(warnings);
    }

    /** Returns a copy with further warnings. */
    public TrainedTable with(List<String> further) {
        List<String> all = Stream.concat(warnings.stream(), further.stream()).toList();
        return new TrainedTable(context, facts, scaling, partitions, holdoutRows, all, origin);
    }

    /**
     * Returns a result with its metrics: of the model and the rows, of the family, and of the job.
     *
     * @param family adds the metrics of the family
     */
    public Result result(Supplier<Page> head, LatentModel<?> model, Consumer<Result> family) {
        Result result = new Result(head);
        result.put("model", model.metrics())
                .put(
                        "rows",
                        Json.object(
                                "train", facts.rows(),
                                "holdout", holdoutRows,
                                "skipped", facts.skipped()))
                .put("partitions", partitions.number())
                .put("partitionsReason", partitions.reason())
                .put("missing", facts.missingByFeature())
                .put("scaling", LogJacobian.json(scaling, facts, context.isWeighted()));
        family.accept(result);
        return result.put("seconds", context.monitor().seconds())
                .put("warnings", warnings)
                .put("origin", origin.entries());
    }

    /** Adds the line of the held-out rows, if there are some. */
    public void addHoldoutLine(Result result, Measures measures) {
        if (holdoutRows > 0) {
            result.line("holdout", "%s, %s", Lines.count(holdoutRows, "row"), Lines.measures(measures.heldOut()));
        }
    }
}
