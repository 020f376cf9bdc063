package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.StateBytes;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.ColumnChains;
import io.github.sparklatent.mixture.ColumnLevels;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedColumns.Column;
import io.github.sparklatent.mixture.TreeOptions;
import io.github.sparklatent.mixture.TreeOptions.Within;
import io.github.sparklatent.mixture.training.FitMethod;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mixture of columns of several types on Spark and in memory. */
@Tag("slow")
class MixedTypeTrainingTest {
    private static final Column NUMBER = new Column(CellFamily.GAUSSIAN, 0);
    private static final MixedColumns COLUMNS = new MixedColumns(
            List.of(NUMBER, new Column(CellFamily.STUDENT_T, 0), NUMBER, new Column(CellFamily.CATEGORICAL, 3)));

    /** Three numbers, and the level that is the row's cluster in two of three rows. */
    private static double[][] rows() {
        double[][] numbers = Sample.clusters(400, 3, 3);
        double[][] rows = new double[numbers.length][];
        Arrays.setAll(rows, i -> {
            double[] row = Arrays.copyOf(numbers[i], 4);
            row[3] = i % 9 < 6 ? i % 3 : 0;
            return row;
        });
        return rows;
    }

    private static MixtureFit fit(RowBlocks train, FitMethod method) {
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(List.of(3))
                .withFit(method)
                .withStopping(new StoppingRule(6, 0));
        return new MixtureTrainer(train, null, COLUMNS, options, null, SearchListener.none())
                .fit()
                .best();
    }

    @ParameterizedTest
    @EnumSource(names = {"EM", "STEPWISE_EM"})
    void theMixtureIsTheOneTrainedInMemory(FitMethod method) {
        SparkSession spark = LocalSpark.session();
        try (BlockTable table = BlockTable.of(
                Sample.table(spark, rows(), 3, 1),
                TableOptions.DEFAULT.withDriverBytes(0).withPartitions(4))) {
            MixtureFit fit = fit(table.train(), method);
            MixtureFit inMemory = fit(new InMemoryRowBlocks(Sample.blocks(spark, "training blocks")), method);
            assertThat(StateBytes.encode(fit.mixture())).isEqualTo(StateBytes.encode(inMemory.mixture()));
            assertThat(fit.metrics()).isEqualTo(inMemory.metrics());
        }
    }

    /** Histograms and trees: their columns, bins and trees are those of the rows in memory. */
    @Test
    void theTreesAreThoseGrownInMemory() {
        SparkSession spark = LocalSpark.session();
        try (BlockTable table = BlockTable.of(
                Sample.table(spark, rows(), 3, 1),
                TableOptions.DEFAULT.withDriverBytes(0).withPartitions(4))) {
            byte[] grown = trees(table.train());
            assertThat(grown).isEqualTo(trees(new InMemoryRowBlocks(Sample.blocks(spark, "training blocks"))));
        }
    }

    private static byte[] trees(RowBlocks train) {
        MixedColumns columns = ColumnLevels.of(
                IntStream.range(0, 4)
                        .mapToObj(j -> new ColumnLevels.Declared(
                                "c" + j, j < 3 ? CellFamily.HISTOGRAM : CellFamily.CATEGORICAL, j < 3 ? 0 : 3))
                        .toList(),
                train,
                new TreeOptions(Within.TREES, 10).bins(),
                1);
        return StateBytes.encode(ColumnChains.of(columns, train, new SampleSize(400, 0, 0), 10, 1, 1));
    }
}
