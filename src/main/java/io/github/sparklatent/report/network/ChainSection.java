package io.github.sparklatent.report.network;

import io.github.sparklatent.report.Chart;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.network.ChainRound.Measures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The section that shows the chains of latent codes against epochs. */
public final class ChainSection {
    private final List<ChainRound> rounds;

    private ChainSection(List<ChainRound> rounds) {
        this.rounds = rounds;
    }

    /** Returns the section; without rounds, it has no blocks. */
    public static Section of(List<ChainRound> rounds) {
        List<Block> blocks = rounds.isEmpty() ? List.of() : new ChainSection(rounds).blocks();
        return new Section(
                "chains",
                "Hamiltonian chains",
                "A chain for each row starts at a draw of the encoder and moves towards the posterior of the row. Its end trains the decoder.",
                blocks);
    }

    private List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        boolean adapted = rounds.stream()
                        .map(round -> round.training().stepSize())
                        .distinct()
                        .count()
                > 1;
        blocks.add(figure(
                "chain-acceptance",
                "acceptance",
                "Mean acceptance probability of a transition." + (adapted ? " The step size is adapted to it." : ""),
                Measures::acceptance));
        blocks.add(figure(
                "chain-step-size",
                "step size",
                "Step size, in standard deviations of the encoder's posterior."
                        + (adapted
                                ? " A falling step size means that the posteriors of rows become narrower than the encoder's."
                                : " It is fixed."),
                Measures::stepSize));
        blocks.add(figure(
                "chain-effective-size",
                "effective sample size",
                "Effective sample size of one transition: 1 means that transitions are as good as independent draws. If it is below 0.2, the chains are too short and stay near the encoder's draw.",
                Measures::effectiveSize));
        if (rounds.stream().anyMatch(round -> round.training().divergent() > 0)) {
            blocks.add(figure(
                    "chain-divergent",
                    "divergent",
                    "Share of the transitions that were divergent and were rejected.",
                    Measures::divergent));
        }
        return blocks;
    }

    private Chart figure(String id, String name, String caption, ToDoubleFunction<Measures> value) {
        LearningFigure figure = new LearningFigure(id, name, caption, false);
        figure.fromZero();
        double[] epochs = rounds.stream().mapToDouble(ChainRound::epochs).toArray();
        figure.add(
                "training",
                epochs,
                rounds.stream()
                        .mapToDouble(r -> value.applyAsDouble(r.training()))
                        .toArray(),
                LearningFigure.TRAINING);
        figure.add(
                "held out",
                epochs,
                rounds.stream()
                        .mapToDouble(r -> value.applyAsDouble(r.holdout()))
                        .toArray(),
                LearningFigure.HELD_OUT);
        return figure.chart();
    }
}
