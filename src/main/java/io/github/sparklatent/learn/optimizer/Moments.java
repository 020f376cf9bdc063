package io.github.sparklatent.learn.optimizer;

import java.util.Locale;

/** Treatments of the optimiser's moments between two rounds. */
public enum Moments {
    /** The driver averages the moments as it averages the parameters. */
    AVERAGE,
    /** Each round begins with moments of zero. */
    RESET;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
