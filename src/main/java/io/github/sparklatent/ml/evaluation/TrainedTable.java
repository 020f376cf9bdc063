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
import io.github.sparklatent.report.Result;
import java.util.List;

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

    /** Adds the figures that a result begins with: of the model and of the rows. */
    public Result begin(Result result, LatentModel<?> model) {
        return result.put("model", model.figures())
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
    }

    /** Adds the figures that a result ends with: of the job. */
    public Result end(Result result, List<String> warnings, Origin origin) {
        return result.put("seconds", context.monitor().seconds())
                .put("warnings", warnings)
                .put("origin", origin.entries());
    }
}
