package io.github.sparklatent.ml.network;

import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.learn.stage.StagedResult;
import io.github.sparklatent.learn.stage.StagedResult.Round;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.report.Words;
import io.github.sparklatent.scoring.NetworkFit;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Describes networks, and the rounds of a training in {@code rounds.jsonl}. */
final class NetworkMetrics {
    private NetworkMetrics() {}

    /** Returns a description of a network for programs. */
    static Map<String, Object> model(ModelType type, TrainedNetwork network) {
        Architecture architecture = network.architecture();
        return Json.object(
                "type", type.type(),
                "latent", architecture.latent(),
                "features", architecture.inputs(),
                "parameters", architecture.parameterCount(network.kind()),
                "architecture", architecture.describe(network.kind()));
    }

    /** Returns a short description of a network. */
    static String describe(TrainedNetwork network) {
        String components = network.clusters() == null ? "" : Lines.count(network.components(), "component") + ", ";
        return "%s, %s, %s%s, %s"
                .formatted(
                        Words.capitalised(network.kind().words()),
                        Lines.count(network.architecture().latent(), "latent variable"),
                        components,
                        Lines.count(network.architecture().inputs(), "feature"),
                        Lines.count(network.architecture().parameterCount(network.kind()), "parameter"));
    }

    /** Returns the widths of a network for a progress line, such as {@code VAE 784-500-20}. */
    static String shortName(ModelType type, Architecture architecture) {
        String hidden = architecture.encoder().stream()
                .map(layer -> layer instanceof LayerSpec.Kernel kernel
                        ? "c" + kernel.channels()
                        : String.valueOf(((LayerSpec.Width) layer).width()))
                .map(text -> text + "-")
                .collect(Collectors.joining());
        return "%s %d-%s%d"
                .formatted(type.type().toUpperCase(Locale.ROOT), architecture.inputs(), hidden, architecture.latent());
    }

    /** Returns a line of {@code rounds.jsonl} for each round. */
    static List<Map<String, Object>> rounds(StagedResult staged) {
        List<Round> rounds = staged.rounds();
        return IntStream.range(0, rounds.size())
                .mapToObj(i -> line(
                        staged.stages().size() > 1,
                        rounds.get(i),
                        rounds.get(i).isFirst() ? null : rounds.get(i - 1).record()))
                .toList();
    }

    private static Map<String, Object> line(boolean staged, Round of, NetworkRound before) {
        NetworkRound round = of.record();
        List<String> measures = of.stage().measures();
        Map<String, Object> line = new LinkedHashMap<>();
        if (staged) {
            line.put("stage", of.stage().name());
        }
        line.putAll(Json.object(
                "round", round.number(),
                "epochs", round.epochs(),
                "objective", round.loss(),
                "parts", named(measures, round.measures()),
                "change", before == null ? null : (Object) (round.loss() - before.loss()),
                "holdout", named(measures, round.heldOut()),
                "averageHoldout", named(measures, round.averageHeldOut()),
                "rows", round.rows(),
                "steps", round.steps(),
                "partitions", round.traffic().partitions(),
                "bytesToDriver", round.traffic().bytes(),
                "learningRates", rates(round.learningRates()),
                "seconds",
                        Json.object(
                                "broadcast", round.broadcast(),
                                "compute", round.compute(),
                                "reduce", round.reduce(),
                                "update", round.update(),
                                "evaluate", round.evaluate())));
        return line;
    }

    /** Returns the learning rates by parameter group. Without a discriminator the only group is {@code model}. */
    private static Map<String, Object> rates(List<LearningRate> rates) {
        Map<String, Object> named = new LinkedHashMap<>();
        rates.forEach(rate -> named.put(rate.group(), rate.value()));
        return named;
    }

    /** Returns the values by name, or null if nothing was measured. */
    static Map<String, Object> named(List<String> names, List<Double> values) {
        if (values.isEmpty()) {
            return null;
        }
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            named.put(names.get(i), values.get(i));
        }
        return named;
    }

    /** Describes a saved network. */
    static LatentModel.Inspection inspection(NetworkModel<?> model) {
        TrainedNetwork network = model.network();
        List<Parameter> parameters = network.architecture().parameters(network.kind());
        Optional<NetworkFit> fit = model.fitRecord();
        Map<String, Object> metrics = Json.object(
                "parameters", parameters.stream().map(NetworkMetrics::json).toList());
        metrics.put("train", fit.map(NetworkMetrics::train).orElse(null));
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
                "bestRound", fit.keptRound(),
                "stoppedEarly", fit.stoppedEarly(),
                "train", named(fit.measures(), fit.train()),
                "holdout", named(fit.measures(), fit.holdout()));
    }

    private static void describe(NetworkFit fit, Lines lines) {
        lines.add(
                "train",
                "%s, %s, %s, %.2f epochs",
                Lines.count(fit.rows(), "row"),
                Lines.measures(named(fit.measures(), fit.train())),
                Lines.count(fit.rounds(), "round"),
                fit.epochs());
        if (!fit.holdout().isEmpty()) {
            lines.add("holdout", "%s", Lines.measures(named(fit.measures(), fit.holdout())));
        }
        lines.addOrigin(fit.origin());
    }
}
