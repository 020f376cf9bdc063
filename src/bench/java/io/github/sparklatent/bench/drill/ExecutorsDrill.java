package io.github.sparklatent.bench.drill;

import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.ml.Families;
import io.github.sparklatent.ml.core.SavedModels;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

/**
 * Trains on a standalone cluster of two workers whose processes are killed, stopped and started meanwhile. Each model
 * must have the bits of the undisturbed training.
 */
@Command(name = "executors", description = "Kills and stops executors and workers of a cluster during trainings.")
final class ExecutorsDrill extends DrillCommand {
    private static final String EXECUTOR_CLASS = "org.apache.spark.executor.CoarseGrainedExecutorBackend";
    private static final Pattern ROUND = Pattern.compile("round \\d+ of ");

    /** A training on the digits. A table in four partitions is trained on the executors, not on the driver. */
    private enum Training {
        MIXTURE("mixture", "digits", "train.restarts=1", "train.tolerance=0", "train.maxRounds=120"),
        VAE("VAE", "digits-vae", "train.maxEpochs=40"),
        MOG_VAE("MoG-VAE", "mog-vae-digits");

        private final String title;
        private final String config;
        private final List<String> settings;

        Training(String title, String config, String... settings) {
            this.title = title;
            this.config = config;
            this.settings = List.of(settings);
        }
    }

    private enum Fault {
        NONE("nothing"),
        KILLED("executors killed"),
        LOST("a worker killed for good"),
        ADDED("a worker joined"),
        STOPPED("an executor stopped, under speculation");

        private final String title;

        Fault(String title) {
            this.title = title;
        }
    }

    private Path folder;
    private Random random;
    private String master;
    private List<String> command;
    private List<String> environment;

    @Override
    String run(Path empty, Random faults) throws Exception {
        folder = empty;
        random = faults;
        MarkdownTable table = new MarkdownTable(2, "training", "fault", "times", "seconds", "result");
        List<Training> trainings = isShort() ? List.of(Training.MIXTURE) : List.of(Training.values());
        Map<Training, String> expected = new HashMap<>();
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            cluster("start");
            try {
                ProcessHandle worker = worker().orElseThrow();
                command = words(worker);
                environment = List.of(Files.readString(Path.of("/proc", "" + worker.pid(), "environ"))
                        .split("\0"));
                for (Fault fault : Fault.values()) {
                    boolean all = fault == Fault.NONE || fault == Fault.KILLED;
                    for (Training training : all ? trainings : List.of(Training.MIXTURE)) {
                        long began = System.nanoTime();
                        int times = train(training, fault);
                        double seconds = (System.nanoTime() - began) / 1e9;
                        String found = fingerprint(spark, training, fault);
                        expected.putIfAbsent(training, found);
                        boolean same = expected.get(training).equals(found);
                        expect(same, "%s, %s: other bits", training.title, fault.title);
                        expect(fault == Fault.NONE || times > 0, "%s: it ended before %s", training.title, fault.title);
                        table.row(
                                training.title,
                                fault.title,
                                times,
                                "%.0f".formatted(seconds),
                                same ? "the same bits" : "other bits");
                        System.err.println(training.title + ", " + fault.title + ": " + times);
                    }
                }
            } finally {
                cluster("stop");
            }
        }
        return table.toString();
    }

    private void cluster(String command) throws IOException, InterruptedException {
        int port;
        if (command.equals("start")) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            master = "spark://127.0.0.1:" + port;
        } else {
            port = Integer.parseInt(master.substring(master.lastIndexOf(':') + 1));
        }
        Map<String, String> environment = Map.of(
                "CLUSTER_DIR", folder.resolve("cluster").toString(),
                "CLUSTER_PORT", Integer.toString(port));
        Process process = JobProcess.start(folder.resolve("log.txt"), environment, "cluster", List.of(command));
        if (process.waitFor() != 0) {
            throw new IllegalStateException("jobs/cluster " + command + " fails; see log.txt");
        }
    }

    /** Runs a training, disturbs it, and returns how often. */
    private int train(Training training, Fault fault) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("train", "--config", "conf/" + training.config + ".conf"));
        List<String> settings = new ArrayList<>(training.settings);
        settings.addAll(List.of(
                "train.partitions=4", "output.report=false", "output.path=\"" + output(training, fault) + "\""));
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        arguments.addAll(List.of("--", "--master", master));
        // A stopped process is lost when it has been silent for the network's timeout.
        for (String conf : List.of(
                "spark.executor.memory=800m",
                "spark.network.timeout=20s",
                "spark.network.timeoutInterval=5s",
                "spark.executor.heartbeatInterval=2s",
                "spark.speculation=" + (fault == Fault.STOPPED))) {
            arguments.addAll(List.of("--conf", conf));
        }
        Path log = folder.resolve(training.config + "-" + fault + ".txt");
        if (fault == Fault.ADDED) {
            worker().ifPresent(JobProcess::kill);
        }
        Process process = JobProcess.latent(log, arguments.toArray(String[]::new));
        int times = 0;
        while (!process.waitFor(pause(fault), TimeUnit.MILLISECONDS)) {
            boolean once = fault != Fault.KILLED;
            if (isTraining(log) && !(once && times > 0)) {
                times += disturb(fault);
            }
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    "%s, %s: exit code %d; see %s".formatted(training.title, fault.title, process.exitValue(), log));
        }
        if (fault == Fault.LOST) {
            startWorker();
        }
        return times;
    }

    /** Returns the milliseconds until the next look at a training. */
    private int pause(Fault fault) {
        return fault == Fault.KILLED ? random.nextInt(4_000, 12_000) : 500;
    }

    /** Whether a round has ended. */
    private static boolean isTraining(Path log) throws IOException {
        return ROUND.matcher(Files.readString(log)).find();
    }

    /** Does what a fault stands for and returns 1, or returns 0 if that was not possible. */
    private int disturb(Fault fault) throws IOException, InterruptedException {
        List<ProcessHandle> executors = executors();
        switch (fault) {
            case NONE -> {
                return 0;
            }
            case LOST -> worker().ifPresent(JobProcess::kill);
            case ADDED -> startWorker();
            default -> {
                if (executors.isEmpty()) {
                    return 0;
                }
                ProcessHandle executor = executors.get(random.nextInt(executors.size()));
                if (fault == Fault.KILLED) {
                    executor.destroyForcibly();
                } else {
                    JobProcess.signal(executor, "STOP");
                }
            }
        }
        return 1;
    }

    private List<ProcessHandle> executors() throws IOException {
        List<ProcessHandle> found = new ArrayList<>();
        for (int worker = 1; worker <= 2; worker++) {
            for (ProcessHandle process : process(worker).stream().toList()) {
                process.descendants()
                        .filter(child -> words(child).contains(EXECUTOR_CLASS))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** Returns the second worker, which leaves and joins. */
    private Optional<ProcessHandle> worker() throws IOException {
        return process(2);
    }

    private Optional<ProcessHandle> process(int worker) throws IOException {
        String pid = Files.readString(pidFile(worker)).strip();
        return ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive);
    }

    private Path pidFile(int worker) {
        return folder.resolve("cluster").resolve("worker" + worker + ".pid");
    }

    private static List<String> words(ProcessHandle process) {
        try {
            return List.of(Files.readString(Path.of("/proc", "" + process.pid(), "cmdline"))
                    .split("\0"));
        } catch (IOException e) { // it has ended
            return List.of();
        }
    }

    private void startWorker() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.resolve("cluster").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("cluster/worker2.log").toFile()));
        builder.environment().clear();
        environment.forEach(entry -> {
            int equals = entry.indexOf('=');
            builder.environment().put(entry.substring(0, equals), entry.substring(equals + 1));
        });
        Files.writeString(pidFile(2), builder.start().pid() + "\n");
    }

    private Path output(Training training, Fault fault) {
        return folder.resolve(training.config + "-" + fault);
    }

    private String fingerprint(SparkSession spark, Training training, Fault fault) {
        return SavedModels.any(
                        spark,
                        output(training, fault).toString(),
                        Families.types().first())
                .fingerprint();
    }
}
