package io.github.sparklatent.config;

import java.util.List;

/**
 * A configuration that cannot be used: everything that is wrong with it, one line each. The command
 * line ends with {@link #EXIT_CODE} and prints the message alone.
 */
public final class ConfigurationException extends RuntimeException {
    /** Usage or configuration. */
    public static final int EXIT_CODE = 2;

    private static final long serialVersionUID = 1L;

    /** Not part of the serial form: the message holds the same sentences. */
    private final transient List<Problem> problems;

    /**
     * @param problems at least one, told in reading order
     */
    public ConfigurationException(List<Problem> problems) {
        super(String.join("\n", sorted(problems).stream().map(Problem::toString).toList()));
        this.problems = sorted(problems);
    }

    /** What is wrong, in reading order. */
    public List<Problem> problems() {
        return problems;
    }

    private static List<Problem> sorted(List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a configuration error has no problem to tell");
        }
        return problems.stream().sorted(Problem.IN_READING_ORDER).distinct().toList();
    }
}
