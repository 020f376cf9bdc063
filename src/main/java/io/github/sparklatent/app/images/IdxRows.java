package io.github.sparklatent.app.images;

import io.github.sparklatent.cluster.table.ImageColumns;
import io.github.sparklatent.learn.DataException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Iterates over the images of a part of a file, with their labels if there are any. */
final class IdxRows implements Iterator<Row> {
    private final IdxTable.Part part;
    private final DataInputStream images;
    private final DataInputStream labels;
    private final byte[] bytes;
    private long next;

    IdxRows(IdxTable.Part part, Configuration hadoop) {
        this.part = part;
        this.next = part.from();
        this.bytes = new byte[part.images().itemLength()];
        this.images = open(part.images(), hadoop);
        this.labels = part.labels() == null ? null : open(part.labels(), hadoop);
    }

    private DataInputStream open(IdxFile file, Configuration hadoop) {
        try {
            return file.from(hadoop, next);
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    @Override
    public boolean hasNext() {
        return next < part.until();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the part has no more images");
        }
        Row row = row();
        next++;
        if (!hasNext()) {
            close(part.images(), images);
            if (labels != null) {
                close(part.labels(), labels);
            }
        }
        return row;
    }

    private Row row() {
        double[] pixels = pixels();
        return labels == null ? RowFactory.create(pixels) : RowFactory.create(pixels, label());
    }

    private double[] pixels() {
        try {
            images.readFully(bytes);
        } catch (IOException e) {
            throw damaged(part.images(), e);
        }
        double[] pixels = new double[bytes.length];
        for (int j = 0; j < pixels.length; j++) {
            pixels[j] = (bytes[j] & 0xff) / ImageColumns.WHITE;
        }
        return pixels;
    }

    private int label() {
        try {
            return labels.readUnsignedByte();
        } catch (IOException e) {
            throw damaged(part.labels(), e);
        }
    }

    /**
     * Closes the file. After the last item, the method first requires that the file ends. The length of a compressed
     * file is unknown before, and its checksum is at its end.
     */
    private void close(IdxFile file, DataInputStream in) {
        try (in) {
            if (next == file.items() && in.read() >= 0) {
                throw new DataException(
                        "%s is damaged: it has bytes after the last of %d items".formatted(file.shown(), file.items()));
            }
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    private DataException damaged(IdxFile file, IOException e) {
        String how = e instanceof EOFException ? "the file ends" : e.getMessage();
        return new DataException(
                "%s is damaged at item %d of %d: %s"
                        .formatted(file.shown(), Math.min(next + 1, file.items()), file.items(), how),
                e);
    }
}
