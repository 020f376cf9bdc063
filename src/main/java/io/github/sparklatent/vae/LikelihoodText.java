package io.github.sparklatent.vae;

import io.github.sparklatent.nn.Bernoulli;
import io.github.sparklatent.nn.Categorical;
import io.github.sparklatent.nn.Composite;
import io.github.sparklatent.nn.Gaussian;
import io.github.sparklatent.nn.Likelihood;
import io.github.sparklatent.nn.OutputGaussian;
import io.github.sparklatent.nn.Poisson;
import java.util.ArrayList;
import java.util.List;

/** Likelihoods as terms and back. */
final class LikelihoodText {
    private LikelihoodText() {}

    static Term write(Likelihood likelihood) {
        if (likelihood instanceof Bernoulli bernoulli) {
            return Term.of("bernoulli", bernoulli.width());
        }
        if (likelihood instanceof Categorical categorical) {
            return Term.of("categorical", categorical.width());
        }
        if (likelihood instanceof Poisson poisson) {
            return Term.of("poisson", poisson.width());
        }
        if (likelihood instanceof OutputGaussian g) {
            return Term.of("output-gaussian", g.width(), g.lowerBound());
        }
        if (likelihood instanceof Gaussian g) {
            String variance = g.learnt() ? "learnt" : "fixed";
            return Term.of("gaussian", g.width(), g.variance(), variance);
        }
        if (likelihood instanceof Composite composite) {
            return Term.of(
                    "composite", composite.groups().stream().map(LikelihoodText::group).toArray());
        }
        throw new IllegalArgumentException(
                "likelihood is %s, which has no text".formatted(likelihood));
    }

    private static Term group(Composite.Group group) {
        return Term.of(
                "group",
                new Term(
                        "columns",
                        group.columns().stream()
                                .map(column -> Term.of(column.toString()))
                                .toList()),
                write(group.likelihood()));
    }

    static Likelihood read(Term term) {
        return switch (term.name()) {
            case "bernoulli" -> new Bernoulli(term.integer(0));
            case "categorical" -> new Categorical(term.integer(0));
            case "poisson" -> new Poisson(term.integer(0));
            case "output-gaussian" -> new OutputGaussian(term.integer(0), term.number(1));
            case "gaussian" ->
                    new Gaussian(
                            term.integer(0), term.number(1), term.part(2).name().equals("learnt"));
            case "composite" ->
                    new Composite(term.parts().stream().map(LikelihoodText::readGroup).toList());
            default ->
                    throw new IllegalArgumentException(
                            "likelihood is \"%s\", expected one this version knows"
                                    .formatted(term.name()));
        };
    }

    private static Composite.Group readGroup(Term term) {
        Term columns = term.part(0);
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < columns.parts().size(); i++) {
            places.add(columns.integer(i));
        }
        return new Composite.Group(places, read(term.part(1)));
    }
}
