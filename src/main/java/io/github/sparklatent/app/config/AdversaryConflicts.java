package io.github.sparklatent.app.config;

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
        if (!staged || StageSettings.anyAdversarial(settings)) {
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
        boolean generates = settings.findOwn(GeneratorKeys.GENERATOR).isPresent();
        LikelihoodSetting plain = LikelihoodSetting.of(LikelihoodSetting.GAUSSIAN);
        boolean spread =
                settings.get(NetworkKeys.LIKELIHOOD).stream()
                        .filter(group -> group.type().equals(LikelihoodSetting.GAUSSIAN))
                        .anyMatch(group -> !group.of(List.of()).equals(plain));
        return generates && spread
                ? Stream.of(
                        settings.problem(
                                NetworkKeys.LIKELIHOOD,
                                "has a variance, but a generator's row is the mean alone: must be"
                                        + " gaussian without one"))
                : Stream.empty();
    }
}
