package io.github.sparklatent.bench.memory;

import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.race.MixtureCase;
import io.github.sparklatent.bench.race.MixtureData;
import io.github.sparklatent.bench.report.Machine;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.gmm.training.MixtureTrainer;
import io.github.sparklatent.gmm.training.TrainerListener;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ReducedSums;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.linalg.Block;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What driver and executor hold in the middle of a round of a mixture, in one process. */
final class MixtureMemory {
    private static final double MEBIBYTE = 1 << 20;

    /** Blocks after which a task has its buffers. */
    private static final int BLOCKS = 8;

    private static final int LOOKS = 40;
    private static final long NANOSECONDS = 500_000_000;

    private MixtureMemory() {}

    /** Measures the cases of the race. */
    static MarkdownTable table(SparkSession spark) {
        MarkdownTable table = new MarkdownTable(
                2,
                "",
                "n x d, components",
                "rows as float64, MB",
                "held in the middle of a round, MB",
                "multiple of the rows");
        // not counted: Spark keeps some objects of its first job
        held(spark, MixtureCase.ALL.get(2).shrunk(10));
        for (MixtureCase problem : MixtureCase.ALL.subList(0, 5)) {
            double held = held(spark, problem);
            table.row(
                    problem.name(),
                    problem.size(),
                    "%.1f".formatted(problem.bytes() / MEBIBYTE),
                    "%.1f".formatted(held / MEBIBYTE),
                    "%.2f".formatted(held / problem.bytes()));
        }
        return table;
    }

    private static double held(SparkSession spark, MixtureCase problem) {
        Dataset<Row> rows = new MixtureData(problem, BenchCommand.DATA).table(spark);
        double before = settled();
        try (BlockTable table = BlockTable.of(rows, TableOptions.DEFAULT)) {
            Watched.seen = 0;
            new MixtureTrainer(
                            new WatchedRowBlocks(table.train()),
                            null,
                            problem.options(3),
                            problem.start(),
                            TrainerListener.NONE)
                    .fit();
            return Watched.seen - before;
        }
    }

    /** Reads the heap when the table before is gone, which Spark drops some time later. */
    private static double settled() {
        double now = Machine.heap();
        for (int look = 0; look < LOOKS; look++) {
            LockSupport.parkNanos(NANOSECONDS);
            double last = now;
            now = Machine.heap();
            if (Math.abs(now - last) < MEBIBYTE / 4) {
                break;
            }
        }
        return now;
    }

    private record WatchedRowBlocks(RowBlocks pass) implements RowBlocks {
        @Override
        public int width() {
            return pass.width();
        }

        @Override
        public long rows() {
            return pass.rows();
        }

        @Override
        public ReducedSums sums(String description, Expectation expectation) {
            return pass.sums(description, new Watched(expectation));
        }

        @Override
        public List<SelectedRow> smallest(String description, RowScore score, int count) {
            return pass.smallest(description, score, count);
        }
    }

    /** Reads the heap in one task of each round. The last reading counts. */
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
                        seen = Machine.heap();
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
