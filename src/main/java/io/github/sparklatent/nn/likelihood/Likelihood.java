package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.nn.Logarithm;
import io.github.sparklatent.nn.Parameter;
import java.io.Serializable;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** A distribution of a row given the outputs of a network: p(x | outputs). */
public interface Likelihood extends Serializable {
    /** Returns the number of columns of a row of the data. */
    int width();

    /** Returns the number of columns of the outputs that parametrise the distribution. */
    int outputs();

    /** Returns the parameters that are not outputs (a learnt variance), the first at offset 0. */
    default List<Parameter> parameters() {
        return List.of();
    }

    /** Returns the columns that are given. */
    default Conditions conditions() {
        return Conditions.NONE;
    }

    default void initialize(float[] parameters, int offset) {}

    /**
     * Writes outputs whose distribution is near the centre of each column, from which training starts. A distribution
     * of bounded columns leaves the outputs at 0.
     *
     * @param centres of the columns. Not modified.
     * @param outputs 0 on entry. Modified.
     * @param at index of the first output of this distribution
     */
    default void start(double[] centres, float[] outputs, int at) {}

    /**
     * Returns whether some columns have values beyond 1. Their outputs start at the centres of the columns, and an
     * encoder reads logarithms of their large values.
     */
    default boolean isUnbounded() {
        return !(counts().isEmpty() && numbers().isEmpty());
    }

    /**
     * Returns the indices of the columns that are counts. Counts have no bound and no scale, so an encoder reads their
     * {@link Logarithm}.
     */
    default List<Integer> counts() {
        return List.of();
    }

    /**
     * Returns the columns of numbers without bounds. An encoder reads outliers among them through a {@link Logarithm}.
     */
    default List<Integer> numbers() {
        return List.of();
    }

    /** Returns the number of values of a row: counts and binary columns have an output each, a category is one. */
    default int values() {
        return outputs();
    }

    /**
     * Describes why a row is outside of the support, e.g. a value outside [0, 1], as a sentence with the column's
     * place; null if it is inside. A missing cell, which is NaN, is inside.
     *
     * @param place index in the row of each of the {@link #width} columns
     */
    String flaw(double[] row, IntUnaryOperator place);

    /**
     * Replaces each missing cell of a row by the value of the support that is nearest to a mean: the most probable
     * category, a whole number for a count.
     *
     * @param row row with NaN in missing cells. Modified.
     * @param mean E[x] of each cell. Not modified.
     * @param place index in the row of each of the {@link #width} columns
     */
    default void complete(double[] row, double[] mean, IntUnaryOperator place) {
        for (int j = 0; j < width(); j++) {
            int at = place.applyAsInt(j);
            if (Double.isNaN(row[at])) {
                row[at] = nearest(mean[at]);
            }
        }
    }

    /** Returns the value of the support of a column that is nearest to a number. */
    default double nearest(double number) {
        return number;
    }

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param offset index of the first of this likelihood's own parameters
     */
    Worker worker(int maxRows, int offset);

    /** Computes with the buffers of one task. Used by one thread. */
    interface Worker {
        /**
         * Writes log p(x_i | outputs_i), in nats, of each row of x. A missing cell, which is NaN, adds 0 to it and to
         * its gradient. A category is missing if any of its columns is.
         */
        void logDensity(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj x, double[] density);

        /**
         * Differentiates Σ_i scale_i log p(x_i | outputs_i), of the parameters, the rows and the outputs given to the
         * last {@link #logDensity}.
         *
         * @param outputGradient n × {@link Likelihood#outputs()}, overwritten
         * @param gradient derivatives with respect to all parameters. The method adds to the likelihood's own part.
         */
        void gradient(FMatrixRMaj outputs, FMatrixRMaj x, float[] scale, FMatrixRMaj outputGradient, float[] gradient);

        /** Writes E[x | outputs], n × {@link Likelihood#width()}. */
        void mean(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj mean);

        /**
         * Writes rows as a generator gives them to a discriminator: the means of columns of real numbers, but draws of
         * categories, binary columns and counts. A discriminator would tell probabilities from categories at once.
         *
         * @param random a stream for each row
         * @param rows n × {@link Likelihood#width()}, overwritten
         */
        default void generate(float[] parameters, FMatrixRMaj outputs, RandomGenerator[] random, FMatrixRMaj rows) {
            mean(parameters, outputs, rows);
        }

        /**
         * Propagates a derivative back through the last {@link #generate}: (∂row_i / ∂outputs_i)ᵀ slope_i. A draw has
         * the derivative of a differentiable relaxation of it ({@link StraightThrough}). The likelihood's own
         * parameters do not change the rows.
         *
         * @param rows rows that {@link #generate} wrote last. Not modified.
         * @param slope derivative with respect to the rows, n × {@link Likelihood#width()}. Not modified.
         * @param outputGradient n × {@link Likelihood#outputs()}, overwritten; a different matrix
         */
        void generatedGradient(FMatrixRMaj rows, FMatrixRMaj slope, FMatrixRMaj outputGradient);

        /** Writes a draw of p(x | outputs), n × {@link Likelihood#width()}. */
        void sample(float[] parameters, FMatrixRMaj outputs, RandomGenerator random, FMatrixRMaj x);
    }
}
