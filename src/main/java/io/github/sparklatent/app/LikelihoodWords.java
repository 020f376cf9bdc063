package io.github.sparklatent.app;

import io.github.sparklatent.nn.Bernoulli;
import io.github.sparklatent.nn.Categorical;
import io.github.sparklatent.nn.Composite;
import io.github.sparklatent.nn.Gaussian;
import io.github.sparklatent.nn.Likelihood;
import io.github.sparklatent.nn.OutputGaussian;
import io.github.sparklatent.nn.Poisson;
import java.util.stream.Collectors;

/** Distributions of rows in the words of the configuration. */
final class LikelihoodWords {
    private LikelihoodWords() {}

    static String of(Likelihood likelihood) {
        if (likelihood instanceof Composite composite) {
            return composite.groups().stream()
                    .map(group -> of(group.likelihood()) + " of " + group.columns().size())
                    .collect(Collectors.joining(", "));
        }
        if (likelihood instanceof Gaussian gaussian) {
            return gaussian.learnt()
                    ? "gaussian (one learnt variance)"
                    : "gaussian (variance %s)".formatted(gaussian.variance());
        }
        if (likelihood instanceof OutputGaussian) {
            return "gaussian (a variance for each output)";
        }
        return likelihood instanceof Bernoulli
                ? "bernoulli"
                : likelihood instanceof Categorical
                        ? "categorical"
                        : likelihood instanceof Poisson ? "poisson" : likelihood.toString();
    }
}
