package io.github.sparklatent.bench.command;

import io.github.sparklatent.bench.report.RunFile;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which trainings of a benchmark run, and how long. */
public class RunOptions {
    private static final int TIMED = 3;

    @Mixin
    private MnistFolder mnist;

    @Mixin
    private Globs only;

    @Option(names = "--epochs", description = "Cut trainings short after so many epochs.")
    private Integer epochs;

    /** Whether only the seconds of runs on file are measured, in three epochs each. */
    public boolean seconds() {
        return false;
    }

    public MnistFolder mnist() {
        return mnist;
    }

    /**
     * Whether to measure a run: {@code --only} matches it, or, without this option, it is not on file. With
     * {@code --seconds} a run is measured only if it is on file.
     */
    public boolean wants(String run, RunFile<?> file) {
        boolean known = file.find(run).isPresent();
        if (seconds() && !known) {
            return false;
        }
        return only.isGiven() ? only.match(run) : seconds() == known;
    }

    /** Epochs of a training that has so many by itself. */
    public double limit(double own) {
        if (epochs != null && epochs < 1) {
            throw new IllegalArgumentException("--epochs is %d, expected at least 1".formatted(epochs));
        }
        return seconds() ? Math.min(own, TIMED) : epochs == null ? own : Math.min(epochs, own);
    }

    /** The options of benchmarks that report seconds per epoch. */
    public static final class Timed extends RunOptions {
        @Option(names = "--seconds", description = "Train three epochs of each run on file and store only the seconds.")
        private boolean seconds;

        @Override
        public boolean seconds() {
            return seconds;
        }
    }
}
