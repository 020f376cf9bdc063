package io.github.sparklatent.app;

import io.github.sparklatent.gmm.Mixture;
import io.github.sparklatent.ml.FitRecord;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints what a saved mixture is and where it came from. */
final class InspectJob implements Work {
    private static final int SHOWN = 20;

    private final JobContext context;
    private SavedModel model;

    InspectJob(JobContext context) {
        this.context = context;
    }

    @Override
    public void check() {
        model = SavedModel.load(context.spark(), context.configuration().savedModel());
    }

    @Override
    public Outcome run() {
        return new Outcome(figures(), text());
    }

    private Map<String, Object> figures() {
        Map<String, Object> figures =
                Json.object(
                        "path", model.path(),
                        "model", TrainFigures.model(model.parameters()),
                        "columns", model.inputColumns(),
                        "scale", scale(),
                        "weights", Arrays.stream(model.parameters().weights()).boxed().toList());
        Optional<FitRecord> fit = model.mixture().fitRecord();
        figures.put("train", fit.map(InspectJob::train).orElse(null));
        figures.put("events", fit.map(FitRecord::events).orElse(null));
        figures.put("origin", fit.map(record -> Json.parse(record.origin())).orElse(null));
        return figures;
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

    private String scale() {
        return model.scaling().kind().name().toLowerCase(Locale.ROOT);
    }

    private String text() {
        Mixture mixture = model.parameters();
        Lines lines = new Lines();
        lines.add("model", "%s", TrainFigures.describe(mixture));
        lines.add("path", "%s", model.path());
        if (!model.inputColumns().isEmpty()) {
            String more = model.inputColumns().size() > SHOWN ? ", ..." : "";
            lines.add(
                    "columns",
                    "%s%s",
                    model.inputColumns().stream().limit(SHOWN).collect(Collectors.joining(", ")),
                    more);
        }
        lines.add("scale", "%s", scale());
        lines.add("weights", "%s", weights(mixture));
        model.mixture().fitRecord().ifPresent(fit -> describe(fit, lines));
        return lines.toString();
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
                "%d rows, mean log-likelihood %.4f, %d rounds, %s",
                fit.rows(),
                fit.meanLogLikelihood(),
                fit.rounds(),
                fit.converged() ? "converged" : "not converged");
        fit.events().forEach(event -> lines.add("event", "%s", event));
        Json.parse(fit.origin())
                .forEach(
                        (name, value) ->
                                lines.add(
                                        "origin",
                                        "%s = %s",
                                        name,
                                        value instanceof String text ? text : Json.line(value)));
    }
}
