package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.ml.network.values.LikelihoodSetting;
import io.github.sparklatent.ml.network.values.LikelihoodSetting.Spread;
import java.util.List;
import java.util.stream.Stream;

/** Finds conflicts between valid settings of a discriminator. */
final class AdversaryConflicts {
    private AdversaryConflicts() {}

    static List<Problem> in(Settings settings) {
        return Stream.concat(unused(settings), variance(settings)).toList();
    }

    /** Reports settings of a discriminator that no stage uses. */
    private static Stream<Problem> unused(Settings settings) {
        boolean staged = settings.findOwn(StagedMixtureKeys.STAGES).isPresent();
        boolean unknown = settings.isMisfit(StagedMixtureKeys.STAGES);
        if (!staged || unknown || StageSettings.anyAdversarial(settings)) {
            return Stream.empty();
        }
        return Stream.concat(
                        AdversaryKeys.ALL.stream(),
                        Stream.of(StagedMixtureKeys.PLAYERS, StagedMixtureKeys.ADVERSARIAL_TARGET))
                .filter(settings::isChanged)
                .map(
                        key ->
                                settings.problem(
                                        key,
                                        "is set, but no stage has an adversarialWeight > 0; remove"
                                                + " it"));
    }

    /** Reports variances that have no effect: a generated row is the mean of its distribution. */
    private static Stream<Problem> variance(Settings settings) {
        List<LikelihoodSetting> gaussians =
                settings.get(NetworkKeys.LIKELIHOOD).stream()
                        .filter(group -> group.type().equals(LikelihoodSetting.GAUSSIAN))
                        .toList();
        if (settings.findOwn(GeneratorKeys.GENERATOR).isPresent()
                && gaussians.stream().anyMatch(group -> !isPlain(group))) {
            return Stream.of(
                    settings.problem(
                            NetworkKeys.LIKELIHOOD,
                            "has a variance, but a generated row is only the mean: must be"
                                    + " gaussian without a variance"));
        }
        if (settings.findOwn(GameKeys.RECONSTRUCTION_WEIGHT).isPresent()
                && gaussians.stream().anyMatch(group -> group.spread() != Spread.FIXED)) {
            return Stream.of(
                    settings.problem(
                            NetworkKeys.LIKELIHOOD,
                            "has a learnt variance, but a vae-gan compares rows on the"
                                    + " discriminator's features: must be a number"));
        }
        return Stream.empty();
    }

    private static boolean isPlain(LikelihoodSetting group) {
        return group.of(List.of()).equals(LikelihoodSetting.of(group.type()));
    }
}
