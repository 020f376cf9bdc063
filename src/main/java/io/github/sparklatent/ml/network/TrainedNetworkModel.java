package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.report.Result;
import java.util.List;
import java.util.Map;

/** The result of training a network. */
record TrainedNetworkModel<M extends NetworkModel<M>>(
        M model, FeatureAssembler assembler, NetworkOutcome outcome, TrainingContext context) implements Trained<M> {
    @Override
    public TableFacts facts() {
        return outcome.rows().facts();
    }

    @Override
    public List<Map<String, Object>> rounds() {
        return new NetworkFigures(outcome).rounds();
    }

    @Override
    public Result result() {
        return new NetworkResult(outcome, context).result();
    }
}
