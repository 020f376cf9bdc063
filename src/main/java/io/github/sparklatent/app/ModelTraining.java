package io.github.sparklatent.app;

import io.github.sparklatent.config.ModelType;

/** How one kind of model is trained, measured and written. */
interface ModelTraining {
    /** Finds whatever can be found wrong without going over the rows; changes nothing. */
    void check();

    /** Does it. Called once, after {@link #check}. */
    Outcome run();

    /** That of the model that the configuration describes. */
    static ModelTraining of(JobContext context, TrainTables tables, Phases phases) {
        return context.configuration().model().type() == ModelType.GMM
                ? new MixtureTraining(context, tables, phases)
                : new NetworkTraining(context, tables, phases);
    }
}
