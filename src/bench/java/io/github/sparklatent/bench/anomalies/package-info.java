/**
 * Detectors of anomalous rows on public tables: those of this project beside PyOD's.
 * {@link io.github.sparklatent.bench.anomalies.AnomaliesCommand} is the command.
 */
package io.github.sparklatent.bench.anomalies;
