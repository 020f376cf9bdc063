package io.github.sparklatent.bench.race;

import io.github.sparklatent.bench.command.MnistFolder;
import io.github.sparklatent.learn.Require;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long contestants are measured. */
public final class RaceOptions {
    @Mixin
    MnistFolder mnist;

    @Option(names = "--rounds", description = "EM rounds per run (${DEFAULT-VALUE}).")
    int rounds = 10;

    @Option(names = "--epochs", description = "Epochs per run (${DEFAULT-VALUE}).")
    int epochs = 10;

    @Option(names = "--repetitions", description = "Runs of each (${DEFAULT-VALUE}).")
    int repetitions = 5;

    /**
     * The race of a case.
     *
     * @throws IllegalArgumentException if a count is not positive
     */
    Race race(RaceCase problem) {
        int iterations = problem instanceof NetworkCase ? epochs : rounds;
        Require.that(iterations >= 1, "--%ss is %d, expected at least 1", problem.iteration(), iterations);
        Require.that(repetitions >= 1, "--repetitions is %d, expected at least 1", repetitions);
        return new Race(iterations, repetitions);
    }
}
