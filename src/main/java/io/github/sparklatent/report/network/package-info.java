/**
 * Layer 3: the sections of a report that only networks have, each with the numbers that it shows. Read
 * {@code LearningSection} first, which shows the progress of a training.
 */
package io.github.sparklatent.report.network;
