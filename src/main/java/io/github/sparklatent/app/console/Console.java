package io.github.sparklatent.app.console;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The output streams of a job.
 *
 * @param out results only
 * @param err stream for all messages
 * @param terminal whether a line of {@code err} can be rewritten
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    /** Returns the output streams of the process. */
    public static Console system() {
        return new Console(System.out, System.err, isTerminal());
    }

    /**
     * Returns whether standard error is a terminal that can rewrite a line. If the system does not reveal the type of
     * standard error, standard input and output have to be a terminal.
     */
    private static boolean isTerminal() {
        String kind = System.getenv("TERM");
        if (kind == null || kind.isEmpty() || kind.equals("dumb")) {
            return false;
        }
        try {
            String device = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }
}
