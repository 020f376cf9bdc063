package io.github.sparklatent.learn.optimizer;

import java.util.stream.IntStream;

/**
 * Long vectors on the driver, entry by entry, shared out among its cores, which wait for it: the
 * bits do not depend on how many there are.
 */
public final class Ranges {
    /** Entries of a range; shorter vectors are not worth sharing out. */
    static final int LENGTH = 1 << 16;

    /** What is done with entries from .. to − 1. */
    public interface Work {
        void run(int from, int to);
    }

    /** What holds or does not of entries from .. to − 1. */
    public interface Check {
        boolean holds(int from, int to);
    }

    private Ranges() {}

    /** Does the work on all entries. */
    public static void each(int length, Work work) {
        ranges(length).forEach(range -> work.run(from(range), to(range, length)));
    }

    /** Whether the check holds of all entries. */
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
