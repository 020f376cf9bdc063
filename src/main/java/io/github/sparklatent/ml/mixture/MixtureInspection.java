package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Collects the figures and lines that {@code inspect} shows of a saved mixture. */
final class MixtureInspection {
    private static final int SHOWN = 20;

    private MixtureInspection() {}

    static LatentModel.Inspection of(GaussianMixtureModel model) {
        Mixture mixture = model.mixture();
        Optional<FitRecord> fit = model.fitRecord();
        Map<String, Object> figures =
                Json.object("weights", Arrays.stream(mixture.weights()).boxed().toList());
        figures.put("train", fit.map(MixtureInspection::train).orElse(null));
        figures.put("events", fit.map(FitRecord::events).orElse(null));
        figures.put("origin", fit.map(record -> Json.parse(record.origin())).orElse(null));
        Lines lines = new Lines();
        lines.add("weights", "%s", weights(mixture));
        fit.ifPresent(record -> describe(record, lines));
        return new LatentModel.Inspection(figures, lines);
    }

    private static Map<String, Object> train(FitRecord fit) {
        return Json.object(
                "rows", fit.rows(),
                "weight", fit.weight(),
                "meanLogLikelihood", fit.meanLogLikelihood(),
                "holdoutMeanLogLikelihood", fit.holdoutMeanLogLikelihood(),
                "rounds", fit.rounds(),
                "converged", fit.converged());
    }

    private static String weights(Mixture mixture) {
        return IntStream.range(0, mixture.components())
                .boxed()
                .sorted((a, b) -> Double.compare(mixture.weight(b), mixture.weight(a)))
                .limit(SHOWN)
                .map(k -> String.format(Locale.ROOT, "%d: %.4f", k, mixture.weight(k)))
                .collect(Collectors.joining(", ", "", mixture.components() > SHOWN ? ", ..." : ""));
    }

    private static void describe(FitRecord fit, Lines lines) {
        lines.add(
                "train",
                "%s, mean log-likelihood %.4f, %s, %s",
                Lines.count(fit.rows(), "row"),
                fit.meanLogLikelihood(),
                Lines.count(fit.rounds(), "round"),
                fit.converged() ? "converged" : "not converged");
        fit.events().forEach(event -> lines.add("event", "%s", event));
        lines.addOrigin(fit.origin());
    }
}
