package io.github.sparklatent.linalg;

/**
 * A part of a product: some terms of some elements of the result.
 *
 * @param top index of the first row
 * @param height number of rows
 * @param left index of the first column
 * @param width number of columns
 * @param first index of the first term
 * @param depth number of terms
 */
record Part(int top, int height, int left, int width, int first, int depth) {
    /** Returns the part with the same elements and some of their terms. */
    Part terms(int from, int count) {
        return new Part(top, height, left, width, first + from, count);
    }
}
