package io.github.sparklatent.gmm.training;

import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.Round;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * A fitted mixture with its metrics and its history.
 *
 * @param <M> the mixture
 * @param mixture the parameters
 * @param metrics metrics of this fit
 * @param rows number of rows of the training table
 * @param weight total weight of these rows, without those that a robust fit leaves out
 * @param sizes N_k: sum of the weighted responsibilities of each component
 * @param posterior posterior of the parameters as {@link MixtureFamily.Fitted} has it; null if it is not known
 * @param history record of each expectation
 * @param warnings descriptions of the repairs made during the fit, as sentences
 */
public record MixtureFit<M>(
        M mixture,
        Candidate metrics,
        long rows,
        double weight,
        List<Double> sizes,
        DMatrixRMaj posterior,
        List<Round> history,
        List<String> warnings) {
    public MixtureFit {
        sizes = List.copyOf(sizes);
        history = List.copyOf(history);
        warnings = List.copyOf(warnings);
    }

    /** Returns the same fit with the mixture in another form. */
    public <N> MixtureFit<N> with(N other) {
        return with(other, metrics);
    }

    /** Returns the same fit with another mixture and its metrics. */
    public <N> MixtureFit<N> with(N other, Candidate its) {
        return new MixtureFit<>(other, its, rows, weight, sizes, posterior, history, warnings);
    }

    /**
     * Returns the number of components in use: those that explain at least one row.
     *
     * @param size of the sample, which gives the weight of a row
     */
    public int componentsInUse(SampleSize size) {
        return MixtureEvaluation.inUse(sizes, size);
    }
}
