package io.github.sparklatent.vae;

import org.ejml.data.FMatrixRMaj;

/**
 * Computes the scores of a model for {@link NetworkScorer}, which checks the sizes of batches. Used by one thread, with
 * the buffers of one task. Scores that a model does not have throw an exception.
 */
abstract class ModelScorer {
    final ScoringTask task;

    ModelScorer(ScoringTask task) {
        this.task = task;
    }

    /**
     * Computes the codes of rows.
     *
     * @param rows n × d. Not modified.
     * @param mean n × l on return
     */
    void encode(FMatrixRMaj rows, FMatrixRMaj mean) {
        throw unsupported("the code of a row", "a network with an encoder");
    }

    /**
     * Computes mean and variance of q(z|x).
     *
     * @param rows n × d. Not modified.
     * @param mean n × l on return
     * @param variance n × l on return
     */
    void encode(FMatrixRMaj rows, FMatrixRMaj mean, FMatrixRMaj variance) {
        throw unsupported("the variance of a code", "a variational network");
    }

    /**
     * Computes the reconstructions of rows.
     *
     * @param rows n × d. Not modified.
     * @param mean n × d on return
     */
    void reconstruct(FMatrixRMaj rows, FMatrixRMaj mean) {
        throw unsupported("the reconstruction of a row", "a network with an encoder");
    }

    /**
     * Draws a code of each row from q(z|x).
     *
     * @param rows n × d, from whose content the random draws follow. Not modified.
     * @param codes n × l on return
     */
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
        throw unsupported("the decoded code of a row", "a network with an encoder");
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

    /**
     * Computes the two parts of −ELBO of each row, or of the model's other score, in nats.
     *
     * @param rows n × d, from whose content the random draws follow. Not modified.
     * @param target n × d, the rows that are measured. Not modified.
     * @param reconstruction n entries on return
     * @param divergence n entries on return
     */
    abstract void measure(FMatrixRMaj rows, FMatrixRMaj target, double[] reconstruction, double[] divergence);

    /**
     * Estimates log p(x) of each row by importance sampling, in nats.
     *
     * @param rows n × d, from whose content the random draws follow. Not modified.
     * @param target n × d, the rows that are measured. Not modified.
     * @param samples number of samples of each row
     * @param logLikelihood n entries on return
     */
    void logLikelihood(FMatrixRMaj rows, FMatrixRMaj target, int samples, double[] logLikelihood) {
        throw unsupported("the log-likelihood of a row", "a variational network");
    }

    /**
     * Estimates E[x | observed cells] of each row by importance sampling.
     *
     * @param rows n × d, from whose content the random draws follow. Not modified.
     * @param target n × d, the rows that are measured. Not modified.
     * @param samples number of samples of each row
     * @param mean n × d on return
     * @param logLikelihood n entries on return, those of {@link #logLikelihood}
     */
    void impute(FMatrixRMaj rows, FMatrixRMaj target, int samples, FMatrixRMaj mean, double[] logLikelihood) {
        throw unsupported("the imputed row", "a variational network");
    }

    /**
     * Computes the responsibilities of the prior's components.
     *
     * @param rows n × d. Not modified.
     * @param responsibilities n × K on return, rows of sum 1
     */
    void responsibilities(FMatrixRMaj rows, FMatrixRMaj responsibilities) {
        throw unsupported("the component of a row", "a network with a mixture of codes");
    }

    private IllegalArgumentException unsupported(String what, String owner) {
        return new IllegalArgumentException("%s is of %s, found %s".formatted(what, owner, task.kind.withArticle()));
    }
}
