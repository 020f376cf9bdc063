/**
 * Layer 3: the report of a network.
 *
 * <p>{@link io.github.sparklatent.report.network.NetworkReport} is what the page needs to know, in
 * plain numbers. {@link io.github.sparklatent.report.network.NetworkPage} turns it into a page.
 */
package io.github.sparklatent.report.network;
