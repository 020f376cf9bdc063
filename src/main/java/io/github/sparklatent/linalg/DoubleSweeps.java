package io.github.sparklatent.linalg;

/** What {@link DoublePasses} runs on. All implementations give the same bits. */
interface DoubleSweeps {
    /** See {@link DoublePasses#addRows}. */
    void addRows(double[] rows, int from, int count, int width, double[] sums, int at);
}
