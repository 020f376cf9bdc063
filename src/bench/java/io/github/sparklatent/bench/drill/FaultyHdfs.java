package io.github.sparklatent.bench.drill;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.util.Progressable;

/** HDFS of which one of N calls fails, whatever the call. */
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
            throw new IOException("injected fault at " + path);
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
