package io.github.sparklatent.vae.stage;

import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.optimizer.Schedule;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.settings.Names;

/** The stages in which a clustering VAE is trained, in order. */
public enum ClusteringPhase {
    /** Trains an autoencoder with the same layers as the model. */
    AUTOENCODER(20, Schedule.of(Schedule.Type.COSINE).withDecayFraction(0.5)),
    /**
     * Trains the model with fixed responsibilities, which are the responsibilities of a mixture fitted to the
     * autoencoder's codes.
     */
    FIXED(2, Schedule.DEFAULT),
    /** Trains the model with its own responsibilities. */
    CLUSTERING(5, Schedule.of(Schedule.Type.COSINE));

    /** The learning rate at the end of a cosine schedule, as a share of the highest learning rate. */
    private static final double FINAL_RATIO = 0.02;

    private final double epochs;
    private final Schedule schedule;

    ClusteringPhase(double epochs, Schedule schedule) {
        this.epochs = epochs;
        this.schedule = schedule.withFinalRatio(schedule.type() == Schedule.Type.COSINE ? FINAL_RATIO : 0);
    }

    /**
     * Returns the default options of this stage: its number of epochs, Adam with the learning rate 1e-3 and this
     * stage's schedule, and plain averaging of the partitions' parameters.
     *
     * @param base gives all other options
     */
    public AveragingOptions preset(AveragingOptions base) {
        return base.withMaxEpochs(epochs)
                .withOptimizer(Optimizer.of(Optimizer.Type.ADAM).withSchedule(schedule))
                .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE));
    }

    /**
     * Returns the default initialisation of a network's weights: that of Glorot and Bengio if the training begins with
     * the stage {@link #AUTOENCODER}, else that of He et al.
     *
     * @param hasAutoencoder whether the training begins with an autoencoder
     */
    public static Initialization initialization(boolean hasAutoencoder) {
        return hasAutoencoder ? Initialization.XAVIER_UNIFORM : Initialization.HE_UNIFORM;
    }

    @Override
    public String toString() {
        return Names.of(this);
    }
}
