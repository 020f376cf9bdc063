package io.github.sparklatent;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Named pipes at which a test and the processes that it starts wait for each other. Whoever opens one stands still
 * until the other side does; when the test ends, nobody is left standing.
 */
final class Pipes implements AutoCloseable {
    private static final int PATIENCE_MINUTES = 2;

    private final Path folder;
    private final Map<String, Path> pipes = new LinkedHashMap<>();
    private final List<Process> processes = new ArrayList<>();

    Pipes(Path folder) {
        this.folder = folder;
    }

    /** A pipe, made when it is first asked for. */
    Path path(String name) throws IOException, InterruptedException {
        Path pipe = pipes.get(name);
        if (pipe == null) {
            pipe = folder.resolve(name);
            if (new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() != 0) {
                throw new IOException("no pipe could be made at " + pipe);
            }
            pipes.put(name, pipe);
        }
        return pipe;
    }

    /** Starts a program that writes into the file {@code said} of the folder. */
    Process start(Path program, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        builder.environment().remove("SPARK_HOME");
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Waits until the other side writes into a pipe. */
    void await(String name) throws Exception {
        Path pipe = path(name);
        CompletableFuture.supplyAsync(() -> read(pipe)).get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    }

    private static String read(Path pipe) {
        try {
            return Files.readString(pipe);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the other side go on, which reads a line of a pipe or will do so. */
    void open(String name) throws Exception {
        Path pipe = path(name);
        CompletableFuture.runAsync(() -> write(pipe)).get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    }

    private static void write(Path pipe) {
        try {
            Files.writeString(pipe, "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process's exit code, when it has ended. */
    int code(Process process) throws Exception {
        return process.onExit().get(PATIENCE_MINUTES, TimeUnit.MINUTES).exitValue();
    }

    /** Kills what still runs, and frees whoever stands at a pipe: opened so, it never waits. */
    @Override
    public void close() throws IOException {
        for (Process process : processes) {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
        for (Path pipe : pipes.values()) {
            try (RandomAccessFile both = new RandomAccessFile(pipe.toFile(), "rw")) {
                both.write('\n');
            }
        }
    }
}
