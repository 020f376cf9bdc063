package io.github.sparklatent.learn.optimizer;

import io.github.sparklatent.settings.Names;

/** Treatments of the optimiser's moments between two rounds. */
public enum Moments {
    /** The driver averages the moments as it averages the parameters. */
    AVERAGE,
    /** Each round begins with moments of zero. */
    RESET;

    @Override
    public String toString() {
        return Names.of(this);
    }
}
