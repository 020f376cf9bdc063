package io.github.sparklatent.app.console;

/**
 * The failure of a job.
 *
 * @param code exit code
 * @param sentence message for the user, possibly of several lines
 * @param detail end of the message for the console alone, because it may have values of rows
 * @param unexpected whether the message is not sufficient, so that the log needs the stack trace
 */
public record Failure(int code, String sentence, String detail, boolean unexpected) {
    static Failure expected(int code, String sentence) {
        return new Failure(code, sentence, "", false);
    }
}
