package io.github.sparklatent.vae;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Optimizer;
import io.github.sparklatent.learn.OuterOptimizer;
import io.github.sparklatent.learn.Schedule;
import io.github.sparklatent.nn.Initialization;
import java.util.Locale;

/** The stages of variational deep embedding, in their order. */
public enum EmbeddingPhase {
    /** An autoencoder of the same layers. */
    AUTOENCODER(20, Schedule.of(Schedule.Type.COSINE).withShare(0.5)),
    /** The responsibilities are those of the mixture that was found among its codes. */
    FIXED(2, Schedule.DEFAULT),
    /** They are the model's own. */
    CLUSTERING(5, Schedule.of(Schedule.Type.COSINE));

    /** Of the rate, at the end of a cosine. */
    private static final double LEAST = 0.02;

    private final double passes;
    private final Schedule schedule;

    EmbeddingPhase(double passes, Schedule schedule) {
        this.passes = passes;
        this.schedule = schedule.withLeast(schedule.type() == Schedule.Type.COSINE ? LEAST : 0);
    }

    /**
     * What the phase is trained by unless a person says otherwise: its passes, Adam at 1e-3, and
     * plain averaging.
     *
     * @param base the rest
     */
    public AveragingOptions preset(AveragingOptions base) {
        return base.withMaxPasses(passes)
                .withOptimizer(Optimizer.of(Optimizer.Type.ADAM).withSchedule(schedule))
                .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE));
    }

    /**
     * How weights start unless a person says otherwise: where an autoencoder is trained first, as
     * in this recipe, they are those of Glorot and Bengio.
     */
    public static Initialization initialization(boolean hasAutoencoder) {
        return hasAutoencoder ? Initialization.XAVIER_UNIFORM : Initialization.HE_UNIFORM;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
