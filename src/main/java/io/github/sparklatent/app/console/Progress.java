package io.github.sparklatent.app.console;

import io.github.sparklatent.ml.core.RoundProgress;
import java.io.PrintStream;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Prints the progress of a training. On a terminal it rewrites a single line; elsewhere it prints one line per round,
 * at most one per second.
 */
public final class Progress {
    private static final long SECOND = 1_000_000_000L;

    /** The longest time without a line while a Spark job runs. */
    private static final int SILENCE = 10;

    private static final String CLEAR_TO_END = "\u001b[K";

    private final PrintStream terminal;
    private final Consumer<String> lines;
    private final LongSupplier clock;
    private long printed;
    private boolean open;

    /**
     * Creates a progress.
     *
     * @param terminal stream on which a line can be rewritten, or null
     * @param lines receives each line if there is no terminal
     * @param clock current time in nanoseconds
     */
    public Progress(PrintStream terminal, Consumer<String> lines, LongSupplier clock) {
        this.terminal = terminal;
        this.lines = lines;
        this.clock = clock;
        this.printed = clock.getAsLong() - SECOND;
    }

    /** Prints the state of the training after a round. */
    public synchronized void round(RoundProgress round) {
        print(round.toString());
    }

    /** Prints a line after a traversal of the data that is not a round. */
    public synchronized void traversal(String description) {
        print(description);
    }

    /** Prints a line before a long part of the work without rounds. This line is never suppressed. */
    public synchronized void step(String description) {
        printed = clock.getAsLong() - SECOND;
        print(description);
    }

    /** Prints a line about a job that has run long, if nothing was printed for long. */
    public synchronized void silence(RunningJobs jobs) {
        if (clock.getAsLong() - printed >= SILENCE * SECOND) {
            jobs.describe(SILENCE).ifPresent(this::print);
        }
    }

    private void print(String line) {
        if (terminal != null) {
            printed = clock.getAsLong();
            terminal.print("\r" + line + CLEAR_TO_END);
            terminal.flush();
            open = true;
        } else if (clock.getAsLong() - printed >= SECOND) {
            printed = clock.getAsLong();
            lines.accept(line);
        }
    }

    /** Ends the line that was being rewritten. */
    public synchronized void end() {
        if (open) {
            terminal.println();
            open = false;
        }
    }
}
