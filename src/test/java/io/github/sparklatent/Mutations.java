package io.github.sparklatent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Damage of files, chosen at random. The system properties {@code mutations} and {@code mutations.seed} set how often a
 * test damages something, and what; {@code jobs/drill mutations} sets them.
 */
public final class Mutations {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");
    private static final List<String> NUMBERS = List.of("1e308", "-1", "2147483647", "0", "NaN");

    private final SplittableRandom random = new SplittableRandom(Long.getLong("mutations.seed", 1));

    /** Returns how often a test damages something. */
    public static int count() {
        return Integer.getInteger("mutations", 100);
    }

    /** Returns a copy of the content with one damage, which differs from the content. */
    public byte[] of(byte[] content) {
        byte[] damaged;
        do {
            damaged = any(content);
        } while (Arrays.equals(damaged, content));
        return damaged;
    }

    private byte[] any(byte[] content) {
        int from = random.nextInt(content.length);
        int to = from + 1 + random.nextInt(content.length - from);
        return switch (random.nextInt(8)) {
            case 0 -> new byte[0];
            case 1 -> Arrays.copyOf(content, from);
            case 2 -> joined(content, from, to, new byte[0]);
            case 3 -> joined(content, from, from, Arrays.copyOfRange(content, from, to));
            case 4 -> joined(content, from, to, new byte[to - from]);
            case 5 -> withNumber(content);
            case 6 -> withoutLine(content);
            default -> {
                byte[] flipped = content.clone();
                flipped[from] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                yield flipped;
            }
        };
    }

    private static byte[] joined(byte[] content, int from, int to, byte[] middle) {
        byte[] all = Arrays.copyOf(content, content.length - (to - from) + middle.length);
        System.arraycopy(middle, 0, all, from, middle.length);
        System.arraycopy(content, to, all, from + middle.length, content.length - to);
        return all;
    }

    /** Replaces a number of a text by one that is out of range. */
    private byte[] withNumber(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        List<MatchResult> numbers = NUMBER.matcher(text).results().toList();
        if (numbers.isEmpty()) {
            return content;
        }
        MatchResult number = numbers.get(random.nextInt(numbers.size()));
        return joined(
                content,
                number.start(),
                number.end(),
                NUMBERS.get(random.nextInt(NUMBERS.size())).getBytes(StandardCharsets.US_ASCII));
    }

    /** Removes a line of a text, or writes it twice. */
    private byte[] withoutLine(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)")));
        int line = random.nextInt(lines.size());
        if (random.nextInt(2) == 0) {
            lines.remove(line);
        } else {
            lines.add(line, lines.get(line));
        }
        return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Damages one file, deletes it, or exchanges two. Returns what was done. */
    public String damage(List<Path> files) throws IOException {
        Path file = files.get(random.nextInt(files.size()));
        Path other = files.get(random.nextInt(files.size()));
        switch (random.nextInt(10)) {
            case 0 -> {
                Files.delete(file);
                return "deleted " + file;
            }
            case 1 -> {
                byte[] content = Files.readAllBytes(file);
                Files.write(file, Files.readAllBytes(other));
                Files.write(other, content);
                return "exchanged " + file + " and " + other;
            }
            default -> {
                Files.write(file, of(Files.readAllBytes(file)));
                return "damaged " + file;
            }
        }
    }

    /** Returns the files with content below a folder, in order. */
    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> Files.isRegularFile(path) && path.toFile().length() > 0)
                    .sorted()
                    .toList();
        }
    }

    /** Copies a folder over another one, which has no other files afterwards. */
    public static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            try (Stream<Path> old = Files.walk(to)) {
                for (Path path : old.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(path);
                }
            }
        }
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
