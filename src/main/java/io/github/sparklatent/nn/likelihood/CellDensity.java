package io.github.sparklatent.nn.likelihood;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The distribution of one cell of a table, given p outputs of a network for this cell and q parameters that all cells
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

    /** Returns p, the number of outputs of a cell. */
    default int outputs() {
        return 1;
    }

    /** Returns the q parameters of a column. */
    default List<Learnt> learnt() {
        return List.of();
    }

    /**
     * Reads the parameters of a column, whose cells the other methods then compute.
     *
     * @param learnt q numbers. Not modified.
     */
    default void column(double[] learnt) {}

    /** Returns the first output for a distribution with a given centre; the other outputs are 0. */
    double start(double centre);

    /**
     * Returns log p(x | outputs), in nats.
     *
     * @param outputs p numbers. Not modified.
     * @param slopes p + q derivatives on return: with respect to the outputs, then the parameters
     */
    double logDensity(double x, double[] outputs, double[] slopes);

    /**
     * Returns E[x | outputs].
     *
     * @param outputs p numbers. Not modified.
     * @param slopes its p derivatives with respect to the outputs on return
     */
    double mean(double[] outputs, double[] slopes);

    /** Returns a draw of p(x | outputs). */
    double draw(double[] outputs, RandomGenerator random);

    /**
     * Returns a count as a generator gives it to a discriminator. It does not depend on the parameters of the column,
     * because an adversarial game does not train them.
     */
    default double generate(double[] outputs, RandomGenerator random) {
        return draw(outputs, random);
    }
}
