package io.github.sparklatent.cluster.storage;

import io.github.sparklatent.cluster.storage.CommitLog.Entry;
import io.github.sparklatent.learn.DataException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.Path;

/**
 * The files of the entries of a log: the text of an entry, and a last line with its number, a name of the writer and a
 * checksum.
 *
 * @param directory directory of the files
 */
record CommitLogFormat(Path directory) {
    /** Maximum length of a file in bytes. */
    static final int MAX_BYTES = 1 << 20;

    private static final Pattern LAST_LINE = Pattern.compile(
            "\\{\"entry\": (\\d{1,8}), \"writer\": \"[0-9a-f-]{1,99}\", \"crc32c\":" + " \"([0-9a-f]{8})\"}");

    Path file(long number) {
        return new Path(directory, "%08d.json".formatted(number));
    }

    /** Returns the content of a file, which no other writer has. */
    byte[] content(long number, String text) {
        byte[] content = "%s\n{\"entry\": %d, \"writer\": \"%s\", \"crc32c\": \"%s\"}\n"
                .formatted(text, number, UniqueName.next(), checksum(number, text))
                .getBytes(StandardCharsets.UTF_8);
        if (content.length > MAX_BYTES) {
            throw new IllegalArgumentException("entry %d of commit log \"%s\" has %d bytes, at most %d are allowed"
                    .formatted(number, directory, content.length, MAX_BYTES));
        }
        return content;
    }

    /** Returns the entry in a file, which must have this number. */
    Entry entry(long number, String all) {
        int last = all.lastIndexOf('\n', all.length() - 2);
        if (last < 0 || !all.endsWith("\n")) {
            throw damaged(number, "it is incomplete");
        }
        String text = all.substring(0, last);
        Matcher line = LAST_LINE.matcher(all.substring(last + 1, all.length() - 1));
        if (!line.matches()) {
            throw damaged(number, "its last line is not the line of a commit log");
        }
        if (Long.parseLong(line.group(1)) != number) {
            throw damaged(number, "it holds entry " + line.group(1));
        }
        if (!line.group(2).equals(checksum(number, text))) {
            throw damaged(number, "its checksum is wrong");
        }
        return new Entry(number, text);
    }

    private static String checksum(long number, String text) {
        CRC32C checksum = new CRC32C();
        checksum.update((number + " " + text).getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(checksum.getValue());
    }

    private DataException damaged(long number, String how) {
        return damaged(file(number), how, null);
    }

    static DataException damaged(Path file, String how, Exception cause) {
        return new DataException(
                "entry \"%s\" of a commit log is damaged: %s; restore it from a backup".formatted(file, how), cause);
    }
}
