package io.github.sparklatent.nn;

import java.io.Serializable;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** A distribution of a row given the outputs of a network: p(x | outputs). */
public interface Likelihood extends Serializable {
    /** Columns of a row of the data. */
    int width();

    /** Columns of the outputs that the distribution is made of. */
    int outputs();

    /** Parameters beyond the outputs (a learnt variance), the first at offset 0; mostly none. */
    List<Parameter> parameters();

    /** Whether a variance is learnt with the rest, as a parameter or as an output. */
    default boolean learnsVariance() {
        return !parameters().isEmpty();
    }

    /** Fills the parameters of the likelihood itself. */
    void initialize(float[] parameters, int offset);

    /**
     * Columns of counts, which have no bound and no scale: an encoder takes their {@link
     * Logarithm}. Mostly none.
     */
    default List<Integer> counts() {
        return List.of();
    }

    /**
     * What is wrong with a row for this distribution, e.g. a value outside [0, 1], as a sentence
     * with the column's place; null where nothing is.
     */
    default String flaw(double[] row) {
        return flaw(row, j -> j);
    }

    /**
     * The same of a row that holds more than this distribution's columns.
     *
     * @param place in the row of each of the {@link #width} columns
     */
    String flaw(double[] row, IntUnaryOperator place);

    /**
     * The buffers of one task.
     *
     * @param maxRows rows of a batch at most
     * @param offset of this likelihood's own parameters
     */
    Worker worker(int maxRows, int offset);

    /** Computes with the buffers of one task. Used by one thread. */
    interface Worker {
        /** density[i] ← log p(x_i | outputs_i) in nats, i &lt; x.numRows. */
        void logDensity(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj x, double[] density);

        /**
         * Derivatives of Σ_i scale_i log p(x_i | outputs_i), of the rows and the outputs that the
         * last {@link #logDensity} was given.
         *
         * @param outputGradient n × {@link Likelihood#outputs()}, overwritten
         * @param gradient of all parameters; the likelihood's own part is added to
         */
        void gradient(
                float[] parameters,
                FMatrixRMaj outputs,
                FMatrixRMaj x,
                float[] scale,
                FMatrixRMaj outputGradient,
                float[] gradient);

        /** mean ← E[x | outputs], n × {@link Likelihood#width()}. */
        void mean(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj mean);

        /**
         * Takes a derivative back through the {@link #mean}: outputGradient_i ← (∂mean_i /
         * ∂outputs_i)ᵀ slope_i. The likelihood's own parameters do not move the mean.
         *
         * @param mean as {@link #mean} gave it. Not modified.
         * @param slope with respect to the mean, n × {@link Likelihood#width()}. Not modified.
         * @param outputGradient n × {@link Likelihood#outputs()}, overwritten; no other of these
         */
        void meanGradient(FMatrixRMaj mean, FMatrixRMaj slope, FMatrixRMaj outputGradient);

        /** x ← a draw of p(x | outputs), n × {@link Likelihood#width()}. */
        void sample(float[] parameters, FMatrixRMaj outputs, RandomGenerator random, FMatrixRMaj x);
    }
}
