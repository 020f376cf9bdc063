package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.gmm.training.Candidate;
import io.github.sparklatent.gmm.training.ComponentChoice;
import io.github.sparklatent.ml.evaluation.LabelMeasures.Agreement;
import io.github.sparklatent.ml.evaluation.LogJacobian;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of a training, as JSON and as lines of text. */
final class TrainFigures {
    private final TrainedMixture<?> trained;

    TrainFigures(TrainedMixture<?> trained) {
        this.trained = trained;
    }

    /** Returns the content of {@code metrics.json}, with the seconds used so far. */
    Map<String, Object> json() {
        Candidate best = trained.best();
        Map<String, Object> train = measures(best.meanLogLikelihood(), false);
        train.put("rounds", best.rounds());
        train.put("converged", best.converged());
        train.put("objective", best.objective());
        train.put("componentsInUse", componentsInUse());
        train.put("bic", best.bic());
        train.put("aic", best.aic());
        Map<String, Object> rows = Json.object("train", trained.facts().rows());
        if (trained.fit().rows() < trained.facts().rows()) {
            rows.put("fitted", trained.fit().rows());
        }
        rows.put("holdout", trained.holdoutRows());
        rows.put("skipped", trained.table().facts().skipped());
        return Json.object(
                "model", trained.model().figures(),
                "rows", rows,
                "partitions", trained.table().partitions().number(),
                "partitionsReason", trained.table().partitions().reason(),
                "missing", trained.table().facts().missingByFeature(),
                "scaling",
                        LogJacobian.json(
                                trained.table().scaling(),
                                trained.table().facts(),
                                trained.context().isWeighted()),
                "train", train,
                "holdout",
                        trained.holdoutRows() == 0
                                ? null
                                : measures(best.holdoutMeanLogLikelihood(), true),
                "seconds", trained.context().monitor().seconds(),
                "candidates", trained.result().candidates().stream().map(this::candidate).toList(),
                "events", trained.fit().events(),
                "warnings", trained.warnings(),
                "origin", trained.origin().entries());
    }

    private long componentsInUse() {
        return trained.fit().componentsInUse(trained.result().size());
    }

    /** Returns the figures that describe a mixture. */
    static Map<String, Object> model(Mixture mixture) {
        return Json.object(
                "type", "gmm",
                "components", mixture.components(),
                "covariance", mixture.type().toString(),
                "features", mixture.dimension(),
                "parameters", mixture.freeParameters());
    }

    private Map<String, Object> measures(double meanLogLikelihood, boolean heldOut) {
        Map<String, Object> measures = new LinkedHashMap<>();
        measures.put("meanLogLikelihood", meanLogLikelihood);
        Agreement agreement = trained.agreement().get(heldOut);
        if (agreement != null) {
            measures.putAll(agreement.figures());
        }
        return measures;
    }

    private Map<String, Object> candidate(Candidate candidate) {
        return Json.object(
                "components", candidate.components(),
                "restart", candidate.restart(),
                "rounds", candidate.rounds(),
                "converged", candidate.converged(),
                "meanLogLikelihood", candidate.meanLogLikelihood(),
                "holdoutMeanLogLikelihood", candidate.holdoutMeanLogLikelihood(),
                "mutualInformation", candidate.mutualInformation(),
                "bic", candidate.bic(),
                "aic", candidate.aic(),
                "objective", candidate.objective());
    }

    /** Returns the same figures as lines of text. */
    Lines lines() {
        Candidate best = trained.best();
        Lines lines = new Lines();
        lines.add("model", "%s", trained.model().describe());
        int fits = trained.result().candidates().size();
        lines.add(
                "train",
                "%s%s, %s, %s, %s%s",
                Lines.count(trained.facts().rows(), "row"),
                trained.fit().rows() < trained.facts().rows()
                        ? ", fitted to %d of them".formatted(trained.fit().rows())
                        : "",
                Lines.measures(measures(best.meanLogLikelihood(), false)),
                Lines.count(best.rounds(), "round"),
                best.converged() ? "converged" : "not converged",
                fits > 1 ? ", the best of " + fits + " fits" : "");
        if (trained.search().choosesComponents()) {
            lines.add(
                    "components",
                    "%d by %s among %s",
                    best.components(),
                    trained.search().criterion(),
                    ComponentChoice.tried(trained.result()));
        }
        if (componentsInUse() < best.components()) {
            lines.add(
                    "in use",
                    "%d of %s",
                    componentsInUse(),
                    Lines.count(best.components(), "component"));
        }
        if (trained.holdoutRows() > 0) {
            lines.add(
                    "holdout",
                    "%s, %s",
                    Lines.count(trained.holdoutRows(), "row"),
                    Lines.measures(measures(best.holdoutMeanLogLikelihood(), true)));
        }
        lines.addNotes("event", trained.fit().events());
        lines.addNotes("warning", trained.warnings());
        return lines;
    }

    /** Returns the number of factors of each component; 0 if covariances are not factored. */
    static int factors(Mixture mixture) {
        return mixture.type().isFactored() ? mixture.factors() : 0;
    }

    static String describe(Mixture mixture) {
        int factors = factors(mixture);
        return "Gaussian mixture, %s, %s covariance%s, %s, %s"
                .formatted(
                        Lines.count(mixture.components(), "component"),
                        mixture.type(),
                        factors == 0 ? "" : " of " + Lines.count(factors, "factor"),
                        Lines.count(mixture.dimension(), "feature"),
                        Lines.count(mixture.freeParameters(), "parameter"));
    }
}
