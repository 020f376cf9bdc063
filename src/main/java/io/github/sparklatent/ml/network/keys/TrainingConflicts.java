package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.HoldoutSection;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.vae.stage.ClusteringPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds conflicts between valid settings of a network's training, for all stages and for each stage
 * and each player.
 */
final class TrainingConflicts {
    static final String NO_EFFECT = "is %s, but has no effect because %s is %s";

    private final Settings settings;
    private final List<Problem> problems = new ArrayList<>();

    private TrainingConflicts(Settings settings) {
        this.settings = settings;
    }

    static List<Problem> in(Settings settings) {
        List<Problem> problems = new ArrayList<>(own(settings));
        for (StageSetting stage : StageSettings.given(settings)) {
            within("train.stages, " + stage.name(), settings, stage.refinement(), problems);
            noBest(settings, stage).ifPresent(why -> patience(settings, stage, why, problems));
        }
        for (PlayerSetting player : PlayerSetting.of(settings)) {
            within("train.players, " + player.name(), settings, player.refinement(), problems);
        }
        return problems;
    }

    /**
     * Returns why the held-out loss does not determine the best round of a stage, or nothing if it
     * does.
     */
    private static Optional<String> noBest(Settings settings, StageSetting stage) {
        if (stage.isAdversarial()) {
            return Optional.of("is adversarial");
        }
        if (stage.name().equals(ClusteringKeys.FIXED)) {
            return Optional.of("fits fixed clusters, not the held-out loss");
        }
        boolean informed =
                settings.findOwn(ClusteringKeys.INFORMATION_WEIGHT).orElse(0.0) > 0
                        && stage.name().equals(ClusteringPhase.CLUSTERING.toString());
        return informed
                ? Optional.of(
                        "uses model.informationWeight, which is not part of" + " the held-out loss")
                : Optional.empty();
    }

    private static void patience(
            Settings settings, StageSetting stage, String why, List<Problem> problems) {
        Settings refined = settings.with(stage.refinement()::over);
        if (refined.get(AveragingKeys.PATIENCE) > 0) {
            problems.add(
                    refined.problem(
                            AveragingKeys.PATIENCE,
                            "is %s, but stage %s %s, so it has no best round: must be 0 there"
                                    .formatted(
                                            refined.show(AveragingKeys.PATIENCE),
                                            stage.name(),
                                            why)));
        }
    }

    private static List<Problem> own(Settings settings) {
        TrainingConflicts conflicts = new TrainingConflicts(settings);
        conflicts.patience();
        conflicts.rounds();
        conflicts.optimizer();
        return conflicts.problems;
    }

    /**
     * Adds the problems of a section within {@code train} that do not exist outside of it.
     *
     * @param problems Modified.
     */
    private static void within(
            String section, Settings settings, Refinement refinement, List<Problem> problems) {
        List<Problem> outside = own(settings);
        own(settings.with(refinement::over)).stream()
                .filter(problem -> !outside.contains(problem))
                .map(
                        problem ->
                                new Problem(
                                        problem.place(),
                                        problem.line(),
                                        section + ": " + problem.sentence()))
                .forEach(problems::add);
    }

    private void add(Key<?> key, String predicate, Object... values) {
        problems.add(settings.problem(key, predicate.formatted(values)));
    }

    private void patience() {
        boolean measured =
                settings.isGiven(AveragingKeys.PATIENCE)
                        && settings.get(AveragingKeys.PATIENCE) > 0;
        if (measured && HoldoutSection.of(settings).isEmpty()) {
            add(
                    AveragingKeys.PATIENCE,
                    "is %s, but no rows are held out: set data.holdout.fraction > 0 or"
                            + " data.holdout.path",
                    settings.show(AveragingKeys.PATIENCE));
        }
    }

    private void rounds() {
        if (settings.isGiven(AveragingKeys.LOCAL_STEPS)
                && settings.isGiven(AveragingKeys.ROUNDS_PER_EPOCH)) {
            add(
                    AveragingKeys.LOCAL_STEPS,
                    "is %s, but train.roundsPerEpoch also sets the length of a round: remove one of"
                            + " the two",
                    settings.show(AveragingKeys.LOCAL_STEPS));
        }
        if (settings.get(AveragingKeys.OUTER).equals("average")) {
            Stream.of(
                            AveragingKeys.OUTER_RATE,
                            AveragingKeys.OUTER_MOMENTUM,
                            AveragingKeys.OUTER_WARM_UP)
                    .filter(settings::isGiven)
                    .forEach(key -> withoutEffect(key, AveragingKeys.OUTER));
        }
        only(AveragingKeys.OUTER, AveragingKeys.OUTER_SECOND_DECAY, "adam");
        only(AveragingKeys.OUTER, AveragingKeys.OUTER_EPSILON, "adam");
    }

    private void optimizer() {
        only(OptimizerKeys.TYPE, OptimizerKeys.MOMENTUM, "sgd");
        only(OptimizerKeys.TYPE, OptimizerKeys.FIRST_DECAY, "adam", "adamw");
        only(OptimizerKeys.TYPE, OptimizerKeys.SECOND_DECAY, "rmsprop", "adam", "adamw");
        only(OptimizerKeys.TYPE, OptimizerKeys.EPSILON, "rmsprop", "adam", "adamw");
        only(OptimizerKeys.SCHEDULE, OptimizerKeys.FACTOR, "step");
        only(OptimizerKeys.SCHEDULE, OptimizerKeys.EVERY, "step");
        only(OptimizerKeys.SCHEDULE, OptimizerKeys.SHARE, "cosine", "linear");
        only(OptimizerKeys.SCHEDULE, OptimizerKeys.LEAST, "cosine", "linear");
    }

    /** Reports a key that is set but only has an effect for other values of another key. */
    private void only(Key<String> type, Key<?> key, String... types) {
        if (settings.isGiven(key) && !List.of(types).contains(settings.get(type))) {
            withoutEffect(key, type);
        }
    }

    private <T> void withoutEffect(Key<T> key, Key<String> type) {
        add(key, NO_EFFECT, settings.show(key), type, settings.show(type));
    }
}
