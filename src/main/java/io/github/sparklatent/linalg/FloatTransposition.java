package io.github.sparklatent.linalg;

/** Writes lines of an array as columns of another. */
interface FloatTransposition {
    /** Lines at a time; two vectors' lanes are a multiple of it. */
    int lines();

    /**
     * Transposes as many lines.
     *
     * <pre>
     *   out_pi ← in_ip                               i &lt; lines(), p &lt; depth
     * </pre>
     *
     * @param in lines() × depth with a stride from an offset on. Not modified.
     * @param out depth × lines() with a stride from an offset on. Modified.
     */
    void transpose(float[] in, int from, int stride, int depth, float[] out, int to, int outStride);
}
