package io.github.sparklatent.vae.stage;

import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.optimizer.Schedule;
import io.github.sparklatent.settings.Names;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.BoundStage;
import java.util.List;

/** The stages in which a VAE is trained. Their options are defaults, which are defined here only. */
public enum VaeStage {
    /** Trains an autoencoder with the same layers as the model. */
    AUTOENCODER(20, Schedule.of(Schedule.Type.COSINE).withDecayFraction(0.5), null),
    /** Trains the encoder and the prior with a fixed decoder. */
    ENCODER(5, Schedule.DEFAULT, BoundStage.ENCODER),
    /** Trains the decoder and the likelihood with a fixed encoder. */
    DECODER(5, Schedule.DEFAULT, BoundStage.DECODER),
    /** Trains all networks of the model. */
    JOINT(40, Schedule.DEFAULT, BoundStage.JOINT),
    /**
     * Trains the model with fixed responsibilities, which are the responsibilities of a mixture fitted to the
     * autoencoder's codes.
     */
    FIXED(2, Schedule.DEFAULT, null),
    /** Trains the model with its own responsibilities. */
    CLUSTERING(5, Schedule.of(Schedule.Type.COSINE), null);

    /** The learning rate at the end of a cosine schedule, as a share of the highest learning rate. */
    private static final double FINAL_RATIO = 0.02;

    private final double epochs;
    private final Schedule schedule;
    private final BoundStage bound;

    VaeStage(double epochs, Schedule schedule, BoundStage bound) {
        this.epochs = epochs;
        this.schedule = schedule.withFinalRatio(schedule.type() == Schedule.Type.COSINE ? FINAL_RATIO : 0);
        this.bound = bound;
    }

    /** Returns the stages that a model may have, in their order; none if it is trained without stages. */
    public static List<VaeStage> of(Kind kind) {
        return switch (kind) {
            case VARIATIONAL -> List.of(ENCODER, DECODER, JOINT);
            case MIXTURE -> List.of(AUTOENCODER, ENCODER, DECODER, JOINT);
            case EMBEDDING, CLASSIFYING -> List.of(AUTOENCODER, FIXED, CLUSTERING);
            default -> List.of();
        };
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

    /** Returns the parameters that this stage moves to raise a bound; null if it has another loss. */
    BoundStage bound() {
        return bound;
    }

    /** Returns whether this stage trains the decoder of the model, so that it may use a discriminator. */
    public boolean movesDecoder() {
        return bound != null && bound.movesDecoder();
    }

    @Override
    public String toString() {
        return Names.of(this);
    }
}
