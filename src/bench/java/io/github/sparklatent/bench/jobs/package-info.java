/**
 * Whole jobs: {@code jobs/bench pipeline} runs commands as a person does.
 */
package io.github.sparklatent.bench.jobs;
