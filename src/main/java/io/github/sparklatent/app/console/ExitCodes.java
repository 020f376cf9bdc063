package io.github.sparklatent.app.console;

import io.github.sparklatent.cluster.storage.HeldException;
import io.github.sparklatent.cluster.storage.MissingConnectorException;
import io.github.sparklatent.cluster.storage.UnsuitableStoreException;
import io.github.sparklatent.cluster.table.InvalidRowsException;
import io.github.sparklatent.config.ConfigurationException;
import io.github.sparklatent.config.ResultExistsException;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.OptionsException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.ObjectStreamException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.RetriableException;
import org.apache.hadoop.ipc.StandbyException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkThrowable;

/** Turns every exception into an exit code and a message. */
public final class ExitCodes {
    /** The exit code of a job that succeeded. */
    public static final int DONE = 0;

    /** The exit code of a failure that may end if the command is started again. */
    public static final int OTHER = 1;

    /** The exit code of a wrong command line or configuration. */
    public static final int USAGE = ConfigurationException.EXIT_CODE;

    static final int DATA = 3;

    /** The exit code of a rejected run, if it is asked for. */
    public static final int REJECTED = 4;

    /** The exit code of a process that has printed nothing, because it cannot start Spark. */
    static final int NEEDS_SPARK = 75;

    static final int DIVERGED = 5;

    /** The exit code that a shell reports for a process ended by SIGINT. */
    private static final int INTERRUPTED = 130;

    /** The exit code that a shell reports for a process ended by SIGTERM. */
    static final int TERMINATED = 143;

    /** Spark's error conditions for input files. */
    private static final List<String> UNREADABLE = List.of(
            "CANNOT_READ_FILE_FOOTER",
            "CANNOT_MERGE_SCHEMAS",
            "CANNOT_PARSE_JSON",
            "FAILED_READ_FILE",
            "FAILED_MERGE_SCHEMA",
            "FAILED_MERGE_SCHEMAS",
            "MALFORMED_",
            "PATH_NOT_FOUND",
            "UNABLE_TO_INFER_SCHEMA");

    /** Java's messages about an array that is too long for any heap. */
    private static final Pattern LONG_ARRAY =
            Pattern.compile("Required (array )?length|Requested array size exceeds VM limit");

    /** Exceptions of Hadoop's connector for S3 and of HTTP clients. */
    private static final Pattern PASSING_TYPE =
            Pattern.compile("AWSServiceThrottledException|AWSStatus500Exception|AWSNoResponseException"
                    + "|AWSApiCallTimeoutException|ApiCallTimeoutException"
                    + "|HttpChannelEOFException|NoHttpResponseException");

    /** Exceptions of a name node. They arrive as a RemoteException with their name. */
    private static final Pattern PASSING_REMOTE_TYPE =
            Pattern.compile(".*[.$](StandbyException|SafeModeException|RetriableException"
                    + "|RetryStartFileException|ObserverRetryOnActiveException)");

    private static final Pattern PASSING_MESSAGE =
            Pattern.compile("(?i)SlowDown|reduce your request rate|Service ?Unavailable|Too Many Requests"
                    + "|status code:? ?(429|500|502|503|504)\\b"
                    + "|connection (was )?(reset|lost|closed)|timed? ?out\\b");

    /** Words of exceptions without a type of their own about mistakes in a configuration. */
    private static final Pattern MISTAKE = Pattern.compile("Incomplete HDFS URI|Mkdirs failed|Empty Mount table"
            + "|Kerberos principal|(?i:status code|error code|HTTP):? ?40[0134]\\b|\\b403 Forbidden");

    /** Hadoop's words of a login by Kerberos without its configuration. */
    private static final String NO_REALM = "Can't get Kerberos realm";

    /** Advice if a fault of the storage may pass. */
    public static final String AGAIN = "; the storage may answer later, so start the command again";

    private ExitCodes() {}

    /** Returns whether the input data are the cause of an exception. */
    public static boolean isData(Throwable error) {
        return of(error).code() == DATA;
    }

    /**
     * Returns whether the same command may succeed if it is started again: after a signal, or after a failure of the
     * cluster. A wrong configuration or table stays wrong.
     */
    public static boolean isRetryable(int code) {
        return code == OTHER || code >= INTERRUPTED;
    }

    /** Returns the exit code and message for an exception, derived from it or from one of its causes. */
    public static Failure of(Throwable error) {
        Failure failure = ofCauses(error);
        boolean isRefusal = failure.code() == USAGE || failure.code() == DATA;
        return isRefusal && isPassing(error) || failure.code() == USAGE && isUnexplained(error)
                ? Failure.expected(OTHER, failure.sentence() + AGAIN)
                : failure;
    }

    /** Returns whether a refusal has a reason that may pass, so that the same command may succeed later. */
    public static boolean mayPass(Throwable refusal) {
        return isRetryable(of(refusal).code());
    }

    /**
     * Returns whether a fault of the storage that may pass is the reason: it limits the rate of requests, or the
     * connection is lost. Nothing is known about the data then. Connectors of object stores are not part of Spark, so
     * their exceptions are recognised by name and message.
     */
    private static boolean isPassing(Throwable error) {
        return causes(error)
                .anyMatch(cause -> cause instanceof SocketException
                        || cause instanceof InterruptedIOException
                        || cause instanceof RetriableException
                        || cause instanceof StandbyException
                        || cause instanceof RemoteException remote
                                && PASSING_REMOTE_TYPE
                                        .matcher(remote.getClassName() + "")
                                        .matches()
                        || PASSING_TYPE
                                .matcher(cause.getClass().getSimpleName())
                                .matches()
                        || isOfStorage(cause)
                                && PASSING_MESSAGE
                                        .matcher(cause.getMessage() + "")
                                        .find());
    }

    /**
     * Returns whether a fault of the storage is the reason, and its type does not say that a person must fix it, as
     * those of missing rights, classes and files do. It may pass.
     */
    public static boolean isUnexplained(Throwable error) {
        return causes(error)
                        .anyMatch(cause -> cause.getClass() == IOException.class
                                || cause instanceof EOFException
                                        && (cause.getMessage() + "").startsWith("End of File Exception between"))
                && causes(error)
                        .noneMatch(cause -> cause instanceof AccessControlException
                                || cause instanceof AccessDeniedException
                                || cause instanceof FileNotFoundException
                                || cause instanceof UnsuitableStoreException
                                || MISTAKE.matcher(cause.getMessage() + "").find());
    }

    private static boolean isOfStorage(Throwable error) {
        return error instanceof IOException && !(error instanceof FileNotFoundException)
                || error.getClass().getName().startsWith("software.amazon.awssdk.");
    }

    private static Failure ofCauses(Throwable error) {
        return causes(error)
                .map(ExitCodes::ours)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> causes(error)
                        .map(ExitCodes::theirs)
                        .flatMap(Optional::stream)
                        .findFirst())
                .or(() -> causes(error)
                        .map(ExitCodes::ofFiles)
                        .flatMap(Optional::stream)
                        .findFirst())
                .orElseGet(() -> new Failure(OTHER, "internal error: " + summary(error), true));
    }

    /** Returns whether another run is the reason: its result exists, or it holds the lock. */
    public static boolean isOfAnotherRun(Throwable error) {
        return causes(error)
                .anyMatch(cause -> cause instanceof ResultExistsException || cause instanceof HeldException);
    }

    private static Optional<Failure> ours(Throwable error) {
        Integer code = error instanceof ConfigurationException
                        || error instanceof UsageException
                        || error instanceof OptionsException
                ? Integer.valueOf(USAGE)
                : error instanceof DataException
                        ? Integer.valueOf(DATA)
                        : error instanceof DivergedException
                                ? Integer.valueOf(DIVERGED)
                                : error instanceof StoppedException
                                        ? Integer.valueOf(TERMINATED)
                                        : error instanceof NeedsSparkException ? Integer.valueOf(NEEDS_SPARK) : null;
        return Optional.ofNullable(code).map(c -> Failure.expected(c, error.getMessage() + advice(error)));
    }

    /** Returns advice that applies to the command line only. */
    private static String advice(Throwable error) {
        return causes(error).anyMatch(InvalidRowsException.class::isInstance)
                ? "; data.invalid = skip leaves such rows out, keep models their other cells if the" + " model can"
                : causes(error).anyMatch(MissingConnectorException.class::isInstance)
                        ? "; add it after --, for example -- --packages" + " org.apache.hadoop:hadoop-aws:VERSION"
                        : "";
    }

    /** Handles exceptions of Spark, Hadoop and Java that a user can fix. */
    private static Optional<Failure> theirs(Throwable error) {
        if (error instanceof OutOfMemoryError) {
            return Optional.of(Failure.expected(OTHER, memory(String.valueOf(error.getMessage()))));
        }
        if (error instanceof AccessControlException || error instanceof AccessDeniedException) {
            return Optional.of(Failure.expected(DATA, "permission denied: " + firstLine(error.getMessage())));
        }
        if (error instanceof IllegalArgumentException && (error.getMessage() + "").startsWith(NO_REALM)) {
            return Optional.of(
                    Failure.expected(
                            USAGE,
                            "Kerberos is on, but this process knows no realm; install /etc/krb5.conf, or name the file by -Djava.security.krb5.conf"));
        }
        if (error instanceof FileNotFoundException) {
            return Optional.of(Failure.expected(
                    DATA, "a file does not exist or cannot be read: " + firstLine(error.getMessage())));
        }
        Optional<String> header = causes(error) // an outer cause says less, that a file cannot be read
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .flatMap(message -> CsvHeader.sentence(message).stream())
                .findFirst();
        if (header.isPresent()) {
            return Optional.of(Failure.expected(DATA, header.get()));
        }
        if (error instanceof SparkThrowable spark && isUnreadable(spark)) {
            return Optional.of(Failure.expected(DATA, "the data cannot be read: " + reason(error)));
        }
        return Optional.empty();
    }

    /** Describes a lack of memory. No memory helps if an array is longer than Java's longest. */
    private static String memory(String reason) {
        return LONG_ARRAY.matcher(reason).find()
                ? "an array is longer than Java's longest array of 2147483647 elements ("
                        + reason
                        + "); more memory does not help: use a smaller model or fewer columns"
                : "not enough memory ("
                        + reason
                        + "); give the driver or the executors more memory, for example"
                        + " -- --driver-memory 8g";
    }

    /**
     * Handles a full disk, a failing or an unreachable file system. More specific messages take precedence. An object
     * that cannot be serialised is a mistake of the code, although Java counts it among these.
     */
    private static Optional<Failure> ofFiles(Throwable error) {
        String message = firstLine(error.getMessage());
        if (error instanceof UncheckedIOException) {
            return Optional.of(Failure.expected(OTHER, message));
        }
        boolean isOfFiles = error instanceof IOException || error instanceof FSError;
        return isOfFiles && !(error instanceof ObjectStreamException)
                ? Optional.of(Failure.expected(
                        OTHER,
                        "a file cannot be read or written: " + (error instanceof FSError ? reason(error) : message)))
                : Optional.empty();
    }

    /** Returns a short message, because Spark's messages continue with query plans and stack traces. */
    private static String summary(Throwable error) {
        String reason = reason(error);
        return error.getClass().getSimpleName()
                + ": "
                + firstLine(error.getMessage())
                + (firstLine(error.getMessage()).contains(reason) ? "" : " (" + reason + ")");
    }

    private static boolean isUnreadable(SparkThrowable error) {
        String condition = Objects.requireNonNullElse(error.getCondition(), "");
        return UNREADABLE.stream().anyMatch(condition::startsWith);
    }

    /** Returns the message of the innermost cause that has one. The outer causes only name threads and tasks. */
    public static String reason(Throwable error) {
        return causes(error)
                .map(Throwable::getMessage)
                .filter(message -> message != null && !message.isBlank())
                .reduce((outer, inner) -> inner)
                .map(ExitCodes::firstLine)
                .orElse("no reason given");
    }

    private static Stream<Throwable> causes(Throwable error) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return Stream.iterate(error, cause -> cause != null && seen.add(cause), Throwable::getCause);
    }

    /**
     * Returns the first line of a message that is not blank, without the query plans and stack traces that Spark adds.
     */
    public static String firstLine(String message) {
        return Objects.requireNonNullElse(message, "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("no reason given");
    }
}
