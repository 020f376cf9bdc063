package io.github.sparklatent.linalg;

/** What {@link DoublePasses} runs on. All implementations give the same bits. */
interface DoubleSweeps {
    /** See {@link DoublePasses#addRows}. */
    void addRows(double[] rows, int from, int count, int width, double[] sums, int at);

    /** See {@link DoublePasses#gather}. */
    void gather(
            double[] in, int from, int line, int step, double[] out, int to, int lines, int places);

    /** See {@link DoublePasses#scatter}. */
    void scatter(
            double[] in,
            int from,
            double[] sums,
            int at,
            int line,
            int step,
            int lines,
            int places);
}
