package io.github.sparklatent.app;

import io.github.sparklatent.learn.NetworkRound;
import io.github.sparklatent.learn.Round;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells how a training goes on: on a terminal in one line that is rewritten, elsewhere in a line a
 * round, at most one a second.
 */
final class Progress {
    private static final long SECOND = 1_000_000_000L;
    private static final String CLEAR_TO_END = "\u001b[K";

    private final PrintStream terminal;
    private final Consumer<String> lines;
    private final LongSupplier clock;
    private long told;
    private boolean open;

    /** In a line that is rewritten. */
    static Progress on(PrintStream terminal) {
        return new Progress(terminal, null, System::nanoTime);
    }

    /** In lines of their own. */
    static Progress to(Consumer<String> lines) {
        return new Progress(null, lines, System::nanoTime);
    }

    /**
     * @param terminal where a line can be rewritten, or null
     * @param lines takes each line where there is no terminal
     * @param clock nanoseconds
     */
    Progress(PrintStream terminal, Consumer<String> lines, LongSupplier clock) {
        this.terminal = terminal;
        this.lines = lines;
        this.clock = clock;
        this.told = clock.getAsLong() - SECOND;
    }

    /**
     * After a round.
     *
     * @param description of the fit under way
     * @param round just recorded
     * @param maxRounds of this fit
     */
    void round(String description, Round round, int maxRounds) {
        tell(describe(description, round, maxRounds));
    }

    /**
     * After a round of averaging.
     *
     * @param description of what is trained
     * @param before the round before, or null
     * @param round just recorded
     */
    void round(String description, NetworkRound before, NetworkRound round, double maxPasses) {
        tell(describe(description, before, round, maxPasses));
    }

    /** After a pass over the data that is no round. */
    void pass(String description) {
        tell(description);
    }

    /** Before a part of the work that is long and has no rounds; never left out. */
    void step(String description) {
        told = clock.getAsLong() - SECOND;
        tell(description);
    }

    private void tell(String line) {
        if (terminal != null) {
            terminal.print("\r" + line + CLEAR_TO_END);
            terminal.flush();
            open = true;
        } else if (clock.getAsLong() - told >= SECOND) {
            told = clock.getAsLong();
            lines.accept(line);
        }
    }

    /** Ends the line that is being rewritten. */
    void end() {
        if (open) {
            terminal.println();
            open = false;
        }
    }

    static String describe(String description, Round round, int maxRounds) {
        String change =
                Double.isNaN(round.change())
                        ? ""
                        : String.format(Locale.ROOT, ", change %.3g", round.change());
        return String.format(
                Locale.ROOT,
                "%s, round %d of %d: objective %s%s, %s rows/s, at most %s left",
                description,
                round.number(),
                maxRounds,
                objective(round.objective()),
                change,
                count(round.rows() / Math.max(round.seconds(), 1e-9)),
                duration(round.seconds() * (maxRounds - round.number())));
    }

    static String describe(
            String description, NetworkRound before, NetworkRound round, double maxPasses) {
        double passes = round.passes() - (before == null ? 0 : before.passes());
        double left = Math.max(0, maxPasses - round.passes()) / Math.max(passes, 1e-9);
        String change =
                before == null
                        ? ""
                        : String.format(Locale.ROOT, ", change %.3g", round.loss() - before.loss());
        String heldOut =
                round.heldOut().isEmpty() ? "" : ", held out " + objective(round.heldOut().get(0));
        return String.format(
                Locale.ROOT,
                "%s, round %d, pass %.2f of %s: objective %s%s%s, %s rows/s, at most %s left",
                description,
                round.number(),
                round.passes(),
                number(maxPasses),
                objective(round.loss()),
                change,
                heldOut,
                count(round.rows() / Math.max(round.seconds(), 1e-9)),
                duration(round.seconds() * left));
    }

    /** Of a training about to diverge: not fifty digits. */
    private static String objective(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 1e9 ? "%.6f" : "%.6e", value);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String count(double number) {
        return number >= 1e6
                ? String.format(Locale.ROOT, "%.1fM", number / 1e6)
                : number >= 1e3
                        ? String.format(Locale.ROOT, "%.1fk", number / 1e3)
                        : String.format(Locale.ROOT, "%.0f", number);
    }

    private static String duration(double seconds) {
        long whole = (long) Math.ceil(seconds);
        return whole < 60
                ? whole + " s"
                : whole < 3600
                        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                        : String.format(
                                Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
    }
}
