package io.github.sparklatent.vae;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * Computes the scores of a model for {@link NetworkScorer}, which checks the sizes of batches; methods of the same name
 * compute the same. Random draws follow from the content of the rows; the target are the rows that are measured. Used
 * by one thread, with the buffers of one task. Scores that a model does not have throw an exception.
 */
abstract class ModelScorer {
    final ScoringTask task;
    private final FMatrixRMaj means = new FMatrixRMaj(0, 0);

    ModelScorer(ScoringTask task) {
        this.task = task;
    }

    void encode(FMatrixRMaj rows, FMatrixRMaj mean) {
        throw unsupported("the code of a row", "a network with an encoder");
    }

    void encode(FMatrixRMaj rows, FMatrixRMaj mean, FMatrixRMaj variance) {
        throw unsupported("the variance of a code", "a variational network");
    }

    void reconstruct(FMatrixRMaj rows, FMatrixRMaj mean) {
        encode(rows, means);
        task.decode(means, rows, mean);
    }

    /** Draws a code of each row from q(z|x). {@code codes}: n × l on return. */
    void draw(FMatrixRMaj rows, FMatrixRMaj codes) {
        throw unsupported("a draw of a code", "a variational network");
    }

    /**
     * Decodes the codes of rows: the mean of q(z|x), or of each of its components. The decoder then has the outputs of
     * the rows that the action is called with.
     *
     * @param rows n × d. Not modified.
     */
    void decode(FMatrixRMaj rows, DecodedRows action) {
        encode(rows, means);
        task.decoder.decode(task.parameters, means, rows);
        double[] whole = new double[rows.numRows];
        Arrays.fill(whole, 1);
        action.accept(0, rows.numRows, whole);
    }

    /** An action on some rows whose codes have just been decoded. */
    interface DecodedRows {
        /**
         * Is called once for each component of q(z|x).
         *
         * @param from first of the rows
         * @param count number of the rows
         * @param weights weight of the component in each row, count numbers. Not to be modified.
         */
        void accept(int from, int count, double[] weights);
    }

    /** Computes the two parts of −ELBO of each row, or of the model's other score, in nats. */
    abstract void measure(FMatrixRMaj rows, FMatrixRMaj target, double[] reconstruction, double[] divergence);

    void logLikelihood(FMatrixRMaj rows, FMatrixRMaj target, int samples, double[] logLikelihood) {
        throw unsupported("the log-likelihood of a row", "a variational network");
    }

    void impute(FMatrixRMaj rows, FMatrixRMaj target, int samples, FMatrixRMaj mean, double[] logLikelihood) {
        throw unsupported("the imputed row", "a variational network");
    }

    void responsibilities(FMatrixRMaj rows, FMatrixRMaj responsibilities) {
        throw unsupported("the component of a row", "a network with a mixture of codes");
    }

    private IllegalArgumentException unsupported(String what, String owner) {
        return new IllegalArgumentException("%s is of %s, found %s".formatted(what, owner, task.kind.withArticle()));
    }
}
