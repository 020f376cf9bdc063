package io.github.sparklatent.learn.optimizer;

import java.util.Locale;

/** What becomes of the optimiser's moments from one round to the next. */
public enum Moments {
    /** They are averaged as the parameters are. */
    AVERAGE,
    /** Each round begins with none. */
    RESET;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
