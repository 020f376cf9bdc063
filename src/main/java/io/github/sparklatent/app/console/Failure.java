package io.github.sparklatent.app.console;

/**
 * How a job ended that did not reach its end.
 *
 * @param code exit code
 * @param sentence for the person at the command line; may have several lines
 * @param unexpected whether the sentence does not say enough, so that the log needs the trace
 */
public record Failure(int code, String sentence, boolean unexpected) {
    static Failure expected(int code, String sentence) {
        return new Failure(code, sentence, false);
    }
}
