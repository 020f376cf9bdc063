package io.github.sparklatent.app.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Detects a terminal. */
final class Terminal {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /**
     * Returns whether standard error is a terminal that can rewrite a line. If the system does not reveal the type of
     * standard error, standard input and output have to be a terminal.
     */
    static boolean isStandardError() {
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
