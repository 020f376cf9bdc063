package io.github.sparklatent.app;

import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.cluster.Scaling;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The saved network that a training starts from. Its columns and its scaling are taken over with
 * it.
 */
record NetworkStart(SavedNetwork saved) {
    private static final String KEY = "train.initialModel";

    /**
     * What the configuration names, if it does.
     *
     * @throws UsageException where that is a model of another type, columns or scale
     */
    static Optional<NetworkStart> of(JobContext context, FeatureColumns columns) {
        return context.configuration()
                .train()
                .initialModel()
                .map(
                        path ->
                                SavedModels.any(
                                        context.spark(),
                                        path,
                                        context.configuration().model().type()))
                .map(model -> checked(context, model, columns));
    }

    private static NetworkStart checked(
            JobContext context, SavedModel model, FeatureColumns columns) {
        if (!(model instanceof SavedNetwork network)
                || network.type() != context.configuration().model().type()) {
            throw new UsageException(
                    "%s is of type %s, expected %s"
                            .formatted(KEY, model.type(), context.configuration().model().type()));
        }
        List<String> inputs = network.inputColumns();
        if (!inputs.isEmpty() && !inputs.equals(columns.columns())) {
            throw new UsageException(
                    "%s was trained on columns %s, but data.features gives %s"
                            .formatted(KEY, inputs, columns.columns()));
        }
        String scale = network.scaling().kind().name().toLowerCase(Locale.ROOT);
        if (!scale.equals(context.configuration().data().scale().toString())) {
            throw new UsageException(
                    "%s was trained with data.scale = %s, found %s: its parameters fit rows of its own scale only"
                            .formatted(KEY, scale, context.configuration().data().scale()));
        }
        return new NetworkStart(network);
    }

    Scaling scaling() {
        return saved.scaling();
    }

    /**
     * @throws UsageException where the parameters are those of other networks
     */
    void requireSame(Architecture asked) {
        try {
            TrainedNetwork found = saved.network().network();
            asked.requireSame(found.kind(), KEY, found.architecture());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    /** The parameters to start from. */
    float[] parameters() {
        return saved.network().network().parameters();
    }
}
