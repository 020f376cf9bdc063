package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.network.NetworkPage;
import java.util.List;
import java.util.Map;

/** The result of training a network. */
record TrainedNetworkModel<M extends NetworkModel<M>>(
        M model, FeatureAssembler assembler, NetworkOutcome outcome, TrainingContext context)
        implements Trained<M> {
    @Override
    public TableFacts facts() {
        return outcome.rows().facts();
    }

    @Override
    public Map<String, Object> figures() {
        return new NetworkFigures(outcome, context.monitor()).json();
    }

    @Override
    public Lines lines() {
        return new NetworkFigures(outcome, context.monitor()).lines();
    }

    @Override
    public List<Map<String, Object>> rounds() {
        return new NetworkFigures(outcome, context.monitor()).rounds();
    }

    @Override
    public Page report() {
        return NetworkPage.of(new NetworkReportSource(outcome, context).report());
    }
}
