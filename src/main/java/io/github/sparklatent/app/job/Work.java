package io.github.sparklatent.app.job;

/** What a command does, in two steps. */
public interface Work {
    /** Finds whatever can be found wrong without going over the rows; changes nothing. */
    void check();

    /** Does it. Called once, after {@link #check}. */
    Outcome run();
}
