package io.github.sparklatent.app.console;

import java.io.PrintStream;

/**
 * The output streams of a job.
 *
 * @param out results only
 * @param err stream for all messages
 * @param terminal whether a line of {@code err} can be rewritten
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {
    /** Returns the output streams of the process. */
    public static Console system() {
        return new Console(System.out, System.err, Terminal.isStandardError());
    }
}
