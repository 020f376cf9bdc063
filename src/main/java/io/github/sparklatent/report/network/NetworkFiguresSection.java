package io.github.sparklatent.report.network;

import io.github.sparklatent.report.FigureLines;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.network.NetworkReport.Figures;
import io.github.sparklatent.report.network.NetworkReport.Network;
import io.github.sparklatent.report.network.NetworkReport.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The section with all figures of a network in two tables, and its layers in a third. */
final class NetworkFiguresSection {

    private NetworkFiguresSection() {}

    static Section of(NetworkReport report) {
        Training training = report.training();
        List<Block> blocks = new ArrayList<>(List.of(rows(training), model(report)));
        if (!training.missing().isEmpty()) {
            blocks.add(FigureLines.missing(training.missing()));
        }
        if (!report.network().layers().isEmpty()) {
            blocks.add(layers(report.network()));
        }
        return new Section("figures", "Figures", scaled(report), blocks);
    }

    private static String scaled(NetworkReport report) {
        Training training = report.training();
        if (!report.network().likelihood().isEmpty()) {
            return FigureLines.scaled(training.scale(), training.logJacobian());
        }
        return training.scale().equals("none")
                ? ""
                : "The rows were scaled ("
                        + training.scale()
                        + "): the discriminator works on the scaled rows.";
    }

    private static Table rows(Training training) {
        boolean holdout = training.holdoutRows() > 0;
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(
                FigureLines.of(
                        holdout,
                        "Rows",
                        Numbers.count(training.rows()),
                        Numbers.count(training.holdoutRows())));
        add(rows, training, "ELBO, nats per row (higher is better)", Figures::elbo);
        add(rows, training, "Reconstruction loss, nats per row", Figures::reconstruction);
        add(rows, training, "KL divergence, nats per row", Figures::kl);
        add(rows, training, "Log-likelihood, nats per row", Figures::logLikelihood);
        add(rows, training, "Squared error per feature", Figures::squaredError);
        training.further().stream()
                .filter(figure -> !Double.isNaN(figure.train()) || !Double.isNaN(figure.holdout()))
                .forEach(figure -> rows.add(FigureLines.of(holdout, figure)));
        return new Table(
                "figures-rows",
                "Figures of the kept model.",
                "",
                FigureLines.head(holdout),
                rows,
                false);
    }

    private static void add(
            List<List<Cell>> rows,
            Training training,
            String name,
            ToDoubleFunction<Figures> figure) {
        add(
                rows,
                name,
                figure.applyAsDouble(training.train()),
                figure.applyAsDouble(training.holdout()),
                training.holdoutRows() > 0);
    }

    private static void add(
            List<List<Cell>> rows, String name, double train, double holdout, boolean hasHoldout) {
        if (!Double.isNaN(train) || !Double.isNaN(holdout)) {
            rows.add(
                    FigureLines.of(
                            hasHoldout, name, Numbers.figure(train), Numbers.figure(holdout)));
        }
    }

    private static Table model(NetworkReport report) {
        Network network = report.network();
        Training training = report.training();
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(FigureLines.of("Features", Numbers.count(network.features())));
        rows.add(FigureLines.of("Latent dimensions", Numbers.count(network.latent())));
        if (!network.likelihood().isEmpty()) {
            rows.add(FigureLines.of("Likelihood", network.likelihood()));
        }
        rows.add(FigureLines.of("Parameters", Numbers.count(network.parameters())));
        rows.add(FigureLines.of("Epochs", Numbers.chosen(training.epochs())));
        rows.add(FigureLines.of("Rounds", Numbers.count(training.rounds())));
        rows.add(
                FigureLines.of(
                        "Kept parameters",
                        (training.averaged() ? "moving average, round " : "round ")
                                + Numbers.count(training.keptRound())
                                + NetworkSummary.inStage(report)));
        rows.add(FigureLines.of("Partitions", training.partitions()));
        rows.add(FigureLines.of("Rows left out as invalid", Numbers.count(training.skippedRows())));
        rows.addAll(FigureLines.times(report.seconds()));
        return new Table(
                "figures-model", "Model and job.", "words", List.of("", "Value"), rows, false);
    }

    private static Table layers(Network network) {
        List<List<Cell>> rows =
                network.layers().stream()
                        .map(
                                layer ->
                                        List.of(
                                                Cell.of(layer.part()),
                                                Cell.of(layer.description()),
                                                Cell.of(Numbers.count(layer.parameters()))))
                        .toList();
        return new Table(
                "figures-layers",
                "Layers from the input to the output.",
                "layers",
                List.of("Part", "Layer", "Parameters"),
                rows,
                true);
    }
}
