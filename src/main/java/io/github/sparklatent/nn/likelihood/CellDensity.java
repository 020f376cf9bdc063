package io.github.sparklatent.nn.likelihood;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The distribution of one cell of a table, given an output of a network for this cell and q parameters that all cells
 * of its column share. Used by one thread.
 */
interface CellDensity {
    /**
     * A parameter of a column.
     *
     * @param name its name
     * @param start its value before training
     */
    record Learnt(String name, double start) {}

    /** Returns the q parameters of a column. */
    List<Learnt> learnt();

    /**
     * Reads the parameters of a column, whose cells the other methods then compute.
     *
     * @param learnt q numbers. Not modified.
     */
    void column(double[] learnt);

    /**
     * Returns log p(x | output), in nats.
     *
     * @param slopes 1 + q derivatives on return: with respect to the output, then the parameters
     */
    double logDensity(double x, double output, double[] slopes);

    /** Returns E[x | output]. {@code slopes}: its derivative with respect to the output first, on return. */
    double mean(double output, double[] slopes);

    /** Returns a draw of p(x | output). */
    double draw(double output, RandomGenerator random);

    /**
     * Returns a count as a generator gives it to a discriminator. It does not depend on the parameters of the column,
     * because an adversarial game does not train them.
     */
    default double generate(double output, RandomGenerator random) {
        return draw(output, random);
    }
}
