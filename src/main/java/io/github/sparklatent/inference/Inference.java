package io.github.sparklatent.inference;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.UserCodeException;
import io.github.sparklatent.learn.em.EmListener;
import io.github.sparklatent.learn.em.EmLoop;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowWeights;
import java.util.Arrays;

/** Fits the posterior of a {@link BayesianModel}. */
public final class Inference {
    private Inference() {}

    /**
     * Fits a posterior.
     *
     * @param data the rows
     * @param from state to resume from; null to start
     * @param listener receives the rounds
     * @throws IllegalArgumentException if the model cannot be fitted with the options
     * @throws UserCodeException if the model's code throws an exception
     * @throws io.github.sparklatent.learn.DivergedException if the density is not finite around q
     */
    public static InferenceResult fit(
            BayesianModel model,
            RowBlocks data,
            InferenceOptions options,
            EmState<VariationalState> from,
            EmListener<VariationalState> listener) {
        SampleSize size = RowWeights.of(data);
        VariationalInference problem = new VariationalInference(model, options, size.number() / size.weight());
        EmState<VariationalState> start = from;
        if (start == null) {
            start = EmState.start(
                    problem.start(UserCodeException.calling(model, "start", () -> mean(model, data, options))));
        }
        EmResult<VariationalState> result = EmLoop.run(problem, data, start, options.stopping(), listener);
        return new InferenceResult(
                result.model().posterior(),
                VariationalInference.storedDraws(result.model().posterior(), options.seed()),
                result.history(),
                result.converged(),
                result.events(),
                size);
    }

    private static double[] mean(BayesianModel model, RowBlocks data, InferenceOptions options) {
        double[] mean = model.start(data, options.seed());
        Require.that(mean != null, "it returns null, expected numbers");
        Require.size("numbers to start from", mean.length, model.parameters().free());
        Require.that(Arrays.stream(mean).allMatch(Double::isFinite), "it returns a number that is not finite");
        return mean;
    }

    public static InferenceResult fit(BayesianModel model, RowBlocks data, InferenceOptions options) {
        return fit(model, data, options, null, (round, state) -> {});
    }
}
