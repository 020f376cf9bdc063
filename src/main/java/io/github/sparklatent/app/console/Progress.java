package io.github.sparklatent.app.console;

import io.github.sparklatent.ml.core.RoundProgress;
import java.io.PrintStream;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells how a training goes on: on a terminal in one line that is rewritten, elsewhere in a line a
 * round, at most one a second.
 */
public final class Progress {
    private static final long SECOND = 1_000_000_000L;
    private static final String CLEAR_TO_END = "\u001b[K";

    private final PrintStream terminal;
    private final Consumer<String> lines;
    private final LongSupplier clock;
    private long printed;
    private boolean open;

    /** In a line that is rewritten. */
    public static Progress on(PrintStream terminal) {
        return new Progress(terminal, null, System::nanoTime);
    }

    /** In lines of their own. */
    public static Progress to(Consumer<String> lines) {
        return new Progress(null, lines, System::nanoTime);
    }

    /**
     * @param terminal where a line can be rewritten, or null
     * @param lines takes each line where there is no terminal
     * @param clock nanoseconds
     */
    public Progress(PrintStream terminal, Consumer<String> lines, LongSupplier clock) {
        this.terminal = terminal;
        this.lines = lines;
        this.clock = clock;
        this.printed = clock.getAsLong() - SECOND;
    }

    /** Prints how far a training is after a round. */
    public void round(RoundProgress round) {
        print(round.toString());
    }

    /** After a pass over the data that is no round. */
    public void pass(String description) {
        print(description);
    }

    /** Before a part of the work that is long and has no rounds; never left out. */
    public void step(String description) {
        printed = clock.getAsLong() - SECOND;
        print(description);
    }

    private void print(String line) {
        if (terminal != null) {
            terminal.print("\r" + line + CLEAR_TO_END);
            terminal.flush();
            open = true;
        } else if (clock.getAsLong() - printed >= SECOND) {
            printed = clock.getAsLong();
            lines.accept(line);
        }
    }

    /** Ends the line that is being rewritten. */
    public void end() {
        if (open) {
            terminal.println();
            open = false;
        }
    }
}
