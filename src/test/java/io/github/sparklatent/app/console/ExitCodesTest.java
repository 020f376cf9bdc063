package io.github.sparklatent.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import io.github.sparklatent.FullDisk;
import io.github.sparklatent.app.console.ExitCodes.Failure;
import io.github.sparklatent.cluster.storage.UnsuitableStoreException;
import io.github.sparklatent.config.ConfigurationException;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.OptionsException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.token.SecretManager;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class ExitCodesTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new ConfigurationException(List.of(new Problem("a.conf", 3, "x is 0, must be 1"))),
                        2,
                        "a.conf:3: x is 0, must be 1"),
                Arguments.of(new UsageException("output exists"), 2, "output exists"),
                Arguments.of(new DataException("no rows"), 3, "no rows"),
                Arguments.of(new OptionsException("3 factors"), 2, "3 factors"),
                Arguments.of(
                        new IllegalArgumentException("Can't get Kerberos realm", new IllegalStateException()),
                        2,
                        "Kerberos is on, but this process knows no realm; install /etc/krb5.conf, or name the"
                                + " file by -Djava.security.krb5.conf"),
                Arguments.of(new DivergedException("round 3: NaN"), 5, "round 3: NaN"),
                Arguments.of(new Stop.StoppedException("stopped", null), 143, "stopped"),
                Arguments.of(
                        new UncheckedIOException("out cannot be written: no space", new IOException("no space")),
                        1,
                        "out cannot be written: no space"),
                Arguments.of(
                        new IOException("No space left on device"),
                        1,
                        "a file cannot be read or written: No space left on device"),
                Arguments.of(FullDisk.error(), 1, "a file cannot be read or written: No space left on device"),
                Arguments.of(
                        new AccessControlException("Permission denied: user=me"),
                        2,
                        "permission denied: Permission denied: user=me"),
                Arguments.of(
                        new RuntimeException(new FileNotFoundException("File a does not exist")),
                        3,
                        "a file does not exist or cannot be read: File a does not exist"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatAPersonCanMendIsASentence(Throwable error, int code, String sentence) {
        assertThat(ExitCodes.of(error)).isEqualTo(new Failure(code, sentence, "", false));
        Throwable wrapped = new RuntimeException("outer", new IllegalStateException("inner\n\tat x", error));
        assertThat(ExitCodes.of(wrapped)).isEqualTo(new Failure(code, sentence, "", false));
    }

    static Stream<Throwable> passingFaults() {
        return Stream.of(
                new IOException("E"),
                new SocketTimeoutException("Read timed out"),
                new UnknownHostException("hdfs-site"),
                new IllegalArgumentException(new UnknownHostException("hdfs-site")),
                new SSLException("handshake"),
                new BlockMissingException("a", "no live nodes", 0),
                new RemoteException(
                        "org.apache.hadoop.hdfs.protocol.DSQuotaExceededException", "The quota is exceeded"),
                new SecretManager.InvalidToken("token (HDFS_DELEGATION_TOKEN token 1) can't be found in cache"),
                new AccessDeniedException("a", null, "The security token is expired"),
                new AccessControlException(new RemoteException(
                        "org.apache.hadoop.security.token.SecretManager$InvalidToken", "token (1) is expired")),
                new EOFException("End of File Exception between local host and name node"),
                new SparkException("Job aborted", new FileNotFoundException("part-0 was replaced")),
                new FileNotFoundException("a.csv (Too many open files)"),
                new SparkException("Job aborted: executor lost"));
    }

    /** A refusal would be written to a registry's log, and no schedule would try again. */
    @ParameterizedTest
    @MethodSource("passingFaults")
    void aFaultThatMayPassIsNoRefusal(Throwable fault) {
        for (RuntimeException refusal : List.of(
                new DataException("data.path \"a\" cannot be reached", fault),
                new UsageException("registry.path \"a\" cannot be reached", new RuntimeException(fault)))) {
            assertThat(ExitCodes.of(refusal))
                    .isEqualTo(new Failure(
                            1,
                            refusal.getMessage(),
                            "; the storage may answer later, so start the command again",
                            false));
            assertThat(ExitCodes.mayPass(refusal)).isTrue();
        }
    }

    static Stream<Throwable> denials() {
        return Stream.of(
                new AccessControlException("Permission denied"),
                new IOException("not written", new AccessDeniedException("a")),
                new IOException("org.apache.hadoop.security.AccessControlException: Client cannot authenticate"),
                new FileNotFoundException("a.csv (Permission denied)"),
                new RemoteException("org.apache.hadoop.security.AccessControlException", "user=me"));
    }

    @ParameterizedTest
    @MethodSource("denials")
    void noAccessIsAMistakeInTheConfiguration(Throwable fault) {
        for (RuntimeException refusal :
                List.of(new DataException("no table", fault), new UsageException("no table", fault))) {
            assertThat(ExitCodes.of(refusal)).isEqualTo(Failure.expected(2, "no table"));
        }
    }

    static Stream<Throwable> finalFaults() {
        return Stream.of(
                new UnsuitableStoreException("no hard links"),
                new FileNotFoundException("SlowDown.csv does not exist"),
                new JsonParseException(null, "Unrecognized token"),
                new ZipException("invalid block type"),
                new ChecksumException("Checksum error: model/content.cbor at 0", 0),
                new EOFException(),
                new EOFException("Unexpected end of ZLIB input stream"),
                new SparkException("Job aborted", new IllegalStateException("part-0 is not a Parquet file")));
    }

    @ParameterizedTest
    @MethodSource("finalFaults")
    void whatWasReadIsBadData(Throwable fault) {
        assertThat(ExitCodes.of(new DataException("no table", fault))).isEqualTo(Failure.expected(3, "no table"));
    }

    /** A parser quotes what it reads. */
    @Test
    void theWordsOfAParserAreForTheConsoleAlone() {
        Throwable cell = new SparkException("Job aborted", new NumberFormatException("For input string: \"cell\""));
        Throwable wrapped = new DataException("data.path", ExitCodes.unreadable("the table cannot be read", cell));
        assertThat(ExitCodes.of(wrapped)).isEqualTo(new Failure(3, "data.path", ": For input string: \"cell\"", false));
    }

    /** The lengths are of ArraysSupport, the size of the virtual machine: no heap holds such an array. */
    @ParameterizedTest
    @CsvSource({
        "Java heap space, 1, --driver-memory",
        "Required length exceeds implementation limit, 2, more memory does not help",
        "Required array length 2147483639 + 9 is too large, 2, more memory does not help",
        "Requested array size exceeds VM limit, 2, more memory does not help"
    })
    void aLackOfMemoryIsNamed(String reason, int code, String advice) {
        Failure failure = ExitCodes.of(new OutOfMemoryError(reason));
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.sentence()).contains(reason, advice);
        assertThat(failure.unexpected()).isFalse();
    }

    @Test
    void anythingElseIsUnexpected() {
        Failure failure = ExitCodes.of(new IllegalStateException("who knows"));
        assertThat(failure.code()).isEqualTo(1);
        assertThat(failure.sentence()).isEqualTo("internal error: IllegalStateException");
        assertThat(failure.detail()).isEqualTo(": who knows");
        assertThat(failure.unexpected()).isTrue();
    }

    /** Java counts it among the failures of files. */
    @Test
    void anObjectThatCannotBeSentIsUnexpected() {
        assertThat(ExitCodes.of(new NotSerializableException("Loop")).unexpected())
                .isTrue();
    }

    @Test
    void aLongMessageIsCutToItsFirstLine() {
        Throwable cause = new IllegalStateException("lost");
        Failure failure = ExitCodes.of(new SparkException("Job aborted\n\tat x\nDriver stacktrace:", cause));
        assertThat(failure.detail()).isEqualTo(": Job aborted (lost)");
    }

    @Test
    void aCircleOfCausesEnds() {
        RuntimeException a = new RuntimeException("a");
        a.initCause(new RuntimeException("b", a));
        assertThat(ExitCodes.of(a).code()).isEqualTo(1);
    }
}
