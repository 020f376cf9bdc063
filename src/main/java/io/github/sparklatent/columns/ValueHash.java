package io.github.sparklatent.columns;

import io.github.sparklatent.learn.RandomStreams;

/** Hashes of values with 64 bits, the same on every machine. */
public final class ValueHash {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final long MISSING = 0x9e3779b97f4a7c15L;

    private ValueHash() {}

    /** Returns the hash of a text, or of a missing value if it is null. */
    static long of(String text) {
        if (text == null) {
            return MISSING;
        }
        long hash = OFFSET; // FNV-1a, whose low bits are good and whose high bits are mixed below
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return RandomStreams.mix(hash);
    }

    /** Returns the hash of a number; zeros of both signs have the same. */
    static long of(double number) {
        return RandomStreams.mix(Double.doubleToLongBits(number + 0.0));
    }

    /** Returns the hash of a row from the hash of the columns before and that of the next. */
    public static long next(long before, long column) {
        return RandomStreams.mix(before * PRIME + column);
    }
}
