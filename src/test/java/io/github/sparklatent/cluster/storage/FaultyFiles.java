package io.github.sparklatent.cluster.storage;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Local files of which a call fails that changes them, half done where it has several steps. If the process is said to
 * die, all calls after it fail, too.
 */
public class FaultyFiles extends RawLocalFileSystem {
    /** Scheme of the paths. */
    public static final String SCHEME = "faulty";

    /** Text of the exceptions. */
    public static final String FAULT = "injected fault";

    /** The same files for Hadoop's FileContext; set {@code fs.AbstractFileSystem.faulty.impl} to this class. */
    public static final class Context extends DelegateToFileSystem {
        public Context(URI uri, Configuration configuration) throws IOException, URISyntaxException {
            super(URI.create(SCHEME + ":///"), new FaultyFiles(), configuration, SCHEME, false);
        }
    }

    private static int remaining;
    private static boolean dies;
    private static boolean dead;

    /**
     * Lets a call fail.
     *
     * @param call number of the call that changes files, from 1
     * @param andDies whether all later calls fail, too
     */
    public static synchronized void failAt(int call, boolean andDies) {
        remaining = call;
        dies = andDies;
        dead = false;
    }

    /** Lets no call fail, and returns whether the chosen call has failed. */
    public static synchronized boolean failNever() {
        boolean failed = remaining == 0;
        remaining = 0;
        dead = false;
        return failed;
    }

    /** Counts a call that changes files, and returns whether it fails. */
    private static synchronized boolean fails() throws IOException {
        requireAlive();
        if (remaining == 0) {
            return false;
        }
        remaining--;
        dead = remaining == 0 && dies;
        return remaining == 0;
    }

    private static synchronized void requireAlive() throws IOException {
        if (dead) {
            throw new IOException(FAULT + ": the process is dead");
        }
    }

    /** Counts a call that changes files in one step. */
    static void change() throws IOException {
        if (fails()) {
            throw new IOException(FAULT);
        }
    }

    @Override
    public URI getUri() {
        return URI.create(SCHEME + ":///");
    }

    /** Without permissions, which the class above loads for paths of its own scheme only. */
    private static FileStatus plain(FileStatus status) {
        return new FileStatus(
                status.getLen(),
                status.isDirectory(),
                1,
                status.getBlockSize(),
                status.getModificationTime(),
                status.getPath());
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return plain(super.getFileStatus(path));
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        return Arrays.stream(super.listStatus(path)).map(FaultyFiles::plain).toArray(FileStatus[]::new);
    }

    @Override
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
        requireAlive();
        return super.open(file, bufferSize);
    }

    @Override
    public FSDataOutputStream create(
            Path file, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        change();
        return halves(super.create(file, overwrite, bufferSize, replication, blockSize, progress));
    }

    @Override
    public FSDataOutputStream create(
            Path file,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        return create(file, overwrite, bufferSize, replication, blockSize, progress);
    }

    /** Returns a stream that writes half of the bytes when it fails. */
    private static FSDataOutputStream halves(FSDataOutputStream out) throws IOException {
        return new FSDataOutputStream(out, null) {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
                boolean fails = fails();
                super.write(bytes, offset, fails ? length / 2 : length);
                if (fails) {
                    throw new IOException(FAULT);
                }
            }
        };
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        change();
        return super.rename(from, to);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        if (fails()) {
            if (recursive && exists(path) && getFileStatus(path).isDirectory()) {
                FileStatus[] children = listStatus(path);
                if (children.length > 0) {
                    super.delete(children[0].getPath(), true);
                }
            }
            throw new IOException(FAULT);
        }
        return super.delete(path, recursive);
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        change();
        return super.mkdirs(path);
    }
}
