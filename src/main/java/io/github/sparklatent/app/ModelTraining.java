package io.github.sparklatent.app;

import io.github.sparklatent.app.config.ModelType;

/** How one kind of model is trained, measured and written. */
interface ModelTraining {
    /** Finds whatever can be found wrong without going over the rows; changes nothing. */
    void check();

    /** Does it. Called once, after {@link #check}. */
    Outcome run();

    /** That of the model that the configuration describes. */
    static ModelTraining of(JobContext context, TrainTables tables, Phases phases) {
        ModelType type = context.configuration().model().type();
        return switch (type) {
            case GMM -> new MixtureTraining(context, tables, phases);
            case AE, VAE -> new NetworkTraining(context, tables, phases);
            case MOG_VAE, VADE, CLUSTER_VAE, GAN, VAE_GAN ->
                    throw new UsageException(
                            "model.type is %s, which has a configuration and no training"
                                    .formatted(type));
        };
    }
}
