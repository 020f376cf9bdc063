/**
 * Layer 5: what can be said about a table before Spark starts.
 *
 * <p>{@code RecognisedTable} finds the format of the files that a command line names, and reads their first lines or
 * their footer. It only proposes settings: a configuration and {@code --set} win over them.
 */
package io.github.sparklatent.app.recognition;
