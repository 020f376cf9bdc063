package io.github.sparklatent.vae.stage;

import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.optimizer.Schedule;
import io.github.sparklatent.nn.Initialization;
import java.util.Locale;

/** The stages of training a clustering VAE, in their order. */
public enum ClusteringPhase {
    /** An autoencoder of the same layers. */
    AUTOENCODER(20, Schedule.of(Schedule.Type.COSINE).withShare(0.5)),
    /** The model, with responsibilities fixed at those of a mixture of the autoencoder's codes. */
    FIXED(2, Schedule.DEFAULT),
    /** The model, with its own responsibilities. */
    CLUSTERING(5, Schedule.of(Schedule.Type.COSINE));

    /** The share of the learning rate at the end of a cosine. */
    private static final double FINAL_SHARE = 0.02;

    private final double epochs;
    private final Schedule schedule;

    ClusteringPhase(double epochs, Schedule schedule) {
        this.epochs = epochs;
        this.schedule =
                schedule.withLeast(schedule.type() == Schedule.Type.COSINE ? FINAL_SHARE : 0);
    }

    /**
     * Returns the preset of this stage: its epochs, Adam at 1e-3, and plain averaging.
     *
     * @param base the other options
     */
    public AveragingOptions preset(AveragingOptions base) {
        return base.withMaxEpochs(epochs)
                .withOptimizer(Optimizer.of(Optimizer.Type.ADAM).withSchedule(schedule))
                .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE));
    }

    /**
     * Returns the default initialisation of the weights: that of Glorot and Bengio if an
     * autoencoder is trained first, as in this recipe, else that of He.
     */
    public static Initialization initialization(boolean hasAutoencoder) {
        return hasAutoencoder ? Initialization.XAVIER_UNIFORM : Initialization.HE_UNIFORM;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
