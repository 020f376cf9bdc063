package io.github.sparklatent.bench.drill;

import io.github.sparklatent.cluster.storage.AtomicFiles;
import io.github.sparklatent.cluster.storage.CommitLog;
import io.github.sparklatent.ml.core.ResultLocation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Kills processes at random moments while they publish a result, and lets two publish at once, on local files, on HDFS
 * and on S3. After each kill a reader must find the old or the new result, and at the end nothing else may be left.
 */
@Command(name = "commits", description = "Kills processes while they publish on local files, HDFS and S3.")
final class CommitsDrill extends DrillCommand {
    /** A process of the drill, whose output is read line by line. */
    private record Child(Process process, BufferedReader out, java.nio.file.Path errors) {
        String line() throws IOException {
            return out.readLine();
        }

        int end() throws InterruptedException {
            return process.waitFor();
        }

        /** Returns all that the process prints: its output, then the end of its errors. */
        String said() throws IOException {
            String printed = out.lines().collect(Collectors.joining("; "));
            List<String> lines = Files.readAllLines(errors);
            return printed + "; " + String.join("; ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        }
    }

    @Option(names = "--store", split = ",", defaultValue = Store.ALL, description = Store.OPTION)
    private List<String> stores;

    @Option(
            names = "--versioned",
            arity = "1",
            split = ",",
            defaultValue = "false,true",
            description = "Values of output.versioned, separated by commas (${DEFAULT-VALUE}).")
    private List<Boolean> ways;

    @Override
    String run(java.nio.file.Path folder, Random ignored) throws Exception {
        long seed = seed();
        int kills = isShort() ? 6 : 60;
        int pauses = isShort() ? 3 : 20;
        int pairs = isShort() ? 2 : 12;
        int entries = isShort() ? 20 : 200;
        StringBuilder table = new StringBuilder("""
                        | store | way | kills | old result after | new result after | suspended before they published | two at once | both done | log entries of two |
                        | --- | --- | --- | --- | --- | --- | --- | --- | --- |
                        """);
        for (String name : stores) {
            try (Store store = Store.named(name, folder)) {
                FileSystem files = new AtomicFiles(store.hadoop(), new Path(store.base())).files();
                check(
                        new AtomicFiles(store.hadoop(), new Path(store.base())).renames() == store.renames(),
                        "the capabilities of %s are not the expected ones",
                        name);
                for (boolean versioned : ways) {
                    SplittableRandom random = new SplittableRandom(seed);
                    int[] found = kill(store, files, versioned, kills, random);
                    int late = suspend(store, files, versioned, pauses, random);
                    int both = pairs(store, files, versioned, pairs);
                    String row = "| %s | %s | %d | %d | %d | %d of %d | %d | %d | %s |%n"
                            .formatted(
                                    name,
                                    versioned ? "versioned" : store.renames() ? "renamed" : "logged",
                                    kills,
                                    found[0],
                                    found[1],
                                    late,
                                    pauses,
                                    pairs,
                                    both,
                                    versioned ? log(store, entries) : "");
                    System.err.print(row);
                    table.append(row);
                }
            }
        }
        return table.toString();
    }

    /** Returns how often the old result and the new one were found. */
    private static int[] kill(Store store, FileSystem files, boolean versioned, int kills, SplittableRandom random)
            throws IOException, InterruptedException {
        long span = span(store, versioned);
        int[] found = new int[2];
        Path output = new Path(store.path("kill-" + versioned + "/out"));
        Child writer = start(store, "result", output.toString(), "" + versioned, "first");
        String written = writer.said();
        check(writer.end() == 0, "the first writer failed: %s", written);
        Optional<String> before = Optional.of("first");
        for (int i = 0; i < kills; i++) {
            Child child = start(store, "result", output.toString(), "" + versioned, "content " + i);
            String line = child.line();
            check("begin".equals(line), "the writer says: %s; its errors: %s", line, child.errors());
            TimeUnit.NANOSECONDS.sleep(random.nextLong(span));
            child.process().destroyForcibly();
            child.end();
            Optional<String> now = content(store, files, output);
            check(
                    now.equals(before) || now.equals(Optional.of("content " + i)),
                    "after kill %d of %s: %s, before it: %s",
                    i,
                    output,
                    now,
                    before);
            found[now.equals(before) ? 0 : 1]++;
            before = now;
            if (i == kills - 1) {
                Child last = start(store, "result", output.toString(), "" + versioned, "last");
                String all = last.said();
                int code = last.end();
                check(code == 0, "the run after a kill ended with exit code %d: %s", code, all);
                check(content(store, files, output).equals(Optional.of("last")), "no last result");
                check(
                        Arrays.stream(files.listStatus(output.getParent()))
                                .map(status -> status.getPath().getName())
                                .toList()
                                .equals(List.of("out")),
                        "something is left beside %s",
                        output);
            }
        }
        return found;
    }

    /** Returns the nanoseconds from the first line of an undisturbed writer to its end. */
    private static long span(Store store, boolean versioned) throws IOException, InterruptedException {
        long longest = 0;
        for (int i = 0; i < 2; i++) {
            String path = store.path("span-" + versioned + "-" + i + "/out");
            Child child = start(store, "result", path, "" + versioned, "span");
            String line = child.line();
            long begin = System.nanoTime();
            String said = child.said();
            check(child.end() == 0, "a writer failed: %s; %s", line, said);
            longest = Math.max(longest, System.nanoTime() - begin);
        }
        return longest;
    }

    /**
     * Suspends writers that hold the lock, lets a successor take it over, and wakes them. The lock is changed to that
     * of a process that has ended, instead of waiting until it expires.
     *
     * @return how many of them had not published before they were suspended
     */
    private static int suspend(Store store, FileSystem files, boolean versioned, int pauses, SplittableRandom random)
            throws IOException, InterruptedException {
        long span = span(store, versioned);
        Path output = new Path(store.path("pause-" + versioned + "/out"));
        Path lock = new Path(output.getParent(), ".out.lock");
        int late = 0;
        int tried = 0;
        for (int done = 0; done < pauses; ) {
            String own = "suspended " + tried; // those that did not hold the lock have published, too
            Child child = start(store, "result", output.toString(), "" + versioned, own);
            child.line();
            TimeUnit.NANOSECONDS.sleep(random.nextLong(span));
            signal(child, "STOP");
            check(++tried < 20 * pauses, "no writer was met while it held the lock");
            boolean holds = child.process().isAlive() && files.exists(lock);
            boolean isLate = holds && !content(store, files, output).equals(Optional.of(own));
            if (holds) {
                bury(files, lock);
                Child successor = start(store, "result", output.toString(), "" + versioned, "successor " + done);
                String printed = successor.said();
                if (successor.end() != 0) {
                    child.process().destroyForcibly(); // a stopped process would stay
                    check(false, "the successor failed: %s", printed);
                }
            }
            signal(child, "CONT");
            String said = child.said();
            int code = child.end();
            if (holds) {
                check(
                        content(store, files, output).equals(Optional.of("successor " + done)),
                        "a suspended run has touched the result of its successor in %s",
                        output);
                check(code == (isLate ? 1 : 0), "the suspended run ended with exit code %d: %s", code, said);
                late += isLate ? 1 : 0;
                done++;
            }
        }
        return late;
    }

    private static void signal(Child child, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, "" + child.process().pid())
                .start()
                .waitFor();
    }

    private static void bury(FileSystem files, Path lock) throws IOException {
        String text;
        try (InputStream in = files.open(lock)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        try (OutputStream out = files.create(lock, true)) {
            out.write(text.replaceAll("birth=(.*)/.*", "birth=$1/another").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Returns how often both of two writers succeeded, one after the other. */
    private static int pairs(Store store, FileSystem files, boolean versioned, int pairs)
            throws IOException, InterruptedException {
        int both = 0;
        for (int i = 0; i < pairs; i++) {
            Path output = new Path(store.path("pair-" + versioned + "-" + i + "/out"));
            List<Child> children = new ArrayList<>();
            for (String writer : List.of("first", "second")) {
                children.add(start(store, "result", output.toString(), "" + versioned, writer));
            }
            Set<String> winners = new HashSet<>();
            for (int j = 0; j < children.size(); j++) {
                String said = children.get(j).said();
                int code = children.get(j).end();
                if (code == 0) {
                    winners.add(j == 0 ? "first" : "second");
                } else {
                    check(
                            code == 1 && said.contains("is in use") || code == 2 && said.contains(" exists"),
                            "the loser ended with %d: %s",
                            code,
                            said);
                }
            }
            Optional<String> content = content(store, files, output);
            check(
                    content.isPresent() && winners.contains(content.get()),
                    "%s holds %s, done: %s",
                    output,
                    content,
                    winners);
            both += winners.size() - 1;
        }
        return both;
    }

    private static int log(Store store, int entries) throws IOException, InterruptedException {
        Path directory = new Path(store.path("log"));
        List<Child> children = new ArrayList<>();
        for (String writer : List.of("first", "second")) {
            children.add(start(store, "log", directory.toString(), writer, "" + entries));
        }
        for (Child child : children) {
            String said = child.said();
            check(child.end() == 0, "a writer of the log failed: %s", said);
        }
        List<String> texts = new CommitLog(store.hadoop(), directory)
                .entries().stream().map(CommitLog.Entry::text).toList();
        check(
                texts.size() == 2 * entries && new HashSet<>(texts).size() == texts.size(),
                "the log has %d entries, %d different ones, expected %d",
                texts.size(),
                new HashSet<>(texts).size(),
                2 * entries);
        return texts.size();
    }

    /** Returns the content of the current result after a check that all of its files agree. */
    private static Optional<String> content(Store store, FileSystem files, Path output) throws IOException {
        Path result = ResultLocation.current(store.hadoop(), output);
        if (!files.exists(new Path(result, ResultLocation.SUCCESS))) {
            check(
                    !files.exists(result) || files.exists(new Path(result, ResultLocation.VERSIONS)),
                    "%s is there, but not complete",
                    result);
            return Optional.empty();
        }
        String first = null;
        for (int i = 0; i < CommitWriter.FILES; i++) {
            try (InputStream in = files.open(CommitWriter.file(result, i))) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                String content = text.lines().findFirst().orElse("");
                check(text.equals(CommitWriter.text(content)), "file %d is not whole", i);
                check(first == null || first.equals(content), "files of two results in %s", result);
                first = content;
            }
        }
        return Optional.of(first);
    }

    private static Child start(Store store, String... arguments) throws IOException {
        java.nio.file.Path errors = Files.createTempFile(store.site(), "errors-", ".log");
        List<String> command = new ArrayList<>(List.of(
                java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java")
                        .toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                store.site() + ":" + System.getProperty("java.class.path"),
                CommitWriter.class.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        return new Child(
                process,
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)),
                errors);
    }

    private static void check(boolean condition, String message, Object... values) {
        if (!condition) {
            throw new IllegalStateException(message.formatted(values));
        }
    }
}
