package io.github.sparklatent.nn;

/** Finds the missing cells of rows, which are NaN. */
public final class Missing {
    private Missing() {}

    public static boolean is(float cell) {
        return cell != cell;
    }

    /** Returns whether one of the cells from an index on is missing. */
    public static boolean any(float[] cells, int from, int length) {
        return observed(cells, from, length) < length;
    }

    /** Returns how many of the cells from an index on are not missing. */
    public static int observed(float[] cells, int from, int length) {
        int count = 0;
        for (int j = from; j < from + length; j++) {
            count += is(cells[j]) ? 0 : 1;
        }
        return count;
    }
}
