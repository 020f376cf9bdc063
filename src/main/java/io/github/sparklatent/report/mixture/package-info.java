/**
 * Layer 3: the report on a mixture model.
 *
 * <p>{@link io.github.sparklatent.report.mixture.MixtureReport} holds the content of the page in
 * plain numbers. {@link io.github.sparklatent.report.mixture.MixturePage} turns it into a page.
 */
package io.github.sparklatent.report.mixture;
