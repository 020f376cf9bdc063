package io.github.sparklatent.bench.networks;

/** Seconds of a run, its evaluations left out. */
final class Stopwatch {
    private long began = System.nanoTime();
    private double before;

    /** Counts seconds that were spent before, by a training that several runs go on from. */
    void add(double seconds) {
        before += seconds;
    }

    /** Stops for an evaluation. */
    void pause() {
        before += (System.nanoTime() - began) / 1e9;
    }

    /** Goes on after it. */
    void resume() {
        began = System.nanoTime();
    }

    /** So far; to be asked while it stands. */
    double seconds() {
        return before;
    }
}
