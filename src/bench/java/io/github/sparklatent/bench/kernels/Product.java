package io.github.sparklatent.bench.kernels;

/** A product of matrices by one system, with its operands and its result. */
interface Product extends Runnable {
    /** The result as it stands, m × n, row after row. */
    double[] result();
}
