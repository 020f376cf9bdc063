package io.github.sparklatent.linalg;

/**
 * A part of a product: some terms of some elements of the result.
 *
 * @param top first row
 * @param height number of rows
 * @param left first column
 * @param width number of columns
 * @param first first term
 * @param depth number of terms
 */
record Part(int top, int height, int left, int width, int first, int depth) {
    /** Returns the part with the same elements and some of their terms. */
    Part terms(int from, int count) {
        return new Part(top, height, left, width, first + from, count);
    }
}
