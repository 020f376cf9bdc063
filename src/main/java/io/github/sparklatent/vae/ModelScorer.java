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
    private final FMatrixRMaj decoded = new FMatrixRMaj(0, 0);

    ModelScorer(ScoringTask task) {
        this.task = task;
    }

    /** Computes the codes of rows, n × l, and their variances unless that is null. */
    void encode(FMatrixRMaj rows, FMatrixRMaj mean, FMatrixRMaj variance) {
        throw unsupported("the code of a row", "a network with an encoder");
    }

    /** Computes Σ_k α_k E[x | z = μ_k]: the mean of the components' μ_k may be far from all codes. */
    final void reconstruct(FMatrixRMaj rows, FMatrixRMaj mean) {
        int width = task.networks.inputs();
        mean.reshape(rows.numRows, width);
        mean.zero();
        decode(rows, (from, n, weights) -> {
            decoded.reshape(n, width);
            task.decoder.mean(task.parameters, decoded);
            for (int at = 0; at < n * width; at++) {
                mean.data[from * width + at] += (float) (weights[at / width] * decoded.data[at]);
            }
        });
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
        encode(rows, means, null);
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

    /** Computes log p(x), and the means of imputed rows unless that is null. */
    void logLikelihood(FMatrixRMaj rows, FMatrixRMaj target, int draws, FMatrixRMaj mean, double[] logLikelihood) {
        throw unsupported(mean == null ? "the log-likelihood of a row" : "the imputed row", "a variational network");
    }

    void responsibilities(FMatrixRMaj rows, FMatrixRMaj responsibilities) {
        throw unsupported("the component of a row", "a network with a mixture of codes");
    }

    final IllegalArgumentException unsupported(String what, String owner) {
        return new IllegalArgumentException("%s is of %s, found %s".formatted(what, owner, task.kind.withArticle()));
    }
}
