/**
 * Seconds of an EM round or an epoch: {@code jobs/bench race}.
 *
 * <p>Read {@link io.github.sparklatent.bench.race.Race} first: it defines what is timed. A
 * {@link io.github.sparklatent.bench.race.RaceCase} is a model and its rows, a
 * {@link io.github.sparklatent.bench.race.Contestant} is a system that has loaded them.
 */
package io.github.sparklatent.bench.race;
