package io.github.sparklatent.linalg;

/** What {@link FloatFunctions} runs on. All implementations give the same bits. */
interface FloatElementary {
    /** See {@link FloatFunctions#exp}. */
    void exp(float[] in, int from, float[] out, int to, int length);

    /** See {@link FloatFunctions#log}. */
    void log(float[] in, int from, float[] out, int to, int length);

    /** See {@link FloatFunctions#tanh}. */
    void tanh(float[] in, int from, float[] out, int to, int length);

    /** See {@link FloatFunctions#sigmoid}. */
    void sigmoid(float[] in, int from, float[] out, int to, int length);

    /** See {@link FloatFunctions#softplus}. */
    void softplus(float[] in, int from, float[] out, int to, int length);

    /** See {@link FloatFunctions#bernoulli}. */
    void bernoulli(
            float[] x, float[] logits, int from, float[] probabilities, float[] terms, int length);
}
