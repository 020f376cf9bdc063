/**
 * Layer 3: the report on a neural model.
 *
 * <p>{@link io.github.sparklatent.report.network.NetworkReport} holds the content of the page in
 * plain numbers. {@link io.github.sparklatent.report.network.NetworkPage} turns it into a page.
 */
package io.github.sparklatent.report.network;
