package io.github.sparklatent.bench.drill;

import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.token.SecretManager;
import org.apache.hadoop.util.Progressable;

/** HDFS of which one of N calls fails, whatever the call, with each fault that may pass. */
public final class FaultyHdfs extends DistributedFileSystem {
    private static final Random RANDOM = new Random();
    private static final AtomicInteger FAULTS = new AtomicInteger();
    private static volatile int oneOf;

    /** Lets one of N calls fail from now on, chosen at random; 0: none. */
    static void failOneOf(int calls, long seed) {
        RANDOM.setSeed(seed);
        oneOf = calls;
    }

    /** Lets no call fail, and returns how many have failed. */
    static int stop() {
        oneOf = 0;
        return FAULTS.getAndSet(0);
    }

    private static void call(Path path) throws IOException {
        int calls = oneOf;
        if (calls > 0 && RANDOM.nextInt(calls) == 0) {
            FAULTS.incrementAndGet();
            throw fault(RANDOM.nextInt(6), "injected fault at " + path);
        }
    }

    private static IOException fault(int kind, String message) {
        return switch (kind) {
            case 0 -> new IOException(message);
            case 1 -> new RemoteException("org.apache.hadoop.hdfs.server.namenode.SafeModeException", message);
            case 2 -> new SocketException(message);
            case 3 -> new UnknownHostException(message);
            case 4 -> new SecretManager.InvalidToken("token is unknown: " + message);
            default -> new AccessControlException(new SecretManager.InvalidToken("token is expired: " + message));
        };
    }

    /** The same files for callers of a FileContext. */
    public static final class Context extends DelegateToFileSystem {
        /** Hadoop calls this constructor. */
        public Context(URI uri, Configuration hadoop) throws IOException, URISyntaxException {
            super(uri, new FaultyHdfs(), hadoop, uri.getScheme(), false);
        }
    }

    @Override
    public FSDataInputStream open(Path path, int buffer) throws IOException {
        call(path);
        return super.open(path, buffer);
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int buffer,
            short replication,
            long block,
            Progressable progress)
            throws IOException {
        call(path);
        return super.create(path, permission, overwrite, buffer, replication, block, progress);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        call(from);
        return super.rename(from, to);
    }

    @Override
    public void rename(Path from, Path to, Options.Rename... options) throws IOException {
        call(from);
        super.rename(from, to, options);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        call(path);
        return super.delete(path, recursive);
    }

    @Override
    public boolean mkdirs(Path path, FsPermission permission) throws IOException {
        call(path);
        return super.mkdirs(path, permission);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        call(path);
        return super.listStatus(path);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        call(path);
        return super.getFileStatus(path);
    }
}
