package io.github.sparklatent.app;

import io.github.sparklatent.app.config.CheckpointSection;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.config.MixtureSettings;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.CheckpointFile;
import io.github.sparklatent.gmm.Mixture;
import io.github.sparklatent.gmm.MixtureOptions;
import io.github.sparklatent.gmm.MixtureTrainer;
import io.github.sparklatent.gmm.TrainerState;
import io.github.sparklatent.gmm.TrainingResult;
import io.github.sparklatent.learn.Pass;
import io.github.sparklatent.learn.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rounds of a training: told as they go, kept in checkpoints, ended early by a signal. */
final class Training {
    private static final Logger LOG = LoggerFactory.getLogger(Training.class);

    private final JobContext context;
    private final Optional<InitialModel> initial;
    private final Progress progress;
    private final SortedMap<Integer, List<Round>> heard = new TreeMap<>();
    private Checkpoints checkpoints;

    Training(JobContext context, Optional<InitialModel> initial) {
        this.context = context;
        this.initial = initial;
        Console console = context.console();
        this.progress = console.terminal() ? Progress.on(console.err()) : Progress.to(LOG::info);
    }

    /**
     * Fits from the beginning, or goes on from the checkpoint of this very training.
     *
     * @param heldOut a held-out table of its own, or null
     * @param holdout the held-out rows, or null
     */
    TrainingResult run(BlockTable rows, BlockTable heldOut, Pass holdout) {
        JobConfiguration configuration = context.configuration();
        MixtureOptions asked = ((MixtureSettings) configuration.model()).options();
        MixtureOptions options =
                initial.map(model -> model.options(configuration, asked)).orElse(asked);
        Mixture start = initial.map(InitialModel::parameters).orElse(null);
        initial.ifPresent(model -> model.saved().requireWidth(rows.facts().width()));
        checkpoints =
                checkpoints(
                        TrainingIdentity.of(
                                configuration,
                                rows.facts(),
                                heldOut == null ? null : heldOut.facts(),
                                start));
        TrainerState from = checkpoints.resume();
        try {
            return new MixtureTrainer(rows.train(), holdout, options, start, this::afterRound)
                    .fit(from);
        } catch (StoppedException e) {
            throw e;
        } catch (Exception e) { // of a cancelled round: Spark's, which Scala does not declare
            if (context.stop().isRequested()) {
                context.stop().leaves(checkpoints.write());
            }
            throw e;
        } finally {
            progress.end();
        }
    }

    private Checkpoints checkpoints(TrainingIdentity identity) {
        CheckpointSection section = context.configuration().train().checkpoint();
        String path =
                section.path()
                        .orElseThrow(() -> new IllegalStateException("training without an output"));
        return new Checkpoints(
                new CheckpointFile(context.hadoop(), path), path, section.every(), identity);
    }

    private void afterRound(String description, Round round, int maxRounds, TrainerState state) {
        progress.round(description, round, maxRounds);
        heard.put(state.done().size(), state.current().history());
        checkpoints.afterRound(state);
        if (context.stop().isRequested()) {
            context.stop().leaves(checkpoints.write());
            context.stop().check();
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

    /** There is a result: the checkpoint has served. */
    void forget() {
        checkpoints.delete();
    }
}
