package io.github.sparklatent.columns;

/** The range of numbers that models can compute with. */
public final class UsableNumbers {
    /** Largest usable absolute value: the square of a larger one is close to overflow. */
    public static final double GREATEST = 1e150;

    private UsableNumbers() {}

    /** Returns whether a number is usable; NaN and infinities are not. */
    public static boolean isUsable(double number) {
        return Math.abs(number) <= GREATEST;
    }

    /** Describes a number that is not usable. */
    public static String text(double number) {
        return Double.isNaN(number)
                ? "NaN or null"
                : Double.isInfinite(number) ? String.valueOf(number) : number + ", too large to be squared,";
    }

    /**
     * Returns whether a model can use the numbers of a row.
     *
     * @param keep whether NaN is a missing value. Then one number that is not missing is enough.
     */
    public static boolean areUsable(double[] row, boolean keep) {
        boolean some = !keep;
        for (double number : row) {
            if (isUsable(number)) {
                some = true;
            } else if (!keep || !Double.isNaN(number)) {
                return false;
            }
        }
        return some;
    }
}
