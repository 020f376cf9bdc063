package io.github.sparklatent.cluster.table;

/** Which numbers of a row can be computed with. */
public final class UsableNumbers {
    /** The square of anything greater is not far from the end of the numbers. */
    public static final double GREATEST = 1e150;

    private UsableNumbers() {}

    /** Whether a number can be computed with; NaN and infinities cannot. */
    public static boolean isUsable(double number) {
        return Math.abs(number) <= GREATEST;
    }
}
