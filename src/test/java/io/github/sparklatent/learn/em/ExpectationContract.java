package io.github.sparklatent.learn.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.TestMatrices;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every expectation keeps: subclassed once for each, and for each way it computes. */
public abstract class ExpectationContract {
    /**
     * The sums by naive formulas.
     *
     * @param values one for each entry of the statistics
     * @param bounds what each may differ by
     */
    public record Naive(double[] values, double[] bounds) {}

    /** The one under test. */
    protected abstract Expectation expectation();

    /** At least eight rows. */
    protected abstract DMatrixRMaj rows();

    /** A weight for each row, or null. */
    protected abstract double[] weights();

    /** Row by row, in an obviously right way. */
    protected abstract Naive naive();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, Integer.MAX_VALUE})
    void blocksOfAnyHeightHaveTheNaiveSums(int height) {
        assertNaive(sums(List.of(blocks(0, rows().numRows, height))));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void partitionsOfAnyNumberHaveTheNaiveSums(int count) {
        List<List<Block>> partitions = new ArrayList<>();
        int n = rows().numRows;
        for (int p = 0; p < count; p++) {
            partitions.add(blocks(p * n / count, (p + 1) * n / count, 3));
        }
        assertNaive(sums(partitions));
    }

    @Test
    void mergingWithNothingChangesNoBit() {
        List<Block> blocks = blocks(0, rows().numRows, 5);
        assertThat(sums(List.of(List.of(), blocks, List.of()))).containsExactly(sums(List.of(blocks)));
    }

    @Test
    void beforeTheFirstBlockAllSumsAreZero() {
        double[] zero = expectation().accumulator().statistics();
        assertThat(zero).hasSize(expectation().length());
        assertThat(Arrays.stream(zero).map(Math::abs).max().orElse(0)).isZero();
    }

    @Test
    void accumulatorsShareNothing() {
        Expectation expectation = expectation();
        Expectation.Accumulator one = expectation.accumulator();
        Expectation.Accumulator other = expectation.accumulator();
        List<Block> blocks = blocks(0, rows().numRows, 2);
        for (Block block : blocks) {
            one.add(block);
            other.add(block);
        }
        double[] alone = sums(List.of(blocks));
        assertThat(one.statistics()).containsExactly(alone);
        assertThat(other.statistics()).containsExactly(alone);
    }

    @Test
    void theSumsMayBeReadOnTheWay() {
        Expectation.Accumulator accumulator = expectation().accumulator();
        for (Block block : blocks(0, rows().numRows, 5)) {
            accumulator.add(block);
            accumulator.statistics();
        }
        assertThat(accumulator.statistics()).containsExactly(sums(List.of(blocks(0, rows().numRows, 5))));
    }

    @Test
    void blocksStayAsTheyWere() {
        DMatrixRMaj rows = rows();
        expectation().accumulator().add(new Block(rows, weights(), rows.numRows));
        assertThat(rows.data).containsExactly(rows().data);
    }

    @Test
    void itTravelsToTheWorkers() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(expectation());
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Expectation.Accumulator arrived = ((Expectation) in.readObject()).accumulator();
            blocks(0, rows().numRows, 5).forEach(arrived::add);
            assertThat(arrived.statistics()).containsExactly(sums(List.of(blocks(0, rows().numRows, 5))));
        }
    }

    private double[] sums(List<List<Block>> partitions) {
        return new InMemoryRowBlocks(partitions).sums("", expectation()).sums();
    }

    private List<Block> blocks(int from, int to, int height) {
        List<Block> blocks = new ArrayList<>();
        for (int at = from; at < to; at += Math.min(height, to - at)) {
            int end = at + Math.min(height, to - at);
            double[] weights = weights() == null ? null : Arrays.copyOfRange(weights(), at, end);
            blocks.add(new Block(TestMatrices.slice(rows(), at, end), weights, end - at));
        }
        return blocks;
    }

    private void assertNaive(double[] found) {
        Naive naive = naive();
        assertThat(found).hasSize(naive.values().length).hasSize(expectation().length());
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).as("entry %d", i).isCloseTo(naive.values()[i], within(naive.bounds()[i]));
        }
    }
}
