package io.github.sparklatent.linalg;

/**
 * A part of a product: some terms of some elements of the result.
 *
 * @param top first row
 * @param height rows
 * @param left first column
 * @param width columns
 * @param first term
 * @param depth terms
 */
record Part(int top, int height, int left, int width, int first, int depth) {
    /** The same elements with other terms. */
    Part terms(int from, int count) {
        return new Part(top, height, left, width, from, count);
    }
}
