package io.github.sparklatent.cluster.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.Progressable;

/**
 * Local files that behave like an object store: a file appears when its stream is closed, a conditional request creates
 * it only if it is absent, a rename is a copy, and no capability promises more.
 */
public class ObjectStore extends FaultyFiles {
    /** Scheme of the paths. */
    public static final String SCHEME = "objects";

    private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

    /** Returns a configuration that knows this file system and {@link FaultyFiles}. */
    public static Configuration configuration() {
        Configuration hadoop = new Configuration();
        hadoop.set("fs." + SCHEME + ".impl", ObjectStore.class.getName());
        hadoop.set("fs." + FaultyFiles.SCHEME + ".impl", FaultyFiles.class.getName());
        hadoop.set("fs.AbstractFileSystem." + FaultyFiles.SCHEME + ".impl", FaultyFiles.Context.class.getName());
        for (String scheme : List.of(SCHEME, FaultyFiles.SCHEME)) { // others have set what they trust
            hadoop.setBoolean("fs.%s.impl.disable.cache".formatted(scheme), true);
        }
        return hadoop;
    }

    /** Returns whether a conditional request creates a file only if it is absent. */
    boolean keeps() {
        return true;
    }

    @Override
    public URI getUri() {
        return URI.create(SCHEME + ":///");
    }

    @Override
    public boolean hasPathCapability(Path path, String capability) {
        return CONDITIONAL.equals(capability);
    }

    @Override
    public FSDataOutputStream create(
            Path file, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        if (!overwrite && exists(file)) {
            throw new FileAlreadyExistsException(file + " exists");
        }
        return request(file, false);
    }

    private FSDataOutputStream request(Path file, boolean ifAbsent) throws IOException {
        return new FSDataOutputStream(
                new ByteArrayOutputStream() {
                    private boolean sent; // the caller may close twice

                    @Override
                    public void close() throws IOException {
                        if (!sent) {
                            sent = true;
                            put(file, toByteArray(), ifAbsent);
                        }
                    }
                },
                null);
    }

    /** One request of the store; the requests are served one after the other. */
    private void put(Path file, byte[] content, boolean ifAbsent) throws IOException {
        change();
        synchronized (ObjectStore.class) {
            if (ifAbsent && keeps() && exists(file)) {
                throw new IOException("412: " + file + " exists");
            }
            java.nio.file.Path target = pathToFile(file).toPath();
            Files.createDirectories(target.getParent());
            java.nio.file.Path sent = target.resolveSibling("." + target.getFileName() + ".put");
            Files.write(sent, content);
            Files.move(sent, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        return FileUtil.copy(this, from, this, to, true, false, getConf());
    }

    @Override
    public FSDataOutputStreamBuilder<?, ?> createFile(Path file) {
        return new Builder(this, file);
    }

    /** The builder of a file, which knows conditional requests. */
    private final class Builder extends FSDataOutputStreamBuilder<FSDataOutputStream, Builder> {
        Builder(FileSystem files, Path file) {
            super(files, file);
            create();
        }

        @Override
        public Builder getThisBuilder() {
            return this;
        }

        @Override
        public FSDataOutputStream build() throws IOException {
            Set<String> unknown = new HashSet<>(getMandatoryKeys());
            boolean ifAbsent = unknown.remove(CONDITIONAL);
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException("unknown: " + unknown);
            }
            return request(getPath(), ifAbsent);
        }
    }
}
