package io.github.sparklatent.cluster.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * A store on a Hadoop file system. How a file is created only if it is absent depends on the file system:
 *
 * <ul>
 *   <li>Local files: a hard link, because a rename would replace an existing file.
 *   <li>HDFS, and ABFS with hierarchical namespaces: {@link FileContext} renames without overwriting.
 *   <li>S3A: a conditional request (If-None-Match), which Hadoop has from 3.4.2 on. Google's connector does so by
 *       itself.
 * </ul>
 *
 * <p>No test can tell whether another file system keeps the promise when two processes write at once, so it is refused,
 * unless {@value #TRUSTED} names its scheme.
 */
public final class HadoopStore implements Store {
    /** Property of Hadoop with the schemes of further file systems, separated by commas. */
    public static final String TRUSTED = "spark-latent.trusted.stores";

    /** Named in Hadoop's Options from 3.4.2 on; a file system of 3.4.1 does not have it. */
    private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

    /** The ways to create a file only if it is absent. */
    private enum Way {
        LINK,
        RENAME,
        CONDITIONAL_REQUEST,
        /** The connector asks the store so if it is not to overwrite a file. */
        CREATE
    }

    private final Configuration hadoop;
    private final FileSystem files;
    private final boolean isLocal;

    /**
     * Creates the store of a path. Changes nothing.
     *
     * @throws IOException if the file system does not exist or cannot be used
     */
    public HadoopStore(Configuration hadoop, Path path) throws IOException {
        this.hadoop = hadoop;
        this.files = plain(FileSystems.of(path, hadoop));
        this.isLocal = files.getClass() == RawLocalFileSystem.class; // a subclass may rename in its own way
    }

    /**
     * Checks that a file can be created only if it is absent. Changes nothing.
     *
     * @throws UnsuitableStoreException if it cannot, or if that is not known
     */
    public void requireSuitable(Path path) throws IOException {
        way(path);
    }

    private Way way(Path path) throws IOException {
        if (isLocal) {
            return Way.LINK;
        }
        String scheme = files.getUri().getScheme();
        return switch (scheme) {
            case "hdfs" -> Way.RENAME;
            case "abfs", "abfss" -> {
                // Of Azure's two kinds of accounts only those that rename atomically have access control lists.
                require(
                        files.hasPathCapability(path, CommonPathCapabilities.FS_ACLS),
                        "this account has no hierarchical namespace, without which no rename is atomic; use one that has");
                yield Way.RENAME;
            }
            case "s3a" -> {
                require(
                        files.hasPathCapability(path, CONDITIONAL),
                        "this S3A connector has no conditional create; use hadoop-aws 3.4.2 or later, without fs.s3a.create.conditional.enabled = false");
                yield Way.CONDITIONAL_REQUEST;
            }
            case "gs" -> Way.CREATE;
            default -> {
                require(
                        Arrays.asList(files.getConf().getTrimmedStrings(TRUSTED))
                                .contains(scheme),
                        "it is not known whether %s:// creates a file only if it is absent when two processes write at once; use local files, hdfs, s3a, gs or abfs, or, if it does, set spark.hadoop.%s = %s"
                                .formatted(scheme, TRUSTED, scheme));
                yield files.hasPathCapability(path, CONDITIONAL)
                        ? Way.CONDITIONAL_REQUEST
                        : files.hasPathCapability(path, CommonPathCapabilities.FS_TRUNCATE) ? Way.RENAME : Way.CREATE;
            }
        };
    }

    private static void require(boolean isTrue, String sentence) throws UnsuitableStoreException {
        if (!isTrue) {
            throw new UnsuitableStoreException(sentence);
        }
    }

    /** Returns a file system without checksum files, which a rename or link would leave behind. */
    public static FileSystem plain(FileSystem files) {
        return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
    }

    /** Returns a path qualified with its file system. */
    public Path qualified(Path path) {
        return files.makeQualified(path);
    }

    /** Returns a path of local files, of which there can be links; empty on other file systems. */
    public Optional<java.nio.file.Path> local(Path path) {
        return isLocal
                ? Optional.of(((RawLocalFileSystem) files).pathToFile(path).toPath())
                : Optional.empty();
    }

    @Override
    public boolean putIfAbsent(Path file, byte[] content) throws IOException {
        Way way = way(file);
        try {
            switch (way) {
                case LINK, RENAME -> putByName(file, content, way == Way.LINK);
                case CONDITIONAL_REQUEST -> {
                    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(file);
                    builder.overwrite(false);
                    builder.must(CONDITIONAL, true);
                    write(builder.build(), content);
                }
                case CREATE -> write(files.create(file, false), content);
            }
            return true;
        } catch (IOException e) {
            Optional<byte[]> there = get(file);
            if (there.isPresent()) {
                return Arrays.equals(there.get(), content);
            }
            throw e;
        }
    }

    /** Creates a file under another name, which then becomes the right one in one step. */
    private void putByName(Path file, byte[] content, boolean isLink) throws IOException {
        if (files.exists(file)) {
            throw new FileAlreadyExistsException(file + " exists");
        }
        // Such as .00000042.UNIQUE, by whose number the place collects it if this process dies.
        String name = ".%s.%s".formatted(file.getName().replaceAll("\\..*", ""), UniqueName.next());
        Path temporary = new Path(file.getParent(), name);
        try {
            write(files.create(temporary, false), content);
            if (isLink) {
                link(local(temporary).orElseThrow(), local(file).orElseThrow());
            } else {
                Path target = files.makeQualified(file);
                FileContext.getFileContext(target.toUri(), hadoop)
                        .rename(files.makeQualified(temporary), target, Options.Rename.NONE);
            }
        } finally {
            files.delete(temporary, false);
        }
    }

    private static void link(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
        try {
            Files.createLink(to, from);
            syncParents(to);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            throw new FileAlreadyExistsException(to + " exists");
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (e instanceof FileSystemException fault
                    && !String.valueOf(fault.getReason())
                            .matches("Operation not (permitted|supported)|Invalid cross-device link")) {
                throw fault;
            }
            throw new UnsuitableStoreException(
                    "%s cannot be a hard link, by which a file is created only if it is absent (%s); use a file system that has them"
                            .formatted(to, e.getMessage()),
                    e);
        }
    }

    private static void write(FSDataOutputStream created, byte[] content) throws IOException {
        OutputStream out = forced(created);
        try {
            out.write(content);
        } catch (IOException e) { // closing it would upload a part of the content
            if (created.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
                created.abort();
            }
            throw e;
        }
        out.close();
    }

    /** Returns a stream whose content is on disk when it is closed; else a machine that dies may leave zeros. */
    private static OutputStream forced(FSDataOutputStream created) {
        return new FSDataOutputStream(created, null) {
            @Override
            public void close() throws IOException {
                if (created.hasCapability(StreamCapabilities.HSYNC)) {
                    created.hsync();
                }
                super.close();
            }
        };
    }

    @Override
    public OutputStream create(Path file) throws IOException {
        return forced(files.create(file, true));
    }

    @Override
    public Optional<InputStream> open(Path file) throws IOException {
        try { // Hadoop calls each local file that cannot be opened not found
            return Optional.of(isLocal ? Files.newInputStream(local(file).orElseThrow()) : files.open(file));
        } catch (FileNotFoundException | FileSystemException e) { // absent too if a file has the name of a parent
            if (e instanceof FileSystemException other
                    && !(e instanceof NoSuchFileException)
                    && !"Not a directory".equals(other.getReason())) {
                throw e;
            }
            return Optional.empty();
        }
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            for (FileStatus status : files.listStatus(directory)) {
                names.add(status.getPath().getName() + (status.isDirectory() ? "/" : ""));
            }
        } catch (FileNotFoundException e) {
            try {
                if (isLocal) { // Hadoop says so, too, of what may not be reached
                    Files.getLastModifiedTime(local(directory).orElseThrow());
                }
                return List.of();
            } catch (AccessDeniedException denied) {
                throw denied;
            } catch (FileSystemException absent) {
                return List.of();
            }
        }
        return names;
    }

    @Override
    public void delete(Path path) throws IOException {
        files.delete(path, true);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        if (!files.rename(from, to)) {
            throw new IOException("%s cannot be moved to %s".formatted(from, to));
        }
    }

    /** Local files only: other file systems keep what was closed on several machines. */
    @Override
    public void force(Path directory) throws IOException {
        if (isLocal) {
            try (Stream<java.nio.file.Path> all = Files.walk(local(directory).orElseThrow())) {
                for (java.nio.file.Path path : (Iterable<java.nio.file.Path>) all::iterator) {
                    sync(path);
                }
            }
            syncParents(local(directory).orElseThrow());
        }
    }

    /** Makes the names of a path, of its place and of the directories between them durable. */
    private static void syncParents(java.nio.file.Path path) throws IOException {
        java.nio.file.Path parent = path.toAbsolutePath().getParent();
        for (int level = 0; level < 3 && parent != null && Files.isReadable(parent); level++) {
            sync(parent);
            parent = parent.getParent();
        }
    }

    private static void sync(java.nio.file.Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
