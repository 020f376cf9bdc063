package io.github.sparklatent.learn.optimizer;

import java.util.stream.IntStream;

/**
 * Elementwise work on long vectors, divided among the cores of the driver. The result does not depend on the number of
 * cores.
 */
public final class Ranges {
    /** Entries of a range; shorter vectors are not divided. */
    static final int LENGTH = 1 << 16;

    /** An operation on a range of entries. */
    public interface Work {
        /** Processes the entries from .. to − 1. */
        void run(int from, int to);
    }

    /** A condition on a range of entries. */
    public interface Check {
        /** Returns whether the condition is true of the entries from .. to − 1. */
        boolean holds(int from, int to);
    }

    private Ranges() {}

    public static void each(int length, Work work) {
        ranges(length).forEach(range -> work.run(from(range), to(range, length)));
    }

    /** Returns whether the check is true of all entries. */
    public static boolean all(int length, Check check) {
        return ranges(length).allMatch(range -> check.holds(from(range), to(range, length)));
    }

    private static IntStream ranges(int length) {
        IntStream ranges = IntStream.range(0, (int) (((long) length + LENGTH - 1) / LENGTH));
        return length > LENGTH ? ranges.parallel() : ranges;
    }

    private static int from(int range) {
        return range * LENGTH;
    }

    private static int to(int range, int length) {
        return (int) Math.min(length, (long) from(range) + LENGTH);
    }
}
