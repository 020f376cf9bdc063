package io.github.sparklatent.app.console;

import java.io.PrintStream;

/**
 * Where a job speaks.
 *
 * @param out results and nothing else
 * @param err everything else
 * @param terminal whether a line of {@code err} can be rewritten
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {
    /** The process's own. */
    public static Console system() {
        return new Console(System.out, System.err, Terminal.isStandardError());
    }
}
