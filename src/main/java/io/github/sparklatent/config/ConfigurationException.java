package io.github.sparklatent.config;

import java.util.List;

/**
 * Thrown if a configuration is invalid. The message lists all problems, one per line. The command line prints only this
 * message and ends with {@link #EXIT_CODE}.
 */
public final class ConfigurationException extends RuntimeException {
    /** Exit code for errors of usage or configuration. */
    public static final int EXIT_CODE = 2;

    private static final long serialVersionUID = 1L;

    /** Creates the exception of at least one problem, in any order. */
    public ConfigurationException(List<Problem> problems) {
        super(String.join("\n", sorted(problems).stream().map(Problem::toString).toList()));
    }

    private static List<Problem> sorted(List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("found no problem, expected at least one");
        }
        return problems.stream().sorted(Problem.IN_READING_ORDER).distinct().toList();
    }
}
