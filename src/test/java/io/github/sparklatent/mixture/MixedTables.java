package io.github.sparklatent.mixture;

import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.mixture.MixedColumns.Column;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;

/** Tables with columns of all families, drawn from known components. */
public final class MixedTables {
    /** Two Gaussian columns, and one of each other family, mixed up. */
    public static final MixedColumns COLUMNS = new MixedColumns(List.of(
            new Column(CellFamily.CATEGORICAL, 3),
            new Column(CellFamily.GAUSSIAN, 0),
            new Column(CellFamily.POISSON, 40),
            new Column(CellFamily.STUDENT_T, 0),
            new Column(CellFamily.NEGATIVE_BINOMIAL, 200),
            new Column(CellFamily.GAUSSIAN, 0)));

    private MixedTables() {}

    /**
     * Draws rows of two components.
     *
     * @param missing share of the cells that are missing
     */
    public static DMatrixRMaj rows(int count, double missing, long seed) {
        Random random = new Random(seed);
        DMatrixRMaj rows = new DMatrixRMaj(count, COLUMNS.size());
        for (int i = 0; i < count; i++) {
            boolean first = random.nextDouble() < 0.4;
            double shared = random.nextGaussian();
            double[] row = {
                first ? random.nextInt(2) : 1 + random.nextInt(2),
                (first ? -2 : 2) + shared,
                poisson(first ? 2 : 7, random),
                (first ? 0 : 3) + random.nextGaussian() / Math.max(0.2, random.nextDouble()),
                poisson((first ? 3 : 9) * 2 * random.nextDouble(), random),
                (first ? 1 : -1) + 0.5 * shared + 0.5 * random.nextGaussian()
            };
            for (int j = 0; j < row.length; j++) {
                rows.set(i, j, random.nextDouble() < missing ? Double.NaN : row[j]);
            }
        }
        return rows;
    }

    public static int poisson(double mean, Random random) {
        double limit = Math.exp(-mean);
        int count = 0;
        for (double left = random.nextDouble(); left > limit; left *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    /** Fits a mixture to rows of a table with {@link #COLUMNS}. */
    static MixtureFit fit(RowBlocks rows, MixtureOptions options) {
        return new MixtureTrainer(rows, null, COLUMNS, options, null, SearchListener.none())
                .fit()
                .best();
    }

    static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }
}
