package io.github.sparklatent.bench.drill;

import io.github.sparklatent.app.Latent;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.ml.Families;
import io.github.sparklatent.ml.core.SavedModels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

/**
 * Trains on a table in HDFS, with checkpoints and result in HDFS, while a DataNode dies, calls fail, or there is no
 * space for the checkpoint. The command is repeated until it succeeds, as a scheduler does, and the model must have the
 * bits of the undisturbed training.
 */
@Command(name = "storage", description = "Trainings on HDFS that loses a DataNode, fails or is full.")
final class StorageDrill extends DrillCommand {
    private static final int CALLS = 40;
    private static final int MOST_RUNS = 200;

    /** Settings of a training on the digits that takes a few seconds, by its configuration file. */
    private static final Map<String, List<String>> TRAININGS = Map.of(
            "digits",
            List.of("train.restarts=1", "train.tolerance=0", "train.maxRounds=40"),
            "digits-vae",
            List.of("train.maxEpochs=30"));

    private MiniDFSCluster cluster;
    private DistributedFileSystem files;

    /** Directory of the checkpoints of the training that runs. */
    private Path checkpoints;

    /**
     * Something that goes wrong.
     *
     * @param begin starts it, before the first run or during it
     * @param isDuring whether it starts when the first run has written a checkpoint
     * @param failed called after a run that failed
     * @param end ends it and returns how often it happened
     */
    private record Fault(String title, Step begin, boolean isDuring, Step failed, Callable<Integer> end) {}

    /** A step that may fail. */
    private interface Step {
        void take() throws Exception;
    }

    @Override
    String run(java.nio.file.Path folder, Random random) throws Exception {
        Configuration hadoop = new Configuration();
        hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        cluster = new MiniDFSCluster.Builder(hadoop).numDataNodes(3).build();
        List<Fault> faults = List.of(
                new Fault("nothing", () -> {}, false, () -> {}, () -> 0),
                new Fault(
                        "one of %d calls fails".formatted(CALLS),
                        () -> FaultyHdfs.failOneOf(CALLS, seed()),
                        false,
                        () -> {},
                        FaultyHdfs::stop),
                new Fault(
                        "all calls fail until the run ends",
                        () -> FaultyHdfs.failOneOf(1, seed()),
                        true,
                        () -> FaultyHdfs.failOneOf(0, seed()),
                        FaultyHdfs::stop),
                new Fault(
                        "no space for checkpoints",
                        () -> quota(1),
                        true,
                        () -> quota(HdfsConstants.QUOTA_RESET),
                        () -> 1),
                new Fault("a DataNode killed", () -> cluster.stopDataNode(0), true, () -> {}, () -> 1));
        MarkdownTable table = new MarkdownTable(2, "training", "fault", "times", "exit codes", "result");
        ExecutorService background = Executors.newSingleThreadExecutor();
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            spark.sparkContext().setLogLevel("ERROR");
            Configuration site = spark.sparkContext().hadoopConfiguration();
            site.set("dfs.replication", "2");
            site.set("fs.hdfs.impl", FaultyHdfs.class.getName());
            site.set("fs.AbstractFileSystem.hdfs.impl", FaultyHdfs.Context.class.getName());
            cluster.waitActive();
            // Not the cached one, which would be that of the trainings, too.
            files = (DistributedFileSystem) FileSystem.newInstance(cluster.getURI(), hadoop);
            files.copyFromLocalFile(new Path("conf/data/digits.csv.gz"), path("digits.csv.gz"));
            for (String training : isShort() ? Set.of("digits") : TRAININGS.keySet()) {
                String expected = null;
                for (Fault fault : faults) {
                    Path output = path(training + "-" + faults.indexOf(fault));
                    List<Integer> codes = train(training, fault, output, background);
                    int times = fault.end().call();
                    String found = fingerprint(spark, output);
                    expected = expected == null ? found : expected;
                    boolean same = found.equals(expected);
                    expect(times > 0 || fault == faults.get(0), "%s: it ended before %s", training, fault.title());
                    expect(same, "%s, %s: other bits", training, fault.title());
                    table.row(
                            training,
                            fault.title(),
                            times,
                            codes.stream()
                                    .collect(Collectors.groupingBy(code -> code, TreeMap::new, Collectors.counting()))
                                    .entrySet()
                                    .stream()
                                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                                    .collect(Collectors.joining(", ")),
                            same ? "the same bits" : "other bits");
                }
            }
        } finally {
            background.shutdownNow();
            cluster.shutdown(true);
        }
        return table.toString();
    }

    /** Repeats a training until it succeeds, and returns the exit codes. */
    private List<Integer> train(String training, Fault fault, Path output, ExecutorService background)
            throws Exception {
        checkpoints = new Path(output, "state");
        List<String> arguments = new ArrayList<>(List.of("train", "--config", "conf/" + training + ".conf"));
        List<String> settings = new ArrayList<>(TRAININGS.get(training));
        settings.addAll(List.of(
                "train.partitions=4",
                "output.report=false",
                "train.checkpoint.every=1",
                "data.path=\"" + path("digits.csv.gz") + "\"",
                "output.path=\"" + output + "\""));
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        Future<?> begun = background.submit(() -> begin(fault));
        if (!fault.isDuring()) {
            begun.get();
        }
        List<Integer> codes = new ArrayList<>();
        int code = 1;
        while (code != 0 && codes.size() < MOST_RUNS) {
            code = Latent.run(arguments.toArray(String[]::new));
            codes.add(code);
            expect(code < 2, "%s, %s: exit code %d", training, fault.title(), code);
            if (code != 0) {
                fault.failed().take();
            }
        }
        begun.cancel(true);
        return codes;
    }

    private Void begin(Fault fault) throws Exception {
        while (fault.isDuring() && !files.exists(checkpoints)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        fault.begin().take();
        return null;
    }

    private void quota(long bytes) throws IOException {
        files.setQuota(checkpoints, HdfsConstants.QUOTA_DONT_SET, bytes);
    }

    private Path path(String name) throws IOException {
        return new Path(cluster.getURI() + "/drill/" + name);
    }

    private static String fingerprint(SparkSession spark, Path output) {
        return SavedModels.any(spark, output.toString(), Families.types().first())
                .fingerprint();
    }
}
