package io.github.sparklatent.nn;

/** What may be wrong with a row for more than one likelihood. */
final class Flaws {
    private Flaws() {}

    /** A sentence about the first of the columns that is no finite number; null where none is. */
    static String notFinite(String likelihood, double[] row, int width) {
        for (int j = 0; j < width; j++) {
            if (!Double.isFinite(row[j])) {
                return "column %d is %s, %s expects a finite number"
                        .formatted(j, row[j], likelihood);
            }
        }
        return null;
    }
}
