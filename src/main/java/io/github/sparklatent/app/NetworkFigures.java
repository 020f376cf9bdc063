package io.github.sparklatent.app;

import io.github.sparklatent.learn.AveragingResult;
import io.github.sparklatent.learn.AveragingState;
import io.github.sparklatent.learn.NetworkRound;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.vae.Architecture;
import io.github.sparklatent.vae.Kind;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The figures of a network's training, for programs and for people. */
final class NetworkFigures {
    private final TrainedAutoencoder trained;
    private final Phases phases;

    NetworkFigures(TrainedAutoencoder trained, Phases phases) {
        this.trained = trained;
        this.phases = phases;
    }

    /** What a network is. */
    static Map<String, Object> model(TrainedNetwork network) {
        Architecture architecture = network.architecture();
        return Json.object(
                "type", type(network.kind()),
                "latent", architecture.latent(),
                "features", architecture.inputs(),
                "parameters", architecture.parameterCount(network.kind()),
                "architecture", architecture.describe());
    }

    private static String type(Kind kind) {
        return kind == Kind.AUTOENCODER ? "ae" : "vae";
    }

    /** A network in a few words. */
    static String describe(TrainedNetwork network) {
        return "%s, %d latent variables, %d features, %d parameters"
                .formatted(
                        network.kind() == Kind.AUTOENCODER
                                ? "Autoencoder"
                                : "Variational autoencoder",
                        network.architecture().latent(),
                        network.architecture().inputs(),
                        network.architecture().parameterCount(network.kind()));
    }

    /** A network's widths, as a line of progress has room for: {@code VAE 784-500-20}. */
    static String shortName(Kind kind, Architecture architecture) {
        String hidden =
                architecture.encoder().stream()
                        .map(
                                layer ->
                                        layer instanceof LayerSpec.Kernel kernel
                                                ? "c" + kernel.channels()
                                                : String.valueOf(((LayerSpec.Width) layer).width()))
                        .map(text -> text + "-")
                        .collect(Collectors.joining());
        return "%s %d-%s%d"
                .formatted(
                        type(kind).toUpperCase(Locale.ROOT),
                        architecture.inputs(),
                        hidden,
                        architecture.latent());
    }

    /** What stands in {@code metrics.json}; seconds are those up to now. */
    Map<String, Object> json() {
        AveragingResult result = trained.result();
        Map<String, Object> train = new LinkedHashMap<>(trained.train());
        train.put("rounds", result.state().rounds());
        train.put("passes", passes());
        train.put("bestRound", result.round());
        train.put("movingAverage", result.movingAverage());
        train.put("stoppedEarly", result.stoppedEarly());
        return Json.object(
                "model", model(trained.network()),
                "rows",
                        Json.object(
                                "train", trained.rows().facts().rows(),
                                "holdout", trained.holdoutRows(),
                                "skipped", trained.rows().facts().skipped()),
                "partitions", trained.rows().train().partitions(),
                "scaling", LogJacobian.json(trained.rows().scaling()),
                "train", train,
                "holdout", trained.holdout().orElse(null),
                "seconds", phases.rounded(),
                "warnings", trained.warnings(),
                "origin", trained.origin().entries());
    }

    private double passes() {
        AveragingState state = trained.result().state();
        return state.rounds() == 0 ? 0 : state.history().get(state.rounds() - 1).passes();
    }

    /**
     * The same in a few lines.
     *
     * @param path where the result lies
     */
    String text(String path) {
        AveragingResult result = trained.result();
        Lines lines = new Lines();
        lines.add("model", "%s", describe(trained.network()));
        lines.add(
                "train",
                "%d rows, %s, %d rounds, %.2f passes%s",
                trained.rows().facts().rows(),
                Lines.measures(trained.train()),
                result.state().rounds(),
                passes(),
                result.stoppedEarly() ? ", stopped early" : "");
        trained.holdout()
                .ifPresent(
                        holdout ->
                                lines.add(
                                        "holdout",
                                        "%d rows, %s, best after round %d",
                                        trained.holdoutRows(),
                                        Lines.measures(holdout),
                                        result.round()));
        if (!trained.warnings().isEmpty()) {
            lines.add(
                    "warning",
                    "%s",
                    trained.warnings().stream().limit(5).collect(Collectors.joining("; ")));
        }
        lines.add("seconds", "%s", Lines.seconds(phases));
        lines.add("result", "%s", path);
        return lines.toString();
    }

    /** A line of {@code rounds.jsonl} for each round. */
    List<Map<String, Object>> rounds() {
        List<NetworkRound> history = trained.result().history();
        return IntStream.range(0, history.size())
                .mapToObj(i -> line(history.get(i), i == 0 ? null : history.get(i - 1)))
                .toList();
    }

    private Map<String, Object> line(NetworkRound round, NetworkRound before) {
        return Json.object(
                "round", round.number(),
                "passes", round.passes(),
                "objective", round.loss(),
                "parts", named(round.measures()),
                "change", before == null ? null : (Object) (round.loss() - before.loss()),
                "holdout", round.heldOut().isEmpty() ? null : named(round.heldOut()),
                "averageHoldout",
                        round.averageHeldOut().isEmpty() ? null : named(round.averageHeldOut()),
                "rows", round.rows(),
                "steps", round.steps(),
                "learningRate", round.learningRate(),
                "seconds",
                        Json.object(
                                "broadcast", round.broadcast(),
                                "compute", round.compute(),
                                "reduce", round.reduce(),
                                "update", round.update(),
                                "evaluate", round.evaluate()));
    }

    private Map<String, Object> named(List<Double> values) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            named.put(trained.measures().get(i), values.get(i));
        }
        return named;
    }
}
