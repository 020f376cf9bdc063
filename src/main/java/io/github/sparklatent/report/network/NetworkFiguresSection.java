package io.github.sparklatent.report.network;

import io.github.sparklatent.report.FigureLines;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.network.NetworkReport.Network;
import io.github.sparklatent.report.network.NetworkReport.Training;
import java.util.ArrayList;
import java.util.List;

/** The section with all figures of a network in two tables, and its layers in a third. */
final class NetworkFiguresSection {

    private NetworkFiguresSection() {}

    static Section of(NetworkReport report) {
        Training training = report.training();
        List<Block> blocks =
                new ArrayList<>(
                        List.of(
                                training.measures().table("Figures of the kept model."),
                                model(report)));
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
