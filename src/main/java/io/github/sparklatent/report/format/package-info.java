/**
 * Layer 3: numbers, counts and lists as text, the same way in all reports. Read {@code Numbers}
 * first.
 */
package io.github.sparklatent.report.format;
