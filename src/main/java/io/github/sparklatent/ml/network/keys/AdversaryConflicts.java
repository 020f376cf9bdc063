package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.ml.network.values.LikelihoodSetting;
import io.github.sparklatent.ml.network.values.LikelihoodSetting.Spread;
import java.util.List;
import java.util.stream.Stream;

/** Values of a game's configuration that are right one by one and wrong together. */
final class AdversaryConflicts {
    private AdversaryConflicts() {}

    static List<Problem> in(Settings settings) {
        return Stream.concat(unasked(settings), variance(settings)).toList();
    }

    /** What is said of a discriminator that no stage asks. */
    private static Stream<Problem> unasked(Settings settings) {
        boolean staged = settings.findOwn(StagedMixtureKeys.STAGES).isPresent();
        boolean unknown = settings.isMisfit(StagedMixtureKeys.STAGES);
        if (!staged || unknown || StageSettings.anyAdversarial(settings)) {
            return Stream.empty();
        }
        return Stream.concat(AdversaryKeys.ALL.stream(), Stream.of(StagedMixtureKeys.PLAYERS))
                .filter(settings::isChanged)
                .map(
                        key ->
                                settings.problem(
                                        key,
                                        "is given, but no stage has an adversarialWeight > 0: must"
                                                + " go"));
    }

    /** A generated row is its distribution's mean, whatever the variance around it. */
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
                            "has a variance, but a generator's row is the mean alone: must be"
                                    + " gaussian without one"));
        }
        if (settings.findOwn(GameKeys.RECONSTRUCTION_WEIGHT).isPresent()
                && gaussians.stream().anyMatch(group -> group.spread() != Spread.FIXED)) {
            return Stream.of(
                    settings.problem(
                            NetworkKeys.LIKELIHOOD,
                            "has a variance to be learnt, but a vae-gan compares rows by what the"
                                    + " discriminator makes of them: must be a number"));
        }
        return Stream.empty();
    }

    private static boolean isPlain(LikelihoodSetting group) {
        return group.of(List.of()).equals(LikelihoodSetting.of(group.type()));
    }
}
