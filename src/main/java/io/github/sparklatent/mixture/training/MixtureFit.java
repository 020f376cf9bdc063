package io.github.sparklatent.mixture.training;

import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.mixture.MixedMixture;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * A fitted mixture with its metrics and its history.
 *
 * @param mixture the parameters
 * @param metrics metrics of this fit
 * @param rows number of rows of the training table
 * @param weight total weight of these rows, without those that a robust fit leaves out
 * @param sizes N_k: sum of the weighted responsibilities of each component
 * @param posterior posterior of the parameters, see {@code VariationalInference#summary}; null if the method has none
 * @param history record of each expectation
 * @param warnings descriptions of the repairs made during the fit, as sentences
 */
public record MixtureFit(
        MixedMixture mixture,
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

    /** Returns the same fit with another mixture and its metrics. */
    public MixtureFit with(MixedMixture other, Candidate its) {
        return new MixtureFit(other, its, rows, weight, sizes, posterior, history, warnings);
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
