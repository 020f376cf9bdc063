package io.github.sparklatent.app;

import io.github.sparklatent.config.JobConfiguration;
import io.github.sparklatent.config.MixtureSettings;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.gmm.Criterion;
import io.github.sparklatent.gmm.Mixture;
import io.github.sparklatent.gmm.MixtureOptions;
import io.github.sparklatent.gmm.MixtureTrainer;
import io.github.sparklatent.gmm.TrainerListener;
import io.github.sparklatent.gmm.TrainerState;
import io.github.sparklatent.gmm.TrainingResult;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Pass;
import io.github.sparklatent.learn.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rounds of a mixture's training. */
final class MixtureRounds extends Rounds<TrainerState> {
    private final Optional<InitialModel> initial;
    private final int partitions;
    private final SortedMap<Integer, List<Round>> heard = new TreeMap<>();

    /**
     * @param partitions of the table where its rows stay where they are; else 0
     */
    MixtureRounds(JobContext context, Optional<InitialModel> initial, int partitions) {
        super(context, new MixtureStates());
        this.initial = initial;
        this.partitions = partitions;
    }

    /**
     * Fits from the beginning, or goes on from the checkpoint of this very training.
     *
     * @param heldOut a held-out table of its own, or null
     * @param holdout the held-out rows, or null
     */
    TrainingResult run(BlockTable rows, BlockTable heldOut, Pass holdout) {
        JobConfiguration configuration = context().configuration();
        MixtureOptions asked = ((MixtureSettings) configuration.model()).options();
        MixtureOptions options = initial.map(model -> model.options(configuration)).orElse(asked);
        Mixture start = initial.map(InitialModel::parameters).orElse(null);
        initial.ifPresent(model -> model.saved().requireWidth(rows.facts().width()));
        requireHoldout(options, rows, holdout);
        TrainerState from =
                begin(
                                TrainingIdentity.of(
                                        configuration,
                                        rows.facts(),
                                        heldOut == null ? null : heldOut.facts(),
                                        initial.map(InitialModel::fingerprint).orElse(""),
                                        partitions))
                        .orElse(TrainerState.START);
        return run(
                () ->
                        new MixtureTrainer(rows.train(), holdout, options, start, new Told())
                                .fit(from));
    }

    /** A small fraction of few rows may be none. */
    private static void requireHoldout(MixtureOptions options, BlockTable rows, Pass holdout) {
        if (options.criterion() == Criterion.HOLDOUT
                && options.components().size() > 1
                && holdout == null) {
            throw new DataException(
                    "model.criterion is holdout, but of %d rows data.holdout.fraction holds none out; give a greater fraction or data.holdout.path"
                            .formatted(rows.facts().rows()));
        }
    }

    private final class Told implements TrainerListener {
        @Override
        public void afterRound(String description, Round round, int maxRounds, TrainerState state) {
            progress().round(description, round, maxRounds);
            heard.put(state.done().size(), state.current().history());
            MixtureRounds.this.afterRound(state);
        }

        @Override
        public void whileStarting(String description) {
            progress().pass(description);
            context().stop().check();
        }
    }

    /**
     * The objective round by round of each fit that this run has seen from its start, by number.
     */
    SortedMap<Integer, List<Double>> curves() {
        SortedMap<Integer, List<Double>> curves = new TreeMap<>();
        heard.forEach(
                (fit, rounds) ->
                        curves.put(
                                fit,
                                new ArrayList<>(rounds.stream().map(Round::objective).toList())));
        return curves;
    }
}
