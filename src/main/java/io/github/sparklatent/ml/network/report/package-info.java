/**
 * Layer 4: the parts of a report that only networks have. Read
 * {@link io.github.sparklatent.ml.network.report.NetworkPictures} first: it computes reconstructions of a few rows and
 * drawn rows, in the units of the table.
 */
package io.github.sparklatent.ml.network.report;
