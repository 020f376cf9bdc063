/**
 * Whole jobs: {@code jobs/bench pipeline} runs commands as a person does, {@code jobs/bench cluster} trains on a
 * standalone cluster and watches the memory of its processes.
 */
package io.github.sparklatent.bench.jobs;
