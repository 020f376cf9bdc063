package io.github.sparklatent.linalg;

/** What {@link FloatPasses} runs on. All implementations give the same bits. */
interface FloatSweeps {
    /** See {@link FloatPasses#addRows}. */
    void addRows(float[] rows, int from, int count, int width, float[] sums, int at);

    /** See {@link FloatPasses#gather}. */
    void gather(
            float[] in, int from, int line, int step, float[] out, int to, int lines, int places);

    /** See {@link FloatPasses#scatter}. */
    void scatter(
            float[] in, int from, float[] sums, int at, int line, int step, int lines, int places);
}
