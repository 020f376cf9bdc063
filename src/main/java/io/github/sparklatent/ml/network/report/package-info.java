/**
 * Layer 4: what only networks add to a report. Read {@link
 * io.github.sparklatent.ml.network.report.NetworkPictures} first: reconstructions of a few rows,
 * and sampled rows, in the units of the table. {@code GameFigures} has the figures of generator and
 * discriminator at the end of a training.
 */
package io.github.sparklatent.ml.network.report;
