package io.github.sparklatent.linalg;

/** What {@link DoubleFunctions} runs on. All implementations give the same bits. */
interface DoubleElementary {
    /** See {@link DoubleFunctions#exp}. */
    void exp(double[] in, int from, double[] out, int to, int length);

    /** See {@link DoubleFunctions#log}. */
    void log(double[] in, int from, double[] out, int to, int length);

    /** See {@link DoubleFunctions#tanh}. */
    void tanh(double[] in, int from, double[] out, int to, int length);

    /** See {@link DoubleFunctions#sigmoid}. */
    void sigmoid(double[] in, int from, double[] out, int to, int length);

    /** See {@link DoubleFunctions#softplus}. */
    void softplus(double[] in, int from, double[] out, int to, int length);

    /** See {@link DoubleFunctions#bernoulli}. */
    void bernoulli(
            double[] x,
            double[] logits,
            int from,
            double[] probabilities,
            double[] terms,
            int length);
}
