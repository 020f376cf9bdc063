package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.scoring.NetworkFit;
import io.github.sparklatent.scoring.StageFit;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes a saved network. */
final class NetworkInspection {
    private NetworkInspection() {}

    static LatentModel.Inspection of(NetworkModel<?> model) {
        TrainedNetwork network = model.network();
        List<Parameter> parameters = network.architecture().parameters(network.kind());
        Optional<NetworkFit> fit = model.fitRecord();
        Map<String, Object> metrics = Json.object(
                "parameters", parameters.stream().map(NetworkInspection::json).toList());
        metrics.put("train", fit.map(NetworkInspection::train).orElse(null));
        metrics.put("origin", fit.map(record -> Json.parse(record.origin())).orElse(null));
        Lines lines = new Lines();
        lines.add("networks", "%s", network.architecture().describe(network.kind()));
        for (Parameter p : parameters) {
            lines.add("parameter", "%s, %d x %d", p.name(), p.rows(), p.columns());
        }
        fit.ifPresent(record -> describe(record, lines));
        return new LatentModel.Inspection(metrics, lines);
    }

    private static Map<String, Object> json(Parameter parameter) {
        return Json.object(
                "name", parameter.name(),
                "rows", parameter.rows(),
                "columns", parameter.columns());
    }

    private static Map<String, Object> train(NetworkFit fit) {
        return Json.object(
                "rows", fit.rows(),
                "rounds", fit.rounds(),
                "epochs", fit.epochs(),
                "bestRound", bestRound(fit),
                "stoppedEarly", fit.stoppedEarly(),
                "train", NetworkMetrics.named(fit.measures(), fit.train()),
                "holdout", NetworkMetrics.named(fit.measures(), fit.holdout()));
    }

    /** Returns the number of the best round, counted over all stages as {@code rounds} is. */
    private static int bestRound(NetworkFit fit) {
        StageFit last = fit.stages().get(fit.stages().size() - 1);
        return fit.rounds() - last.rounds() + fit.bestRound();
    }

    private static void describe(NetworkFit fit, Lines lines) {
        lines.add(
                "train",
                "%s, %s, %s, %.2f epochs",
                Lines.count(fit.rows(), "row"),
                Lines.measures(NetworkMetrics.named(fit.measures(), fit.train())),
                Lines.count(fit.rounds(), "round"),
                fit.epochs());
        if (!fit.holdout().isEmpty()) {
            lines.add("holdout", "%s", Lines.measures(NetworkMetrics.named(fit.measures(), fit.holdout())));
        }
        lines.addOrigin(fit.origin());
    }
}
