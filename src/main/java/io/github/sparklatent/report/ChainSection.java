package io.github.sparklatent.report;

import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.TrainingRounds.Round;
import io.github.sparklatent.vae.objective.HamiltonianObjective;
import java.util.ArrayList;
import java.util.List;

/** The section that shows the chains of latent codes against epochs. */
public final class ChainSection {
    private final List<Round> rounds;

    private ChainSection(List<Round> rounds) {
        this.rounds = rounds;
    }

    /** Returns the section; without stages with chains, it has no blocks. */
    public static Section of(TrainingRounds training) {
        List<Round> rounds = training.with(HamiltonianObjective.ACCEPTANCE);
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
                        .map(round -> round.training(HamiltonianObjective.STEP_SIZE))
                        .distinct()
                        .count()
                > 1;
        blocks.add(figure(
                "chain-acceptance",
                "acceptance",
                "Mean acceptance probability of a transition." + (adapted ? " The step size is adapted to it." : ""),
                HamiltonianObjective.ACCEPTANCE));
        blocks.add(figure(
                "chain-step-size",
                "step size",
                "Step size, in standard deviations of the encoder's posterior."
                        + (adapted
                                ? " A falling step size means that the posteriors of rows become narrower than the encoder's."
                                : " It is fixed."),
                HamiltonianObjective.STEP_SIZE));
        blocks.add(figure(
                "chain-effective-size",
                "effective sample size",
                "Effective sample size of one transition: 1 means that transitions are as good as independent draws. If it is below 0.2, the chains are too short and stay near the encoder's draw.",
                HamiltonianObjective.EFFECTIVE_SIZE));
        if (rounds.stream().anyMatch(round -> round.training(HamiltonianObjective.DIVERGENT) > 0)) {
            blocks.add(figure(
                    "chain-divergent",
                    "divergent",
                    "Share of the transitions that were divergent and were rejected.",
                    HamiltonianObjective.DIVERGENT));
        }
        return blocks;
    }

    private Chart figure(String id, String name, String caption, String measure) {
        LearningFigure figure = new LearningFigure(id, name, caption, false);
        figure.fromZero();
        figure.add(rounds, measure);
        return figure.chart();
    }
}
