package io.github.sparklatent.cluster.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataInputStream;
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
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * The steps of a commit that need a guarantee of the file system: a file that is created only if it is absent, and a
 * directory that is renamed only to a path that does not exist.
 *
 * <p>A file system shows by its capabilities, not by its name, whether it renames atomically:
 *
 * <ul>
 *   <li>Local files: a hard link publishes a file, because a rename would replace an existing file.
 *   <li>HDFS and others that can truncate files or keep access control lists: {@link FileContext} renames without
 *       overwriting.
 *   <li>Object stores: a rename is a copy, so a file is written in place. A conditional request (S3:
 *       {@code If-None-Match}) creates it. Other connectors do so if they are asked not to overwrite it.
 *       {@link #requireExclusive} tests it.
 * </ul>
 */
public final class AtomicFiles {
    /** Named in Hadoop's Options from 3.4.2 on; a file system of 3.4.1 does not have it. */
    private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

    private static final String S3A = "s3a";

    private static final String TEMPORARY = ".writing";

    private final FileSystem files;
    private final Configuration hadoop;
    private final boolean renames;
    private final Optional<RawLocalFileSystem> local;

    /**
     * Creates the access to the file system of a path.
     *
     * @throws IOException if the file system does not exist or cannot be used
     */
    public AtomicFiles(Configuration hadoop, Path path) throws IOException {
        this.files = plain(FileSystems.of(path, hadoop));
        this.hadoop = hadoop;
        // A subclass may rename in its own way, so it is used like any other file system.
        this.local = files.getClass() == RawLocalFileSystem.class
                ? Optional.of((RawLocalFileSystem) files)
                : Optional.empty();
        // An object cannot be changed, so no object store truncates. Of Azure's two kinds of
        // accounts only those that rename atomically have access control lists.
        this.renames = files.hasPathCapability(path, CommonPathCapabilities.FS_TRUNCATE)
                || files.hasPathCapability(path, CommonPathCapabilities.FS_ACLS);
    }

    /** Returns the file system without checksum files, which a rename or link would leave behind. */
    public static FileSystem plain(FileSystem files) {
        return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
    }

    /** Returns the file system, without checksum files. */
    public FileSystem files() {
        return files;
    }

    /** Returns whether the file system renames a directory atomically. */
    public boolean renames() {
        return renames;
    }

    /**
     * Creates a file with all of its content, if it is absent. A reader never sees a part of it.
     *
     * @param content content that no other writer has. A request that is repeated after a lost answer may meet its own
     *     file, which is recognised by the content.
     * @return whether this call has created the file
     */
    public boolean createIfAbsent(Path target, byte[] content) throws IOException {
        try {
            if (renames) {
                createByRename(target, content);
            } else {
                createInPlace(target, content);
            }
            return true;
        } catch (IOException e) {
            Optional<byte[]> there = contentOf(target, content.length);
            if (there.isPresent()) {
                return Arrays.equals(there.get(), content);
            }
            // The file was there and is deleted by now. Hadoop also says so of a parent that is a
            // file.
            if (e instanceof FileAlreadyExistsException
                    && files.getFileStatus(target.getParent()).isDirectory()) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Creates or replaces a file. A reader sees the old content or the new one, except on a file system of another
     * vendor that has only Hadoop's older interface.
     */
    public void replace(Path target, byte[] content) throws IOException {
        if (!renames) { // an object appears when it is complete
            write(files.create(target, true), content);
            return;
        }
        Path temporary = temporary(target);
        try {
            write(files.create(temporary, true), content);
            if (local.isPresent()) {
                Files.move(
                        local(temporary),
                        local(target),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } else {
                rename(temporary, target, Options.Rename.OVERWRITE);
            }
        } finally {
            files.delete(temporary, false);
        }
    }

    private static Path temporary(Path target) {
        return new Path(target.getParent(), "." + target.getName() + "." + UniqueName.next() + TEMPORARY);
    }

    /**
     * Returns the content of a file up to a length, or nothing if there is no file. A longer file is cut one byte after
     * this length.
     */
    private Optional<byte[]> contentOf(Path file, int length) throws IOException {
        try (FSDataInputStream in = files.open(file)) {
            return Optional.of(in.readNBytes(length + 1));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private void createByRename(Path target, byte[] content) throws IOException {
        requireAbsent(target);
        Path temporary = temporary(target);
        try {
            write(files.create(temporary, false), content);
            if (local.isPresent()) {
                link(local(temporary), local(target));
            } else {
                rename(temporary, target);
            }
        } finally {
            files.delete(temporary, false);
        }
    }

    private static void link(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            throw new FileAlreadyExistsException(to + " exists");
        } catch (NoSuchFileException e) { // a cleaner has removed the temporary file
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            throw new UnsuitableStoreException(
                    "%s cannot be a hard link, by which a file is created only if it is absent (%s); use a file system that has them"
                            .formatted(to, e.getMessage()),
                    e);
        }
    }

    private java.nio.file.Path local(Path path) {
        return local.orElseThrow().pathToFile(path).toPath();
    }

    private void createInPlace(Path target, byte[] content) throws IOException {
        if (files.hasPathCapability(target, CONDITIONAL)) {
            FSDataOutputStreamBuilder<?, ?> builder = files.createFile(target);
            builder.overwrite(false);
            builder.must(CONDITIONAL, true);
            write(builder.build(), content);
        } else if (S3A.equals(target.toUri().getScheme())) {
            throw new UnsuitableStoreException(
                    "this S3A connector has no conditional create; use hadoop-aws 3.4.2 or later, without fs.s3a.create.conditional.enabled = false");
        } else {
            requireAbsent(target);
            write(files.create(target, false), content);
        }
    }

    /**
     * Checks that the file system creates a file only if it is absent, by creating one twice.
     *
     * @param probe path of a file that does not exist; it is removed again
     * @throws IOException if the file was replaced, or cannot be created
     */
    public void requireExclusive(Path probe) throws IOException {
        try {
            boolean created = createIfAbsent(probe, new byte[] {1});
            if (!created || createIfAbsent(probe, new byte[] {2})) {
                throw new UnsuitableStoreException(
                        "the store replaces a file that was to be created only if it is absent; use one that has conditional requests (S3: If-None-Match)");
            }
        } finally {
            files.delete(probe, false);
        }
    }

    private void requireAbsent(Path target) throws IOException {
        if (files.exists(target)) {
            throw new FileAlreadyExistsException(target + " exists");
        }
    }

    private static void write(FSDataOutputStream created, byte[] content) throws IOException {
        try (FSDataOutputStream out = created) {
            out.write(content);
            // Otherwise a machine that dies after the rename may leave zeros in the file.
            if (out.hasCapability(StreamCapabilities.HSYNC)) {
                out.hsync();
            }
        }
    }

    /**
     * Renames a directory, or a file on a file system that is not local, to a path that does not exist.
     *
     * @throws FileAlreadyExistsException if the new path exists
     * @throws IOException if the file system cannot rename
     */
    public void rename(Path from, Path to) throws IOException {
        requireAbsent(to);
        if (local.isPresent()) {
            // RawLocalFileSystem copies into a directory that appeared meanwhile. The call of the
            // system refuses to replace a directory that has files.
            Files.move(local(from), local(to), StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        rename(from, to, Options.Rename.NONE);
    }

    private void rename(Path from, Path to, Options.Rename overwrite) throws IOException {
        try {
            Path target = files.makeQualified(to);
            FileContext.getFileContext(target.toUri(), hadoop).rename(files.makeQualified(from), target, overwrite);
        } catch (UnsupportedFileSystemException e) {
            // A connector of another vendor may have only the older interface.
            if (overwrite == Options.Rename.OVERWRITE) {
                files.delete(to, false);
            }
            if (!files.rename(from, to)) {
                throw new IOException("cannot rename " + from + " to " + to);
            }
        }
    }

    /**
     * Removes temporary files that killed writers left in a directory. A slow writer whose file is removed fails, and
     * publishes nothing.
     *
     * @param before time in milliseconds since 1970; only older files are removed
     */
    void removeTemporary(Path directory, long before) throws IOException {
        if (!renames) {
            return;
        }
        for (FileStatus status : files.listStatus(directory)) {
            if (status.getPath().getName().endsWith(TEMPORARY) && status.getModificationTime() < before) {
                files.delete(status.getPath(), false);
            }
        }
    }
}
