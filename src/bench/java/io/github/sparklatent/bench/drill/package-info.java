/**
 * Drills: real processes that are killed on real stores, and checks of what they leave. {@code
 * jobs/drill} runs them. Read {@code CommitsDrill} first.
 */
package io.github.sparklatent.bench.drill;
