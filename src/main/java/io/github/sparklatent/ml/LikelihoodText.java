package io.github.sparklatent.ml;

import io.github.sparklatent.nn.Bernoulli;
import io.github.sparklatent.nn.Categorical;
import io.github.sparklatent.nn.Gaussian;
import io.github.sparklatent.nn.Likelihood;
import io.github.sparklatent.nn.OutputGaussian;
import io.github.sparklatent.nn.Poisson;
import java.util.List;

/** Likelihoods of all columns alike as params have them. */
public final class LikelihoodText {
    /** What the variances that a network gives for each row stay above. */
    public static final double LEAST_VARIANCE = 1e-4;

    static final String GAUSSIAN = "gaussian";

    static final List<String> NAMES =
            List.of(
                    GAUSSIAN,
                    "gaussian-learnt",
                    "gaussian-output",
                    "bernoulli",
                    "categorical",
                    "poisson");

    private LikelihoodText() {}

    /**
     * The likelihood of a name.
     *
     * @param width columns of a row
     * @param variance of a gaussian whose variance is fixed
     */
    static Likelihood of(String name, int width, double variance) {
        return switch (name) {
            case GAUSSIAN -> Gaussian.fixed(width, variance);
            case "gaussian-learnt" -> Gaussian.learnt(width);
            case "gaussian-output" -> new OutputGaussian(width, LEAST_VARIANCE);
            case "bernoulli" -> new Bernoulli(width);
            case "categorical" -> new Categorical(width);
            case "poisson" -> new Poisson(width);
            default ->
                    throw new IllegalArgumentException(
                            "likelihood is \"%s\", expected one of %s".formatted(name, NAMES));
        };
    }
}
