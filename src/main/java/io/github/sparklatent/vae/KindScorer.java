package io.github.sparklatent.vae;

import org.ejml.data.FMatrixRMaj;

/**
 * What {@link NetworkScorer} asks of one kind of network; it has seen to it that batches fit. Used
 * by one thread, with the buffers of one task. What a kind has not is refused in a sentence.
 */
interface KindScorer {
    /** The kind of network. */
    Kind kind();

    /**
     * @param rows n × d. Not modified.
     * @param mean n × l on return, the codes
     */
    default void encode(FMatrixRMaj rows, FMatrixRMaj mean) {
        throw lacks("the code of a row", "a network with an encoder");
    }

    /**
     * @param rows n × d. Not modified.
     * @param mean n × l on return
     * @param variance n × l on return
     */
    default void encode(FMatrixRMaj rows, FMatrixRMaj mean, FMatrixRMaj variance) {
        throw lacks("the variance of a code", "a variational network");
    }

    /**
     * @param rows n × d. Not modified.
     * @param mean n × d on return, what the network makes of them
     */
    default void reconstruct(FMatrixRMaj rows, FMatrixRMaj mean) {
        throw lacks("the reconstruction of a row", "a network with an encoder");
    }

    /**
     * The two parts of −ELBO of each row, or of what stands in its place, in nats.
     *
     * @param rows n × d, what the draws follow from. Not modified.
     * @param target n × d, what is measured. Not modified.
     * @param reconstruction n entries on return
     * @param divergence n entries on return
     */
    void measure(
            FMatrixRMaj rows, FMatrixRMaj target, double[] reconstruction, double[] divergence);

    /**
     * An estimate of log p(x) of each row by importance samples, in nats.
     *
     * @param rows n × d, what the draws follow from. Not modified.
     * @param target n × d, what is measured. Not modified.
     * @param samples of each row
     * @param logLikelihood n entries on return
     */
    default void logLikelihood(
            FMatrixRMaj rows, FMatrixRMaj target, int samples, double[] logLikelihood) {
        throw lacks("the log-likelihood of a row", "a variational network");
    }

    /** K, components of the latent space; 0 where it has none. */
    default int components() {
        return 0;
    }

    /**
     * @param rows n × d. Not modified.
     * @param responsibilities n × K on return, each row's add up to 1
     */
    default void responsibilities(FMatrixRMaj rows, FMatrixRMaj responsibilities) {
        throw lacks("the component of a row", "a network with a mixture of codes");
    }

    private IllegalArgumentException lacks(String what, String owner) {
        return new IllegalArgumentException(
                "%s is of %s, found %s".formatted(what, owner, kind().withArticle()));
    }
}
