package io.github.sparklatent.ml.network;

import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.scoring.NetworkFit;
import io.github.sparklatent.scoring.SavedContent;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Kind;
import java.util.function.Function;

/**
 * A family of neural models.
 *
 * @param <M> class of the models
 */
public final class NetworkFamily<M extends NetworkModel<M>> extends ModelFamily<M, SavedContent.NetworkForm> {
    private final Kind kind;
    private final Maker<M> maker;

    /** Creates a model. */
    interface Maker<M> {
        /**
         * Creates a model.
         *
         * @param network trained network; null in a model that has only Params; Spark Connect creates it to read the
         *     class name
         * @param fit record of the training; null if it is not known
         */
        M of(String uid, TrainedNetwork network, NetworkFit fit);
    }

    /** Creates a family. {@code kind}: the parts of the networks. */
    NetworkFamily(
            ModelType type,
            Kind kind,
            Class<M> model,
            Function<String, LatentEstimator<?, M>> estimator,
            Maker<M> maker) {
        super(
                type,
                model,
                SavedContent.NetworkForm.class,
                (uid, content) -> content == null
                        ? maker.of(uid, null, null)
                        : maker.of(uid, content.network(kind), content.fit()),
                estimator);
        this.kind = kind;
        this.maker = maker;
    }

    /** Returns the parts of the networks. */
    public Kind kind() {
        return kind;
    }

    Maker<M> maker() {
        return maker;
    }
}
