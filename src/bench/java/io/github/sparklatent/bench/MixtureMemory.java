package io.github.sparklatent.bench;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.TableOptions;
import io.github.sparklatent.gmm.MixtureOptions;
import io.github.sparklatent.gmm.MixtureTrainer;
import io.github.sparklatent.gmm.TrainerListener;
import io.github.sparklatent.learn.Expectation;
import io.github.sparklatent.learn.Pass;
import io.github.sparklatent.learn.PassResult;
import io.github.sparklatent.learn.RowScore;
import io.github.sparklatent.learn.SelectedRow;
import io.github.sparklatent.learn.StoppingRule;
import io.github.sparklatent.linalg.Block;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.sql.SparkSession;

/** What driver and executor hold of a table in the middle of a pass, in one process. */
public final class MixtureMemory {
    private static final double MEBIBYTE = 1 << 20;

    /** Of a task; by then it has its buffers. */
    private static final int BLOCKS = 8;

    private static final int LOOKS = 40;
    private static final long NANOSECONDS = 500_000_000;

    private MixtureMemory() {}

    /** Measures and describes in Markdown. */
    public static String text(SparkSession spark, Path folder) {
        StringBuilder out =
                new StringBuilder(
                        """
                        | | n x d, components | rows as float64, MB | held in the middle of a pass, MB | that is times the rows |
                        | --- | --- | ---: | ---: | ---: |
                        """);
        // What Spark keeps of any first job is not the table's.
        held(spark, folder, MixtureCase.ALL.get(2).shrunk(10));
        for (MixtureCase problem : MixtureCase.ALL.subList(0, 5)) {
            double held = held(spark, folder, problem);
            out.append(
                    String.format(
                            Locale.ROOT,
                            "| %s | %s | %.1f | %.1f | %.2f |%n",
                            problem.name(),
                            problem.size(),
                            problem.bytes() / MEBIBYTE,
                            held / MEBIBYTE,
                            held / problem.bytes()));
        }
        return out.toString();
    }

    private static double held(SparkSession spark, Path folder, MixtureCase problem) {
        MixtureData data = new MixtureData(problem, folder);
        data.write(spark);
        double before = settled();
        try (BlockTable table = BlockTable.of(data.table(spark), TableOptions.DEFAULT)) {
            MixtureOptions options =
                    MixtureOptions.DEFAULT
                            .withComponents(List.of(problem.components()))
                            .withCovariance(problem.covariance())
                            .withStopping(new StoppingRule(3, 0));
            Watched.seen = 0;
            new MixtureTrainer(
                            new WatchedPass(table.train()),
                            null,
                            options,
                            new MixtureTruth(problem).start(),
                            TrainerListener.NONE)
                    .fit();
            return Watched.seen - before;
        }
    }

    /** When the table before is gone: Spark drops its blocks in its own time. */
    private static double settled() {
        double now = heap();
        for (int look = 0; look < LOOKS; look++) {
            LockSupport.parkNanos(NANOSECONDS);
            double last = now;
            now = heap();
            if (Math.abs(now - last) < MEBIBYTE / 4) {
                break;
            }
        }
        return now;
    }

    private static double heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private record WatchedPass(Pass pass) implements Pass {
        @Override
        public int width() {
            return pass.width();
        }

        @Override
        public long rows() {
            return pass.rows();
        }

        @Override
        public PassResult sums(String description, Expectation expectation) {
            return pass.sums(description, new Watched(expectation));
        }

        @Override
        public List<SelectedRow> smallest(String description, RowScore score, int count) {
            return pass.smallest(description, score, count);
        }
    }

    /** Looks at the heap in one task of each pass; the last look counts. */
    private record Watched(Expectation expectation) implements Expectation {
        private static volatile double seen;

        @Override
        public int length() {
            return expectation.length();
        }

        @Override
        public Accumulator accumulator() {
            Accumulator sums = expectation.accumulator();
            return new Accumulator() {
                private int blocks;

                @Override
                public void add(Block block) {
                    sums.add(block);
                    if (++blocks == BLOCKS) {
                        seen = heap();
                    }
                }

                @Override
                public double[] statistics() {
                    return sums.statistics();
                }
            };
        }
    }
}
