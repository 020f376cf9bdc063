package io.github.sparklatent.linalg;

/** Packs lines of an array as the columns of panels two vectors wide. */
interface FloatTransposition {
    /** Lines at a time, a multiple of two vectors' lanes. */
    int lines();

    /**
     * Packs as many lines, panel after panel, each row after row without gaps.
     *
     * @param in lines() × depth with a stride from an offset on. Not modified.
     * @param out lines() columns of depth rows in panels two vectors wide, dense from an offset on.
     *     Modified.
     */
    void pack(float[] in, int from, int stride, int depth, float[] out, int to);
}
