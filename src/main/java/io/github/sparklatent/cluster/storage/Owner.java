package io.github.sparklatent.cluster.storage;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The run that holds a lock.
 *
 * @param run name of the run, which no other run has
 * @param application identifier of the Spark application
 * @param host name of the host
 * @param namespace namespace of the process ids, because containers of one host have their own; empty if the system has
 *     none
 * @param pid process id
 * @param birth boot of the machine and start of the process, which differs from that of a later process with the same
 *     id; empty if the system does not show it
 * @param attempt application and attempt of YARN whose container the process runs in; empty elsewhere
 * @param since time at which the run began
 */
record Owner(
        String run,
        String application,
        String host,
        String namespace,
        long pid,
        String birth,
        String attempt,
        String since) {

    /** State of a process that has ended, but whose parent has not asked for its exit code. */
    private static final String ZOMBIE = "Z";

    /** Index of the start time behind the name of the process in {@code /proc/PID/stat}. */
    private static final int START_TIME = 19;

    /** Names of YARN's containers: application, attempt, container. */
    private static final Pattern CONTAINER = Pattern.compile("container_(?:e\\d+_)?(\\d+_\\d+)_(\\d{1,6})_\\d+");

    private static final Pattern ATTEMPT = Pattern.compile("(application_\\d+_\\d+)/(\\d{1,6})");

    static Owner current(String run, String application) {
        return current(run, application, System.getenv("CONTAINER_ID"));
    }

    /**
     * Returns the owner of a run of this process.
     *
     * @param container name of YARN's container; null outside of YARN
     */
    static Owner current(String run, String application, String container) {
        long pid = ProcessHandle.current().pid();
        Matcher name = CONTAINER.matcher(container == null ? "" : container);
        return new Owner(
                run,
                application,
                UniqueName.host(),
                ownNamespace(),
                pid,
                birth(pid).orElse(""),
                name.matches() ? "application_%s/%d".formatted(name.group(1), Integer.parseInt(name.group(2))) : "",
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static String ownNamespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    /**
     * Returns a text that only this process has among all processes with this id on this machine; an empty text if the
     * process has ended; absent if that is unknown, because the system does not show processes, or not those of other
     * users. Linux counts the time from the start of the machine, which does not change when the clock is set.
     */
    private static Optional<String> birth(long pid) {
        try {
            String boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return Optional.of(ZOMBIE.equals(fields[0]) ? "" : boot + "/" + fields[START_TIME]);
        } catch (NoSuchFileException e) {
            // The first process exists. If it cannot be seen, others may be hidden, too.
            return Files.exists(Path.of("/proc/1/stat")) ? Optional.of("") : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns whether the process has certainly ended. Only its own machine can know, and only since it was started: a
     * name of a host, and a process id, may come again.
     */
    boolean isDead() {
        String own = birth(ProcessHandle.current().pid()).orElse("");
        return host.equals(UniqueName.host())
                && !namespace.isEmpty()
                && namespace.equals(ownNamespace())
                && !own.isEmpty()
                && birth.startsWith(own.substring(0, own.indexOf('/') + 1))
                && birth(pid).filter(now -> !now.equals(birth)).isPresent();
    }

    /** Returns whether YARN has started another attempt of the application instead of this one. */
    boolean isReplacedBy(Owner other) {
        Matcher before = ATTEMPT.matcher(attempt);
        Matcher after = ATTEMPT.matcher(other.attempt);
        return before.matches()
                && after.matches()
                && before.group(1).equals(after.group(1))
                && Integer.parseInt(before.group(2)) < Integer.parseInt(after.group(2));
    }

    byte[] encoded() {
        return "run=%s\napplication=%s\nhost=%s\nnamespace=%s\npid=%d\nbirth=%s\nattempt=%s\nsince=%s\n"
                .formatted(run, application, host, namespace, pid, birth, attempt, since)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the owner in a lock file. A file that is not whole names nobody. */
    static Owner decoded(byte[] content) {
        Properties values = new Properties();
        long pid;
        try {
            values.load(new StringReader(new String(content, StandardCharsets.UTF_8)));
            pid = Long.parseLong(values.getProperty("pid", "0"));
        } catch (IOException | IllegalArgumentException e) {
            pid = 0;
        }
        return new Owner(
                values.getProperty("run", "?"),
                values.getProperty("application", "?"),
                values.getProperty("host", "?"),
                values.getProperty("namespace", ""),
                pid,
                values.getProperty("birth", ""),
                values.getProperty("attempt", ""),
                values.getProperty("since", "?"));
    }

    @Override
    public String toString() {
        return "process %d on host %s (Spark application %s) has held it since %s"
                .formatted(pid, host, application, since);
    }
}
