/**
 * Layer 3: the report of a mixture.
 *
 * <p>{@link io.github.sparklatent.report.mixture.MixtureReport} is what the page needs to know, in
 * plain numbers. {@link io.github.sparklatent.report.mixture.MixturePage} turns it into a page.
 */
package io.github.sparklatent.report.mixture;
