package io.github.sparklatent.app.job;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.learn.DataException;

/** The work of a command, in two steps. */
public interface Work {
    /** Reports errors of paths, before Spark starts. Changes nothing. */
    default void checkPaths() {}

    /** Reports errors that can be found without reading all rows, after those of paths. Changes nothing. */
    void check();

    /** Runs the job of the command. Called once, after {@link #check}. */
    Outcome run();

    /** Receives the reason why the input data were refused. */
    default void refused(DataException reason) {}

    /** Returns the exit code after {@link #run} has succeeded. */
    default int exitCode() {
        return ExitCodes.DONE;
    }
}
