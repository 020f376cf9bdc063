package io.github.sparklatent.bench.race;

import io.github.sparklatent.bench.command.MnistFolder;
import io.github.sparklatent.learn.Require;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long contestants are measured. */
public final class RaceOptions {
    @Mixin private MnistFolder mnist;

    @Option(
            names = "--rounds",
            defaultValue = "10",
            description = "EM rounds per run (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--epochs",
            defaultValue = "10",
            description = "Epochs per run (${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = "--repetitions",
            defaultValue = "5",
            description = "Runs of each (${DEFAULT-VALUE}).")
    private int repetitions;

    MnistFolder mnist() {
        return mnist;
    }

    int rounds() {
        return rounds;
    }

    int epochs() {
        return epochs;
    }

    int repetitions() {
        return repetitions;
    }

    /**
     * The race of a case.
     *
     * @throws IllegalArgumentException if a count is not positive
     */
    Race race(RaceCase problem) {
        int iterations = problem instanceof MixtureCase ? rounds : epochs;
        Require.that(
                iterations >= 1,
                "--%ss is %d, expected at least 1",
                problem.iteration(),
                iterations);
        Require.that(repetitions >= 1, "--repetitions is %d, expected at least 1", repetitions);
        return new Race(iterations, repetitions);
    }
}
