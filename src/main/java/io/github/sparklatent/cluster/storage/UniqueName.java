package io.github.sparklatent.cluster.storage;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/**
 * Names that no other run, process or thread uses at another moment or on another host. They take nothing from a random
 * generator, because a generator that depends on the seed would give two runs of one training the same name.
 */
public final class UniqueName {
    private UniqueName() {}

    /** Returns a name from the time, the host, the process and the thread, in hexadecimal. */
    public static String next() {
        Instant now = Instant.now();
        return "%x-%x-%x-%x-%x-%x"
                .formatted(
                        now.getEpochSecond(),
                        now.getNano(),
                        host().hashCode(),
                        ProcessHandle.current().pid(),
                        Thread.currentThread().getId(),
                        System.nanoTime());
    }

    /** Returns the name of this host, or "localhost" if it has none. */
    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
