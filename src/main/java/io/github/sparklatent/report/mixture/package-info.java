/**
 * Layer 3: the sections of a report that only mixtures have. {@code ScatterSection} shows rows and components in the
 * plane, {@code MeansSection} the means, and {@code ChoiceSection} how the number of components was chosen.
 */
package io.github.sparklatent.report.mixture;
