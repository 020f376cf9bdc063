/** Layer 3: formats numbers, counts and lists as text, in the same way for all reports. Read {@code Numbers} first. */
package io.github.sparklatent.report.format;
