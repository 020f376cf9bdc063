package io.github.sparklatent.linalg;

/** What {@link FloatPasses} runs on. All implementations give the same bits. */
interface FloatSweeps {
    /** See {@link FloatPasses#addRows}. */
    void addRows(float[] rows, int from, int count, int width, float[] sums, int at);
}
