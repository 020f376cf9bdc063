package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;

/**
 * A family of mixtures, as far as {@link ComponentSearch} needs to know it.
 *
 * @param <M> the mixture
 * @param <S> the model of a fit between two rounds
 */
public interface MixtureFamily<M, S> {
    /** Requires enough distinct rows for a number of components. Throws a DataException if there are fewer. */
    void requireRows(int components);

    /**
     * Returns whether a search may try a number of components: there are enough distinct rows, and the parameters fit
     * into arrays.
     */
    boolean isPossible(int components);

    /**
     * Returns the model that a fit starts from.
     *
     * @param restart number of the restart, from 0
     */
    S start(int components, int restart);

    /**
     * Runs one fit.
     *
     * @param start the state to start or to continue from
     * @param rounds runs the rounds
     */
    Fitted<M> fit(int components, EmState<S> start, Rounds<S> rounds);

    /** Returns the responsibilities of the components of a mixture for rows. */
    Responsibilities responsibilities(M mixture);

    /** Returns the number of free parameters of some of the components of a mixture. */
    long freeParameters(M mixture, int components);

    /**
     * Runs the rounds of one fit.
     *
     * @param <S> the model of a fit between two rounds
     */
    interface Rounds<S> {
        /**
         * Runs the rounds.
         *
         * @param model returns the model that the problem uses
         * @param state inverse of {@code model}
         */
        <P> EmResult<P> run(ExpectationMaximization<P> problem, Function<S, P> model, Function<P, S> state);
    }

    /**
     * The result of the rounds.
     *
     * @param mixture the fitted mixture
     * @param result result of the loop
     * @param meanLogLikelihood mean log-likelihood of the training rows, nats per row; a robust fit leaves some of them
     *     out
     * @param sizes N_k: sum of the weighted responsibilities of each component
     * @param weight weight of the rows that the fit has not left out
     * @param posterior summary of the posterior of the parameters, see {@code VariationalInference#summary}; null if
     *     the method has none
     */
    record Fitted<M>(
            M mixture,
            EmResult<?> result,
            double meanLogLikelihood,
            double[] sizes,
            double weight,
            DMatrixRMaj posterior) {
        /** Creates a result from an evaluation of the mixture. */
        public Fitted(M mixture, EmResult<?> result, MixtureEvaluation evaluation, DMatrixRMaj posterior) {
            this(
                    mixture,
                    result,
                    evaluation.meanLogLikelihood(),
                    evaluation.sizes().stream().mapToDouble(size -> size).toArray(),
                    evaluation.weight(),
                    posterior);
        }
    }
}
