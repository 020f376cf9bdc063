package io.github.sparklatent.cluster.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of one run to write a path: a file {@code .NAME.lock} beside the path, which is created if absent and names
 * the run.
 *
 * <p>While the holder lives, it writes a file of its own beside the lock again and again. A lock is stale if neither
 * was written for {@link #LEASE} by the clock of the store, if its process has certainly ended on this host, if its run
 * has ended in this process, or if YARN has started this attempt of its application instead. To remove a stale lock, a
 * run first creates a claim, a file whose name depends on the content of this lock. Thus only one run removes it, and
 * none removes the lock of the run that follows.
 *
 * <p>A process that was suspended longer than the lease may have lost its lock without knowing. It asks
 * {@link #requireHeld} before it publishes.
 */
public final class RunLock implements AutoCloseable {
    /** Time after which a lock that was not renewed belongs to a dead process. */
    static final Duration LEASE = Duration.ofMinutes(10);

    private static final Duration RENEWAL = Duration.ofMinutes(1);
    private static final int ATTEMPTS = 3;
    private static final int MAX_BYTES = 1 << 16;
    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

    /** Names and contents of locks of this process that could not be removed when their runs ended. */
    private static final Set<String> LEFT = ConcurrentHashMap.newKeySet();

    private final AtomicFiles atomic;
    private final FileSystem files;
    private final Path lock;
    private final Owner owner;
    private final byte[] own;
    private final String shown;
    private ScheduledExecutorService renewal;

    private RunLock(AtomicFiles atomic, Path lock, Owner owner, String shown) {
        this.atomic = atomic;
        this.files = atomic.files();
        this.lock = lock;
        this.owner = owner;
        this.own = owner.encoded();
        this.shown = shown;
    }

    /**
     * Takes the lock of a path and renews it until it is closed.
     *
     * @param shown the path as in the configuration, for messages
     * @param run name of the run, which no other run has
     * @param application identifier of the Spark application
     * @throws HeldException if another run holds the lock
     */
    public static RunLock acquire(Configuration hadoop, Path path, String shown, String run, String application)
            throws IOException {
        return acquire(hadoop, path, shown, Owner.current(run, application));
    }

    static RunLock acquire(Configuration hadoop, Path path, String shown, Owner owner) throws IOException {
        AtomicFiles atomic = new AtomicFiles(hadoop, path);
        RunLock lock = new RunLock(atomic, file(path), owner, shown);
        try {
            lock.create();
        } catch (HeldException e) {
            throw e;
        } catch (IOException e) { // of the storage, perhaps for a moment only
            LOG.debug("lock {} is tried again", lock.lock, e);
            lock.create();
        }
        lock.startRenewal();
        return lock;
    }

    /** Creates the file, where the second attempt follows the removal of a stale lock. */
    private void create() throws IOException {
        if (!atomic.createIfAbsent(lock, own) && !(removeStale() && atomic.createIfAbsent(lock, own))) {
            throw new HeldException(held());
        }
    }

    /**
     * Checks that no living run holds the lock of a path. The lock can be taken at any time after.
     *
     * @param shown the path as in the configuration, for messages
     * @throws HeldException if a run holds the lock
     */
    public static void requireFree(Configuration hadoop, Path path, String shown) throws IOException {
        RunLock lock = new RunLock(new AtomicFiles(hadoop, path), file(path), Owner.current("none", "none"), shown);
        Optional<byte[]> there = lock.content(lock.lock);
        if (there.isPresent() && !lock.isStale(lock.lock, there.get())) {
            throw new HeldException(lock.held());
        }
    }

    static Path file(Path path) {
        return new Path(path.getParent(), "." + path.getName() + ".lock");
    }

    private boolean removeStale() throws IOException {
        Optional<byte[]> there = content(lock);
        if (there.isEmpty()) {
            return true;
        }
        if (!isStale(lock, there.get())) {
            return false;
        }
        Path claim = claim(there.get());
        if (!atomic.createIfAbsent(claim, own)) {
            // The run that has the claim may be dead, too.
            Optional<byte[]> claimant = content(claim);
            if (claimant.isPresent() && !isStale(claim, claimant.get())) {
                return false;
            }
            files.delete(claim, false);
            if (!atomic.createIfAbsent(claim, own)) {
                return false;
            }
        }
        Optional<byte[]> still = content(lock);
        if (still.isPresent() && Arrays.equals(still.get(), there.get())) {
            LOG.warn("removing the lock \"{}\" of a dead run: {}", lock, Owner.decoded(still.get()));
            files.delete(lock, false);
        }
        files.delete(claim, false);
        return true;
    }

    private Path claim(byte[] stale) {
        return lock.suffix("-%08x".formatted(checksum(stale)));
    }

    /** Returns the file that the holder of this lock writes again and again. */
    private Path alive(byte[] holder) {
        return lock.suffix("-%08x.alive".formatted(checksum(holder)));
    }

    private static String left(Path lock, byte[] content) {
        return lock + "\n" + new String(content, StandardCharsets.UTF_8);
    }

    private static long checksum(byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        return checksum.getValue();
    }

    private boolean isStale(Path file, byte[] content) throws IOException {
        Owner there = Owner.decoded(content);
        if (there.isReplacedBy(owner) || there.isDead() || LEFT.contains(left(file, content))) {
            return true;
        }
        long renewed = Math.max(modified(file), modified(alive(content)));
        return now() - renewed > LEASE.toMillis();
    }

    /** Returns when the store has written a file, in milliseconds by its own clock; 0 if there is no file. */
    private long modified(Path file) throws IOException {
        try {
            return files.getFileStatus(file).getModificationTime();
        } catch (FileNotFoundException e) {
            return 0;
        }
    }

    /** Returns the time of the store, which the clocks of this host and of the holder's may not have. */
    private long now() throws IOException {
        Path file = lock.suffix("-" + UniqueName.next() + ".clock");
        try {
            write(file);
            return modified(file);
        } finally {
            files.delete(file, false);
        }
    }

    private void write(Path file) throws IOException {
        try (OutputStream out = files.create(file, true)) {
            out.write(own);
        }
    }

    private Optional<byte[]> content(Path file) throws IOException {
        try (FSDataInputStream in = files.open(file)) {
            return Optional.of(in.readNBytes(MAX_BYTES));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private String held() throws IOException {
        return "%s is in use: %s; wait for its end, stop it, or set another path (if the process has died on another host, its lock \"%s\" expires %d minutes after its last renewal)"
                .formatted(
                        shown,
                        content(lock)
                                .map(there -> Owner.decoded(there).toString())
                                .orElse("another run has just held it"),
                        lock,
                        LEASE.toMinutes());
    }

    private void startRenewal() {
        renewal = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "renewal of " + lock);
            thread.setDaemon(true);
            return thread;
        });
        renewal.scheduleWithFixedDelay(this::renew, RENEWAL.toSeconds(), RENEWAL.toSeconds(), TimeUnit.SECONDS);
    }

    /** Writes the file by which others see that this run lives. Nobody else writes it, so it harms no successor. */
    void renew() {
        try {
            requireHeld();
            write(alive(own));
        } catch (IOException | RuntimeException | FSError e) { // an exception that escapes would end the renewal
            LOG.warn("lock \"{}\" cannot be renewed: {}", lock, e.getMessage());
        }
    }

    /** Checks that no other run has taken the lock over. Throws a HeldException if this run has lost the lock. */
    public void requireHeld() throws IOException {
        Optional<byte[]> there = content(lock);
        if (there.isEmpty() || !Arrays.equals(there.get(), own)) {
            throw new HeldException(
                    "%s was locked by this run, which has lost the lock \"%s\" (%s); this run ends without replacing anything, so start it again"
                            .formatted(
                                    shown,
                                    lock,
                                    there.map(content -> Owner.decoded(content).toString())
                                            .orElse("the file was deleted")));
        }
    }

    /** Removes claims and temporary files of runs that were killed while they took the lock. */
    private void clean() throws IOException {
        for (FileStatus sibling : files.listStatus(lock.getParent())) {
            String name = sibling.getPath().getName();
            if (name.startsWith(lock.getName() + "-") || name.startsWith("." + lock.getName())) {
                files.delete(sibling.getPath(), false);
            }
        }
    }

    /**
     * Releases the lock. It is tried a few times, because a lock that stays would refuse the next run on another host
     * until it expires. A failure is only logged.
     */
    @Override
    public void close() {
        renewal.shutdownNow();
        try {
            // The file is deleted after the last renewal, which would create it again.
            renewal.awaitTermination(RENEWAL.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LEFT.add(left(lock, own));
            return; // a client of a file system does not work in an interrupted thread
        }
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                if (content(lock).filter(there -> Arrays.equals(there, own)).isPresent()) {
                    clean();
                    files.delete(lock, false);
                }
                return;
            } catch (IOException e) {
                LOG.warn("lock \"{}\" cannot be removed: {}", lock, e.getMessage());
            }
        }
        LEFT.add(left(lock, own));
    }
}
