package io.github.sparklatent.bench.report;

/** The figures of one run. */
public interface NamedRun {
    /** The run's name, unique in its file. */
    String name();

    /** Rounds a figure to the four decimals that files have. */
    static double rounded(double value) {
        return Math.rint(value * 1e4) / 1e4;
    }
}
