package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.storage.AtomicFiles;
import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that states how a command has ended, because cluster managers lose exit codes. It is
 * replaced at each attempt.
 */
public final class StatusFile {
    private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);

    private final Configuration hadoop;
    private final String path;
    private final String command;
    private final String runId;
    private String sentence = "";
    private String decision = "";

    /** Creates the access to the file without changing the file system. */
    public StatusFile(Configuration hadoop, String path, String command, String runId) {
        this.hadoop = hadoop;
        this.path = path;
        this.command = command;
        this.runId = runId;
    }

    /** Sets the sentence that explains a failure. */
    public void because(String value) {
        sentence = value;
    }

    /** Sets the decision of a command that decides: {@code accepted} or {@code rejected}. */
    public void decided(String value) {
        decision = value;
    }

    /** Writes that the command is running, so that the outcome of an earlier attempt is gone. */
    public void started() {
        write(
                Json.object(
                        "command",
                        command,
                        "runId",
                        runId,
                        "state",
                        "running",
                        "time",
                        Instant.now().toString()));
    }

    /** Writes how the command has ended. */
    public void ended(int code) {
        write(
                Json.object(
                        "command", command,
                        "runId", runId,
                        "state", "ended",
                        "exitCode", code,
                        "retryable", ExitCodes.isRetryable(code),
                        "decision", decision,
                        "message", sentence,
                        "time", Instant.now().toString()));
    }

    /** Writes the file. A failure is only logged, because the work does not depend on it. */
    private void write(Map<String, Object> content) {
        Path file = new Path(path);
        try {
            FileSystem files = AtomicFiles.plain(FileSystems.of(file, hadoop));
            try (OutputStream out = files.create(file, true)) {
                out.write(Json.text(content).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", path, ExitCodes.firstLine(e.getMessage()));
        }
    }
}
