package io.github.sparklatent.app.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.sparklatent.cluster.storage.FileSystems.MissingConnectorException;
import io.github.sparklatent.cluster.table.UsabilityCheck.InvalidRowsException;
import io.github.sparklatent.config.ConfigurationException;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.OptionsException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.SparkException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

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
            "MALFORMED_",
            "PATH_NOT_FOUND",
            "UNABLE_TO_INFER_SCHEMA");

    /** Java's messages about an array that is too long for any heap. */
    private static final Pattern LONG_ARRAY =
            Pattern.compile("Required (array )?length|Requested array size exceeds VM limit");

    private static final Pattern CSV_HEADER = Pattern.compile(
            "CSV header does not conform to the schema.*?Header: (?<header>[^\\n]*)"
                    + ".*?Expected: (?<expected>.*?) but found: (?<found>[^\\n]*)"
                    + ".*?CSV file: (?<file>[^\\n]*)",
            Pattern.DOTALL);

    /** Exceptions and words of a store that refuses access. */
    private static final Pattern DENIED =
            Pattern.compile("AccessControlException|AccessDeniedException|\\(Permission denied\\)|\\b403 Forbidden");

    /** Words of a store about credentials that another start may renew. */
    private static final Pattern TOKEN =
            Pattern.compile("(?i)(expired|invalid)\\W?token|\\btoken\\b.*(expired|invalid|can't be found)");

    /** Ends of Java's messages that a local file is not found, although it may be there. */
    private static final Pattern UNOPENED = Pattern.compile(
            "\\((Too many open files.*|Input/output error|Stale file handle|Cannot allocate memory)\\)$");

    /** Messages of a reader that has come to the end of a file. Those of a lost connection are others. */
    private static final Pattern ENDED = Pattern.compile("null|(Unexpected end of|Reached the end of) .*");

    /** Exceptions that stay: a store throws them about a path, a parser about what it has read. */
    private static final List<Class<? extends IOException>> FINAL = List.of(
            FileNotFoundException.class,
            NoSuchFileException.class,
            FileAlreadyExistsException.class,
            ParentNotDirectoryException.class,
            UnsupportedFileSystemException.class,
            JsonProcessingException.class,
            CharacterCodingException.class,
            ChecksumException.class,
            ObjectStreamException.class,
            ZipException.class);

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

    /**
     * Returns the exit code and message for an exception, derived from it or from one of its causes. A refusal that was
     * caused by a fault of the storage or of the cluster may pass.
     */
    public static Failure of(Throwable error) {
        Failure failure = ofCauses(error);
        if (failure.code() != USAGE && failure.code() != DATA) {
            return failure;
        }
        boolean isDenied = causes(error).anyMatch(ExitCodes::isDenied)
                && causes(error)
                        .noneMatch(cause -> isOfFiles(cause)
                                && TOKEN.matcher(cause.toString()).find());
        return isDenied
                ? new Failure(USAGE, failure.sentence(), failure.detail(), false)
                : isPassing(error)
                        ? new Failure(
                                OTHER,
                                failure.sentence(),
                                failure.detail() + "; the storage may answer later, so start the command again",
                                false)
                        : failure;
    }

    /** Returns whether a refusal has a reason that may pass, so that the same command may succeed later. */
    public static boolean mayPass(Throwable refusal) {
        return isRetryable(of(refusal).code());
    }

    /**
     * Returns whether nothing is known about the data and the configuration, because a file could not be read or
     * written, or a task of Spark has failed.
     */
    private static boolean isPassing(Throwable error) {
        boolean isOfTask = causes(error).anyMatch(SparkException.class::isInstance);
        return innermost(error) instanceof SparkException spark && !isUnreadable(spark)
                || causes(error).anyMatch(cause -> isOfFiles(cause) && !isFinal(cause, isOfTask));
    }

    /** Returns whether a fault stays. A file that a task of Spark does not find was there when Spark planned it. */
    private static boolean isFinal(Throwable fault, boolean isOfTask) {
        return !isUnopened(fault)
                        && FINAL.stream().anyMatch(type -> type.isInstance(fault))
                        && !(isOfTask
                                && (fault instanceof FileNotFoundException || fault instanceof NoSuchFileException))
                || fault.getClass() == EOFException.class
                        && ENDED.matcher(String.valueOf(fault.getMessage())).matches()
                || fault.getClass().getName().startsWith("io.github.sparklatent.");
    }

    private static boolean isUnopened(Throwable fault) {
        return fault instanceof FileNotFoundException
                && UNOPENED.matcher(String.valueOf(fault.getMessage())).find();
    }

    private static boolean isDenied(Throwable error) {
        return isOfFiles(error) && DENIED.matcher(error.toString()).find();
    }

    private static boolean isOfFiles(Throwable error) {
        return error instanceof IOException || error instanceof FSError;
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
                .orElseGet(() -> new Failure(
                        OTHER, "internal error: " + error.getClass().getSimpleName(), ": " + summary(error), true));
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
                                : error instanceof Stop.StoppedException ? Integer.valueOf(TERMINATED) : null;
        String detail = error instanceof DataException data ? data.detail() : "";
        return Optional.ofNullable(code).map(c -> new Failure(c, error.getMessage() + advice(error), detail, false));
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
            return Optional.of(memory(String.valueOf(error.getMessage())));
        }
        if (isDenied(error)) {
            return Optional.of(Failure.expected(USAGE, "permission denied: " + firstLine(error.getMessage())));
        }
        if (error instanceof IllegalArgumentException
                && (error.getMessage() + "").startsWith("Can't get Kerberos realm")) {
            return Optional.of(
                    Failure.expected(
                            USAGE,
                            "Kerberos is on, but this process knows no realm; install /etc/krb5.conf, or name the file by -Djava.security.krb5.conf"));
        }
        if (error instanceof FileNotFoundException && !isUnopened(error)) {
            return Optional.of(Failure.expected(
                    DATA, "a file does not exist or cannot be read: " + firstLine(error.getMessage())));
        }
        Optional<String> header = causes(error) // an outer cause says less, that a file cannot be read
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .flatMap(message -> header(message).stream())
                .findFirst();
        if (header.isPresent()) {
            return Optional.of(Failure.expected(DATA, header.get()));
        }
        if (error instanceof SparkThrowable spark && isUnreadable(spark)) {
            return ours(unreadable("the data cannot be read", error));
        }
        return Optional.empty();
    }

    /** Describes a lack of memory. No memory and no other start helps if an array is longer than Java's longest. */
    private static Failure memory(String reason) {
        boolean isTooLong = LONG_ARRAY.matcher(reason).find();
        String sentence = isTooLong
                ? "an array is longer than Java's longest array of 2147483647 elements (%s); more memory does not help: use a smaller model or fewer columns"
                : "not enough memory (%s); give the driver or the executors more memory, for example -- --driver-memory 8g";
        return Failure.expected(isTooLong ? USAGE : OTHER, sentence.formatted(reason));
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
        return isOfFiles(error) && !(error instanceof ObjectStreamException)
                ? Optional.of(Failure.expected(
                        OTHER,
                        "a file cannot be read or written: " + (error instanceof FSError ? reason(error) : message)))
                : Optional.empty();
    }

    /** Returns a short message, because Spark's messages continue with query plans and stack traces. */
    private static String summary(Throwable error) {
        String reason = reason(error);
        return firstLine(error.getMessage())
                + (firstLine(error.getMessage()).contains(reason) ? "" : " (" + reason + ")");
    }

    /**
     * Returns the refusal of data that cannot be read. The reason is only a detail if it is that of a parser, which
     * quotes what it reads.
     */
    public static DataException unreadable(String sentence, Throwable error) {
        String reason = file(error) + ": " + reason(error);
        Throwable innermost = innermost(error);
        return innermost instanceof AnalysisException
                        || isOfFiles(innermost) && !(innermost instanceof JsonProcessingException)
                ? new DataException(sentence + reason, error)
                : (DataException) new DataException(sentence, reason).initCause(error);
    }

    /** Returns the file that Spark names as unreadable, unless the reason names it. */
    private static String file(Throwable error) {
        return causes(error)
                .filter(cause -> cause instanceof SparkThrowable spark && isUnreadable(spark))
                .map(cause -> ((SparkThrowable) cause).getMessageParameters().get("path"))
                .filter(file -> file != null && !reason(error).contains(file))
                .findFirst()
                .map(": "::concat)
                .orElse("");
    }

    private static Throwable innermost(Throwable error) {
        return causes(error).reduce((outer, inner) -> inner).orElseThrow();
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

    /** Returns a sentence about Spark's error of a CSV file whose header differs from the columns that were read. */
    private static Optional<String> header(String message) {
        Matcher error = CSV_HEADER.matcher(message);
        if (!error.find()) {
            return Optional.empty();
        }
        Set<String> seen = new HashSet<>();
        String file = error.group("file").strip();
        return Stream.of(error.group("header").split(","))
                .map(String::strip)
                .filter(name -> !seen.add(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(name ->
                        "the header of %s has \"%s\" twice, expected different names; rename a column, or set data.header = false if the first line is a row"
                                .formatted(file, name))
                .or(() -> Optional.of(
                        "the header of %s has \"%s\" in place of \"%s\", expected the columns of data.schema, or of the first file, in the same order"
                                .formatted(
                                        file,
                                        error.group("found").strip(),
                                        error.group("expected").strip())));
    }
}
