package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.Conflicts;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.HoldoutSection;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.ml.network.keys.LikelihoodSetting.Spread;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.LikelihoodType;
import io.github.sparklatent.vae.stage.VaeStage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds settings of a network that contradict settings of other records: of the data, the stages and the evaluation.
 * Rules within one record stand in its constructor.
 */
final class NetworkConflicts extends Conflicts {
    private static final List<String> NETWORKS = List.of("model.encoder", "model.decoder", "model.discriminator");
    private static final String STAGES = "train.stages";
    private static final String PATIENCE = "train.patience";
    private static final String SCHEDULE = "train.optimizer.schedule.type";

    private final List<StageSetting> stages;

    private NetworkConflicts(Settings settings) {
        super(settings);
        this.stages = StageSetting.of(settings);
    }

    static List<Problem> in(Settings settings) {
        NetworkConflicts conflicts = new NetworkConflicts(settings);
        conflicts.missingValues();
        conflicts.likelihood();
        conflicts.images();
        conflicts.conditions();
        conflicts.training();
        conflicts.discriminator();
        if (settings.value("model.components").isPresent()) {
            conflicts.clusters();
        }
        return conflicts.problems;
    }

    /** Returns whether the model type has the setting. */
    private boolean has(String path) {
        return settings.schema().key(path).isPresent();
    }

    private boolean isAdversarial() {
        return stages.stream().anyMatch(StageSetting::isAdversarial);
    }

    private void missingValues() {
        String path = "data.invalid";
        boolean columns = settings.schema().type().columns().contains(ScoreColumn.IMPUTED);
        if (!settings.is("data.invalid", "keep")) {
            return;
        }
        refuse(
                !columns,
                path,
                "is keep, but %s needs complete rows: must be error or skip, or model.type vae or mog-vae",
                settings.schema().type());
        refuse(
                columns && isAdversarial(),
                path,
                "is keep, but the discriminator of train.stages needs complete rows: must be error or skip, or adversarialWeight 0");
        refuse(
                settings.value("evaluate.features.model").isPresent(),
                path,
                "is keep, but evaluate.features compares complete rows: must be error or skip");
    }

    @SuppressWarnings("unchecked") // the type of the component of NetworkShape
    private void likelihood() {
        String path = "model.likelihood";
        List<LikelihoodSetting> groups =
                (List<LikelihoodSetting>) settings.value(path).orElseThrow();
        boolean bernoulli = groups.stream().allMatch(group -> group.type() == LikelihoodType.BERNOULLI);
        boolean isWhole = groups.size() == 1 && groups.get(0).columns().isEmpty();
        refuse(
                settings.is("model.binarize", "true") && !(bernoulli && isWhole),
                "model.binarize",
                "is true, but model.likelihood is not bernoulli for all columns: only its values can be drawn as 0 or 1");
        Scale scale = settings.get("data.scale", Scale.class);
        boolean none = groups.stream().noneMatch(LikelihoodSetting::isScalable);
        refuse(
                scale == Scale.STANDARD && bernoulli
                        || scale != Scale.NONE && none
                        || scale == Scale.UNIT && groups.size() > 1,
                "data.scale",
                "is %s, but the scaled values are not valid for model.likelihood = %s",
                scale,
                settings.show(path));
        refuse(
                isCorrupted() && none,
                "model.corruption.type",
                "is set, but counts and categories are not corrupted: must be none, or model.likelihood one with numbers");
        List<LikelihoodSetting> gaussians = groups.stream()
                .filter(group -> group.type() == LikelihoodType.GAUSSIAN)
                .toList();
        refuse(
                !has("model.encoder") && gaussians.stream().anyMatch(group -> !isPlain(group)),
                path,
                "has a variance, but a generated row is only the mean: must be gaussian without a variance");
        refuse(
                has("model.discriminator")
                        && !has(STAGES)
                        && has("model.encoder")
                        && gaussians.stream().anyMatch(group -> group.spread() != Spread.FIXED),
                path,
                "has a learnt variance, but a vae-gan compares rows on the discriminator's features: must be a number");
        // The bound itself also exists for one sample, where it is the ELBO.
        refuse(
                settings.is("model.objective", "iwae") && settings.is("model.samples", "1"),
                "model.objective",
                "is iwae, but model.samples is 1: must be at least 2, or model.objective elbo");
    }

    private static boolean isPlain(LikelihoodSetting group) {
        return group.of(List.of()).equals(LikelihoodSetting.of(group.type()));
    }

    private void images() {
        if (settings.value("model.image").isPresent()
                || settings.get("data.format", DataFormat.class).isImages()) {
            return;
        }
        for (String path : NETWORKS) {
            refuse(
                    isConvolutional(path),
                    path,
                    "has a convolution, which needs model.image = [channels, height, width]");
        }
    }

    private void conditions() {
        if (settings.texts("model.condition").isEmpty()) {
            return;
        }
        refuse(
                NETWORKS.stream().anyMatch(this::isConvolutional),
                "model.condition",
                "is set, but a convolution reads nothing beside an image: use dense layers");
        refuse(
                isCorrupted(),
                "model.condition",
                "is set, but model.corruption would corrupt what is given: remove one of the two");
        refuse(
                settings.is("model.binarize", "true"),
                "model.condition",
                "is set, but model.binarize would draw what is given: remove one of the two");
    }

    private boolean isCorrupted() {
        return settings.value("model.corruption.type").isPresent() && !settings.is("model.corruption.type", "none");
    }

    private boolean isConvolutional(String path) {
        return settings.value(path).stream()
                .flatMap(layers -> ((List<?>) layers).stream())
                .anyMatch(LayerSpec.Kernel.class::isInstance);
    }

    /** Checks the options of the rounds, and of each stage that has its own. */
    private void training() {
        if (has(PATIENCE)) {
            problems.addAll(patience(settings));
        } else {
            refuse(
                    settings.is(SCHEDULE, "plateau"),
                    SCHEDULE,
                    "is plateau, but the held-out loss of a game does not say which round is better: must be another schedule");
        }
        for (StageSetting stage : stages) {
            Settings own = stage.over(settings);
            within("train.stages, " + stage.stage(), own);
            String why = noBest(stage);
            needingBest(own)
                    .filter(path -> !why.isEmpty())
                    .map(path -> own.problem(
                            path,
                            "is %s, but stage %s %s, so it has no best round: must not be set there"
                                    .formatted(own.show(path), stage.stage(), why)))
                    .forEach(problems::add);
        }
    }

    private static List<Problem> rounds(Settings settings) {
        List<Problem> problems = new ArrayList<>(settings.problems(AveragingOptions.DEFAULT));
        problems.addAll(patience(settings));
        return problems;
    }

    /** Returns the problems of settings that need held-out rows. */
    private static List<Problem> patience(Settings settings) {
        if (!settings.bind(HoldoutSection.DEFAULT).isEmpty()) {
            return List.of();
        }
        return needingBest(settings)
                .map(path -> settings.problem(
                        path,
                        "is %s, but no rows are held out: set data.holdout.fraction > 0 or data.holdout.path"
                                .formatted(settings.show(path))))
                .toList();
    }

    /** Returns the settings that need a held-out loss which says which round is the best. */
    private static Stream<String> needingBest(Settings settings) {
        return Stream.of(PATIENCE, SCHEDULE)
                .filter(path -> path.equals(SCHEDULE)
                        ? settings.is(path, "plateau")
                        : settings.isGiven(path) && !settings.is(path, "0"));
    }

    /** Adds the problems of a section within {@code train} that do not exist outside of it. */
    private void within(String section, Settings own) {
        List<Problem> outside = rounds(settings);
        rounds(own).stream()
                .filter(problem -> !outside.contains(problem))
                .map(problem -> new Problem(problem.place(), problem.line(), section + ": " + problem.sentence()))
                .forEach(problems::add);
    }

    /** Returns why the held-out loss does not determine the best round; empty if it does. */
    private String noBest(StageSetting stage) {
        if (stage.isAdversarial()) {
            return "is adversarial";
        }
        if (stage.stage() == VaeStage.FIXED) {
            return "fits fixed clusters, not the held-out loss";
        }
        return stage.stage() == VaeStage.CLUSTERING && !settings.is("model.informationWeight", "0")
                ? "uses model.informationWeight, which is not part of the held-out loss"
                : "";
    }

    /** Reports settings of a discriminator that no stage uses. */
    private void discriminator() {
        if (stages.isEmpty() || settings.isMisfit(STAGES) || isAdversarial()) {
            return;
        }
        for (String path : List.of(
                "model.discriminator",
                "model.labelSmoothing",
                "model.spectralNormalization",
                "model.gradientPenalty",
                "train.discriminatorLearningRate")) {
            refuse(settings.isChanged(path), path, "is set, but no stage has an adversarialWeight > 0; remove it");
        }
    }

    /**
     * Checks the source of the clusters: a trained model, or the codes of an autoencoder. Variational deep embedding
     * needs clusters. The other model types may start from random parameters, and so may a classifier trained alone.
     */
    private void clusters() {
        List<VaeStage> names = stages.stream().map(StageSetting::stage).toList();
        String listed = names.stream().map(VaeStage::toString).collect(Collectors.joining(", "));
        boolean isEmbedding = has("model.informationWeight");
        boolean isTrained = settings.text("train.initialModel").isPresent();
        boolean hasCodes = names.contains(VaeStage.AUTOENCODER);
        boolean hasNone = !isTrained && !hasCodes && isEmbedding && !(has("model.classifier") && names.size() == 1);
        List<String> changed = Stream.of("model.start", "train.restarts")
                .filter(settings::isChanged)
                .toList();
        for (String path : changed) {
            refuse(
                    isTrained || !hasCodes && !hasNone,
                    path,
                    "is %s, but %s",
                    settings.show(path),
                    isTrained
                            ? "train.initialModel already has clusters: remove one of the two"
                            : "train.stages has no stage autoencoder, whose latent codes would be clustered");
        }
        refuse(hasNone, STAGES, "has no stage autoencoder, must have one because train.initialModel is not set");
        refuse(
                !isTrained && hasCodes && (names.indexOf(VaeStage.AUTOENCODER) > 0 || names.size() == 1),
                STAGES,
                "has the stages %s: autoencoder must be the first of at least two stages",
                listed);
        boolean isGiven = isTrained && settings.isGiven(STAGES);
        boolean hasMany = isEmbedding && names.size() > 1;
        refuse(
                isGiven && hasMany,
                STAGES,
                "has the stages %s, but train.initialModel already has clusters: must be clustering only",
                listed);
        refuse(
                isGiven && hasCodes && !hasMany,
                STAGES,
                "has a stage autoencoder, but train.initialModel already has clusters: remove one of the two");
    }
}
