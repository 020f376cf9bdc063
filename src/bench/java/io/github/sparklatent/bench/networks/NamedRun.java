package io.github.sparklatent.bench.networks;

/** What one run has measured. */
interface NamedRun {
    /** Of the run; no two on file have the same. */
    String name();
}
