package io.github.sparklatent.ml.evaluation;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.cluster.table.PartitionChoice;
import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.cluster.table.TableFacts;
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

/**
 * The table of a training, as the results of all models show it.
 *
 * @param facts facts about the training rows
 * @param holdoutRows number of held-out rows
 */
public record TrainedTable(
        TrainingContext context,
        TableFacts facts,
        Scaling scaling,
        PartitionChoice partitions,
        long holdoutRows) {
    /** Returns a table of blocks. */
    public static TrainedTable of(TrainingContext context, BlockTable rows, long holdoutRows) {
        return new TrainedTable(
                context, rows.facts(), rows.scaling(), rows.partitions(), holdoutRows);
    }

    /** Returns a table of shards. */
    public static TrainedTable of(TrainingContext context, ShardTable rows, long holdoutRows) {
        return new TrainedTable(
                context, rows.facts(), rows.scaling(), rows.partitions(), holdoutRows);
    }

    /**
     * Returns a result with its figures: of the model and the rows, of the family, and of the job.
     *
     * @param family adds the figures of the family
     */
    public Result result(
            Supplier<Page> head,
            LatentModel<?> model,
            Consumer<Result> family,
            List<String> warnings,
            Origin origin) {
        Result result = new Result(head);
        result.put("model", model.figures())
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
            result.line(
                    "holdout",
                    "%s, %s",
                    Lines.count(holdoutRows, "row"),
                    Lines.measures(measures.heldOut()));
        }
    }
}
