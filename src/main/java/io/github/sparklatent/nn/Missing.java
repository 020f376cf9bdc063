package io.github.sparklatent.nn;

/** Finds the missing cells of rows, which are NaN. */
public final class Missing {
    private Missing() {}

    public static boolean is(float cell) {
        return cell != cell;
    }

    /** Returns whether one of the cells from an index on is missing. */
    public static boolean any(float[] cells, int from, int length) {
        for (int j = from; j < from + length; j++) {
            if (is(cells[j])) {
                return true;
            }
        }
        return false;
    }
}
