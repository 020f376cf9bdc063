/**
 * Layer 4: groups of rows in words. {@code GroupProfile} holds the distributions of the columns in each group,
 * {@code GroupWords} finds the columns that set a group apart, and {@code GroupsSection} is the part of a report that
 * shows them.
 */
package io.github.sparklatent.report.group;
