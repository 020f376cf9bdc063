package io.github.sparklatent.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunLockTest {
    @TempDir
    Path folder;

    private RunLock acquire(String scheme, String run) throws IOException {
        return RunLock.acquire(
                ObjectStore.configuration(),
                new org.apache.hadoop.fs.Path(scheme + "://" + folder + "/out"),
                "output.path \"out\"",
                run,
                "app-1");
    }

    private Path file() {
        return folder.resolve(".out.lock");
    }

    private static void age(Path file) throws IOException {
        Instant past = Instant.now().minus(RunLock.LEASE).minus(Duration.ofSeconds(1));
        Files.setLastModifiedTime(file, FileTime.from(past));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", ObjectStore.SCHEME})
    void theSecondRunIsToldWhoHoldsIt(String scheme) throws IOException {
        try (RunLock first = acquire(scheme, "1")) {
            assertThatThrownBy(() -> acquire(scheme, "2"))
                    .isInstanceOf(HeldException.class)
                    .hasMessageStartingWith(
                            "output.path \"out\" is in use: process %d on host %s (Spark"
                                    + " application app-1) has held it since 20",
                            ProcessHandle.current().pid(), UniqueName.host())
                    .hasMessageContaining("wait for its end, stop it, or set another path");
            first.requireHeld();
        }
        assertThat(folder).isEmptyDirectory();
        acquire(scheme, "2").close();
    }

    /** A call fails, one after the other, until no call is left to fail. */
    @Test
    void aMomentaryFailureNeitherRefusesTheLockNorLeavesIt() throws IOException {
        boolean failed = true;
        for (int call = 1; failed; call++) {
            FaultyFiles.failAt(call, false);
            acquire(FaultyFiles.SCHEME, "" + call).close();
            failed = FaultyFiles.failNever();
            assertThat(file()).as("call %d", call).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", ObjectStore.SCHEME})
    void theLockOfADeadProcessIsTakenOver(String scheme) throws IOException {
        try (RunLock dead = acquire(scheme, "1")) {
            String text = Files.readString(file());
            Files.writeString(file(), text.replaceAll("birth=(.*)/.*", "birth=$1/another"));
            try (RunLock second = acquire(scheme, "2")) {
                second.requireHeld();
                assertThatThrownBy(dead::requireHeld)
                        .isInstanceOf(HeldException.class)
                        .hasMessageContaining("has lost the lock");
            }
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void aProcessOnAnotherHostIsDeadWhenItsLockExpires() throws IOException {
        RunLock dead = acquire("file", "1");
        String text = Files.readString(file());
        Files.writeString(file(), text.replaceAll("birth=.*", "birth=x").replaceAll("host=.*", "host=far"));
        assertThatThrownBy(() -> acquire("file", "2"))
                .isInstanceOf(HeldException.class)
                .hasMessageContaining("on host far");
        age(file());
        acquire("file", "2").close();
        dead.close();
        assertThat(folder).isEmptyDirectory();
    }

    /**
     * Nothing proves that the process has ended: the machine was started again, or is another one of the same name; the
     * system does not show processes; the namespace of the ids is unknown.
     */
    @ParameterizedTest
    @CsvSource({"birth=.*/, birth=another-boot/", "birth=.*, birth=", "namespace=.*, namespace="})
    void anOwnerWhoseEndIsNotProvenIsAliveUntilTheLeaseExpires(String found, String written) throws IOException {
        RunLock unknown = acquire("file", "1");
        String text = Files.readString(file()).replaceAll("birth=(.*)/.*", "birth=$1/another");
        Files.writeString(file(), text.replaceAll(found, written));
        assertThatThrownBy(() -> acquire("file", "2")).isInstanceOf(HeldException.class);
        age(file());
        acquire("file", "2").close();
        unknown.close();
    }

    private RunLock acquire(String scheme, String run, String container) throws IOException {
        return RunLock.acquire(
                ObjectStore.configuration(),
                new org.apache.hadoop.fs.Path(scheme + "://" + folder + "/out"),
                "output.path \"out\"",
                Owner.current(run, "application", container));
    }

    /** YARN starts attempt 2 on any host when attempt 1 has ended. */
    @ParameterizedTest
    @ValueSource(strings = {"file", ObjectStore.SCHEME})
    void aLaterAttemptOfAnApplicationTakesOverItsLock(String scheme) throws IOException {
        try (RunLock first = acquire(scheme, "1", "container_e17_1410901177871_0001_01_000001")) {
            Files.writeString(file(), Files.readString(file()).replaceAll("host=.*", "host=elsewhere"));
            for (String other : new String[] {
                "container_e17_1410901177871_0002_02_000001", // another application
                "container_e17_1410901177871_0001_01_000002", // the same attempt
                null
            }) {
                assertThatThrownBy(() -> acquire(scheme, "2", other)).isInstanceOf(HeldException.class);
            }
            RunLock second = acquire(scheme, "2", "container_e18_1410901177871_0001_02_000001");
            second.requireHeld();
            assertThatThrownBy(first::requireHeld).isInstanceOf(HeldException.class);
            assertThatThrownBy(() -> acquire(scheme, "1", "container_1410901177871_0001_01_000001"))
                    .isInstanceOf(HeldException.class);
            second.close();
        }
    }

    /** A run that was suspended does not keep the lock of its successor alive. */
    @Test
    void aRunThatLostItsLockDoesNotRenewIt() throws IOException {
        try (RunLock lost = acquire("file", "1")) {
            Files.writeString(file(), Files.readString(file()).replaceAll("run=1", "run=2"));
            age(file());
            lost.renew();
            acquire("file", "3").close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", ObjectStore.SCHEME})
    void aRenewedLockDoesNotExpire(String scheme) throws IOException {
        try (RunLock first = acquire(scheme, "1")) {
            age(file());
            first.renew();
            assertThatThrownBy(() -> acquire(scheme, "2")).isInstanceOf(HeldException.class);
        }
    }

    /**
     * A server runs one command after the other, and a lock of its own process would look like that of a living one.
     */
    @Test
    void aLockThatCouldNotBeRemovedHoldsNobody() throws IOException {
        RunLock left = acquire(FaultyFiles.SCHEME, "1");
        FaultyFiles.failAt(1, true);
        left.close();
        assertThat(FaultyFiles.failNever()).isTrue();
        acquire(FaultyFiles.SCHEME, "2").close();
    }

    @Test
    void aDamagedLockHoldsUntilItExpires() throws IOException {
        Files.writeString(file(), "pid=\\u00");
        assertThatThrownBy(() -> acquire("file", "1"))
                .isInstanceOf(HeldException.class)
                .hasMessageContaining("process 0 on host ?");
        age(file());
        acquire("file", "1").close();
        assertThat(folder).isEmptyDirectory();
    }

    /** The claim of a run that was killed while it removed a stale lock is stale with its owner. */
    @Test
    void aKillDuringATakeOverStopsNobody() throws IOException {
        int calls = 0;
        boolean failed = true;
        while (failed) {
            calls++;
            acquire("file", "0").close();
            RunLock stale = acquire("file", "1");
            bury();
            FaultyFiles.failAt(calls, true);
            try {
                acquire(FaultyFiles.SCHEME, "2").close();
                failed = false;
            } catch (IOException e) {
                assertThat(e).hasMessageContaining(FaultyFiles.FAULT);
            } finally {
                FaultyFiles.failNever();
            }
            bury();
            stale.close();
            acquire("file", "3").close();
            assertThat(folder).isEmptyDirectory();
        }
        assertThat(calls).isGreaterThan(5);
    }

    /** Lets all locks and claims belong to a process that has ended. */
    private void bury() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> !f.toString().endsWith(".writing")).toList()) {
                String text = Files.readString(file);
                Files.writeString(file, text.replaceAll("birth=(.*)/.*", "birth=$1/another"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", ObjectStore.SCHEME})
    void ofManyRunsOneTakesAStaleLock(String scheme) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                RunLock stale = acquire(scheme, "stale " + round);
                bury();
                List<Callable<List<RunLock>>> tasks = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    String run = round + "." + i;
                    tasks.add(() -> {
                        try {
                            return List.of(acquire(scheme, run));
                        } catch (HeldException e) {
                            return List.of();
                        }
                    });
                }
                List<RunLock> winners = new ArrayList<>();
                for (Future<List<RunLock>> future : threads.invokeAll(tasks)) {
                    winners.addAll(future.get());
                }
                assertThat(winners).hasSizeLessThanOrEqualTo(1);
                for (RunLock winner : winners) {
                    winner.requireHeld();
                    winner.close();
                }
                stale.close();
            }
            acquire(scheme, "last").close();
            assertThat(folder).isEmptyDirectory();
        } finally {
            threads.shutdownNow();
        }
    }
}
