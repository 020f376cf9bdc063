package io.github.sparklatent.app.files;

import io.github.sparklatent.cluster.storage.Store;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/**
 * A store as one process of a simulation sees it. The code of the process runs from its beginning for each step: steps
 * that were done before return what they returned then, and the first one that was not is thrown as {@link Step}.
 */
final class SimulatedStore implements Store {
    private final List<Object> answers;
    private int next;
    private Step pending;

    /** Creates the store of a process; {@code answers} are those of its steps before. */
    SimulatedStore(List<Object> answers) {
        this.answers = answers;
    }

    /** The kinds of steps. */
    enum Kind {
        PUT_IF_ABSENT,
        PUT,
        MOVE,
        OPEN,
        LIST,
        DELETE
    }

    /** A step that a process is about to do; an error, which no code of ours catches. */
    static final class Step extends Error {
        private static final long serialVersionUID = 1L;

        private final transient Kind kind;
        private final transient String path;
        private final transient byte[] content;

        Step(Kind kind, Path path, byte[] content) {
            super(kind + " " + path, null, false, false);
            this.kind = kind;
            this.path = path.toString();
            this.content = content;
        }

        Kind kind() {
            return kind;
        }

        String path() {
            return path;
        }

        boolean reads() {
            return kind == Kind.OPEN || kind == Kind.LIST;
        }

        /** Does the step on the files of the store, and returns its answer. */
        Object on(SortedMap<String, byte[]> files) {
            return switch (kind) {
                case PUT_IF_ABSENT -> files.putIfAbsent(path, content) == null;
                case PUT -> {
                    files.put(path, content);
                    yield true;
                }
                case MOVE -> {
                    files.put(new String(content, StandardCharsets.UTF_8), files.remove(path));
                    yield true;
                }
                case OPEN -> Optional.ofNullable(files.get(path));
                case LIST -> {
                    Set<String> names = new LinkedHashSet<>();
                    for (String file : files.tailMap(path + "/").keySet()) {
                        if (!file.startsWith(path + "/")) {
                            break;
                        }
                        String rest = file.substring(path.length() + 1);
                        int slash = rest.indexOf('/');
                        names.add(slash < 0 ? rest : rest.substring(0, slash + 1));
                    }
                    yield List.copyOf(names);
                }
                case DELETE -> {
                    files.keySet().removeIf(file -> file.equals(path) || file.startsWith(path + "/"));
                    yield true;
                }
            };
        }

        /** Does a part of the step, if it has parts: a deletion removes any of the files in a directory. */
        void failOn(SortedMap<String, byte[]> files, Random random) {
            if (kind == Kind.DELETE) {
                files.subMap(path + "/", path + "0").keySet().removeIf(file -> random.nextBoolean());
            }
        }
    }

    @SuppressWarnings("unchecked") // of the same step
    private <T> T answer(Kind kind, Path path, byte[] content) throws IOException {
        if (pending == null && next == answers.size()) {
            pending = new Step(kind, path, content);
        }
        if (pending != null) { // also for what a process does on its way out
            throw pending;
        }
        Object answer = answers.get(next++);
        if (answer instanceof IOException fault) {
            throw fault;
        }
        return (T) answer;
    }

    @Override
    public boolean putIfAbsent(Path file, byte[] content) throws IOException {
        return this.<Boolean>answer(Kind.PUT_IF_ABSENT, file, content);
    }

    @Override
    public OutputStream create(Path file) {
        return new ByteArrayOutputStream() {
            @Override
            public void close() throws IOException {
                answer(Kind.PUT, file, toByteArray());
            }
        };
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        answer(Kind.MOVE, from, to.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<InputStream> open(Path file) throws IOException {
        return this.<Optional<byte[]>>answer(Kind.OPEN, file, null).map(ByteArrayInputStream::new);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return answer(Kind.LIST, directory, null);
    }

    @Override
    public void delete(Path path) throws IOException {
        answer(Kind.DELETE, path, null);
    }

    @Override
    public void force(Path directory) {}

    /** Returns files with the same contents. */
    static SortedMap<String, byte[]> copy(SortedMap<String, byte[]> files) {
        return new TreeMap<>(files);
    }

    /** Returns a list with one more answer. */
    static List<Object> and(List<Object> answers, Object answer) {
        List<Object> more = new ArrayList<>(answers);
        more.add(answer);
        return more;
    }
}
