package io.github.sparklatent.cluster.storage;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Properties;

/**
 * The run that holds a lock.
 *
 * @param run name of the run, which no other run has
 * @param application identifier of the Spark application
 * @param host name of the host
 * @param namespace namespace of the process ids, because containers of one host have their own;
 *     empty if the system has none
 * @param pid process id
 * @param birth start of the process, which tells a later process with the same id apart
 * @param since time at which the run began
 */
record Owner(
        String run,
        String application,
        String host,
        String namespace,
        long pid,
        String birth,
        String since) {

    /** State of a process that has ended, but whose parent has not asked for its exit code. */
    private static final String ZOMBIE = "Z";

    /** Index of the start time behind the name of the process in {@code /proc/PID/stat}. */
    private static final int START_TIME = 19;

    /** Returns the owner of a run of this process. */
    static Owner current(String run, String application) {
        long pid = ProcessHandle.current().pid();
        return new Owner(
                run,
                application,
                UniqueName.host(),
                ownNamespace(),
                pid,
                birth(pid),
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
     * Returns a text that only this process has among all processes with this id. Linux counts the
     * time from the start of the machine, which does not change when the clock is set.
     */
    private static String birth(long pid) {
        try {
            String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return ZOMBIE.equals(fields[0])
                    ? ""
                    : Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
                            + "/"
                            + fields[START_TIME];
        } catch (IOException e) {
            return ProcessHandle.of(pid)
                    .flatMap(process -> process.info().startInstant())
                    .map(Instant::toString)
                    .orElse("");
        }
    }

    /** Returns whether the process has certainly ended. Only its own host can know. */
    boolean isDead() {
        return host.equals(UniqueName.host())
                && namespace.equals(ownNamespace())
                && !birth.equals(birth(pid));
    }

    byte[] encoded() {
        return "run=%s\napplication=%s\nhost=%s\nnamespace=%s\npid=%d\nbirth=%s\nsince=%s\n"
                .formatted(run, application, host, namespace, pid, birth, since)
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
                values.getProperty("since", "?"));
    }

    @Override
    public String toString() {
        return "process %d on host %s (Spark application %s) has held it since %s"
                .formatted(pid, host, application, since);
    }
}
