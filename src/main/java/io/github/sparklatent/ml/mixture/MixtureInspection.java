package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.scoring.FitRecord;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Collects the metrics and lines that {@code inspect} shows of a saved mixture. */
public final class MixtureInspection {
    private static final int SHOWN = 20;

    private MixtureInspection() {}

    /**
     * Returns the metrics and lines.
     *
     * @param more lines after those of the weights
     */
    public static LatentModel.Inspection of(double[] weights, Optional<FitRecord> fit, Lines more) {
        Map<String, Object> metrics =
                Json.object("weights", Arrays.stream(weights).boxed().toList());
        metrics.put("train", fit.map(MixtureInspection::train).orElse(null));
        metrics.put("warnings", fit.map(FitRecord::warnings).orElse(null));
        metrics.put("origin", fit.map(record -> Json.parse(record.origin())).orElse(null));
        Lines lines = new Lines();
        lines.add("weights", "%s", describe(weights));
        lines.addAll(more);
        fit.ifPresent(record -> describe(record, lines));
        return new LatentModel.Inspection(metrics, lines);
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

    private static String describe(double[] weights) {
        return IntStream.range(0, weights.length)
                .boxed()
                .sorted((a, b) -> Double.compare(weights[b], weights[a]))
                .limit(SHOWN)
                .map(k -> String.format(Locale.ROOT, "%d: %.4f", k, weights[k]))
                .collect(Collectors.joining(", ", "", weights.length > SHOWN ? ", ..." : ""));
    }

    private static void describe(FitRecord fit, Lines lines) {
        lines.add(
                "train",
                "%s, mean log-likelihood %.4f, %s, %s",
                Lines.count(fit.rows(), "row"),
                fit.meanLogLikelihood(),
                Lines.count(fit.rounds(), "round"),
                fit.converged() ? "converged" : "not converged");
        fit.warnings().forEach(warning -> lines.add("warning", "%s", warning));
        lines.addOrigin(fit.origin());
    }
}
