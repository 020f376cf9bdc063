package io.github.sparklatent.linalg;

/**
 * A part of a range on its way through several loops.
 *
 * @param in read from the offset on
 * @param decayed between the loops; as many numbers as whole vectors hold
 * @param x factors of the logits, where probabilities are asked for
 * @param probabilities written where they are asked for
 * @param place offset of both
 * @param out written last, from its offset on
 * @param length at least a vector
 */
record DoubleRange(
        double[] in,
        int from,
        double[] decayed,
        double[] x,
        double[] probabilities,
        int place,
        double[] out,
        int to,
        int length) {}
