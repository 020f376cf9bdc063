package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.storage.AtomicFiles;
import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that states how a command has ended, because cluster managers lose exit codes. It states the newest attempt.
 * An attempt that was refused only because another run has succeeded or is running leaves the file of that run.
 */
public final class StatusFile {
    private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);
    private static final String RUNNING = "running";

    private final Configuration hadoop;
    private final String path;
    private final String command;
    private final Map<String, Object> subject;
    private final boolean isInRegistry;
    private boolean started;
    private boolean isOfAnother;
    private String sentence = "";
    private String decision = "";
    private Map<String, Object> versions = Map.of();

    /**
     * Creates the access to the file without changing the file system.
     *
     * @param subject the run or the result that the command is about
     * @param isInRegistry whether the file is in a registry, which is made for it
     */
    public StatusFile(
            Configuration hadoop, String path, String command, Map<String, Object> subject, boolean isInRegistry) {
        this.hadoop = hadoop;
        this.path = path;
        this.command = command;
        this.subject = subject;
        this.isInRegistry = isInRegistry;
    }

    /** Sets the sentence that explains a failure. */
    public void because(String value) {
        sentence = value;
    }

    /** Sets the decision of a command that decides: {@code accepted}, {@code rejected} or {@code held}. */
    public void decided(String value) {
        decision = value;
    }

    /** Sets the versions of the tables that the command has read. */
    public void read(Map<String, Object> dataVersions) {
        versions = dataVersions;
    }

    /** Writes that the command is running, so that the outcome of an earlier attempt is gone. */
    public void started() {
        started = true;
        write(content("state", RUNNING));
    }

    /** Keeps the file of the run that has refused this one, unless this one had started. */
    public void keep() {
        isOfAnother = true;
    }

    /** Writes how the command has ended. */
    public void ended(int code) {
        if (started || !isOfAnother && isPlace()) {
            write(content(
                    "state", "ended",
                    "exitCode", code,
                    "retryable", ExitCodes.isRetryable(code),
                    "decision", decision,
                    "message", sentence));
        }
    }

    private Map<String, Object> content(Object... entries) {
        Map<String, Object> content = Json.object("command", command);
        content.putAll(subject);
        content.putAll(Json.object(entries));
        if (!versions.isEmpty()) {
            content.put("dataVersions", versions);
        }
        content.put("time", Instant.now().toString());
        return content;
    }

    /** Returns whether the file can be written without making the directory of an output. */
    private boolean isPlace() {
        Path parent = new Path(path).getParent();
        try {
            return isInRegistry || FileSystems.of(parent, hadoop).exists(parent);
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} cannot be reached", parent, e);
            return false;
        }
    }

    /** Writes the file. A failure is only logged, because the work does not depend on it. */
    private void write(Map<String, Object> content) {
        Path file = new Path(path);
        try {
            new AtomicFiles(hadoop, file).replace(file, Json.text(content).getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException | FSError e) {
            LOG.warn("{} cannot be written: {}", path, ExitCodes.firstLine(e.getMessage()));
        }
    }
}
