package io.github.sparklatent.ml.network.keys;

import static io.github.sparklatent.vae.objective.HamiltonianOptions.DEFAULT;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.value.ValueTypes;
import java.util.List;

/** The keys of deep latent Gaussian models; the defaults are those of their options. */
public final class ChainKeys {
    public static final Key<Integer> CHAIN_STEPS =
            Key.of(
                    "train.chainSteps",
                    ValueTypes.integer(1),
                    DEFAULT.chainSteps(),
                    "transitions of the Hamiltonian chain of a row in each training step");
    public static final Key<Integer> LEAPFROG_STEPS =
            Key.of(
                    "train.leapfrogSteps",
                    ValueTypes.integer(1),
                    DEFAULT.leapfrogSteps(),
                    "leapfrog steps of a transition; each decodes the batch once");
    public static final Key<Double> STEP_SIZE =
            Key.of(
                    "train.stepSize",
                    ValueTypes.positive(),
                    DEFAULT.stepSize(),
                    "size of a leapfrog step at the start, in standard deviations of q(z|x)");
    public static final Key<Double> TARGET_ACCEPTANCE =
            Key.of(
                    "train.targetAcceptance",
                    ValueTypes.fraction(),
                    DEFAULT.targetAcceptance(),
                    "mean acceptance probability to which the step size is adapted; 0: it is"
                            + " fixed");

    public static final List<Key<?>> ALL =
            List.of(
                    NetworkKeys.BINARIZE,
                    VariationalKeys.SAMPLES,
                    VariationalKeys.BETA_WARM_UP,
                    CHAIN_STEPS,
                    LEAPFROG_STEPS,
                    STEP_SIZE,
                    TARGET_ACCEPTANCE,
                    VariationalKeys.IMPORTANCE_SAMPLES,
                    VariationalKeys.SCORE_COLUMNS,
                    VariationalKeys.SCORE_SAMPLES,
                    VariationalKeys.SCORE_RECONSTRUCTION);

    private ChainKeys() {}
}
