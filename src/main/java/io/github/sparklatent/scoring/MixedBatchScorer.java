package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedScores;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/** Computes the score columns of a mixture for batches of rows. */
public final class MixedBatchScorer extends ComponentScorer {
    private final MixedColumns columns;
    private final List<String> names;
    private final MixedScores scores;

    /** Under the components that count for the anomaly score. */
    private final MixedScores usual;

    /** Returns a mixture prepared to score rows. */
    public static RowModel of(TableMixture table) {
        MixedDensity density = new MixedDensity(table.mixture());
        boolean areAllUsual =
                Arrays.equals(table.usualWeights(), table.mixture().weights());
        MixedDensity usual = areAllUsual ? density : new MixedDensity(table.usual());
        List<String> names = List.copyOf(table.names());
        return columns -> new MixedBatchScorer(density, usual, names, columns);
    }

    /**
     * Creates the buffers.
     *
     * @param usual the mixture of the components that count for the anomaly score
     * @param names names of the numbers of a row; empty if no family of a column needs them
     */
    public MixedBatchScorer(MixedDensity density, MixedDensity usual, List<String> names, Set<ScoreColumn> added) {
        super(density.mixture().columns().size(), usual.mixture().weights(), added);
        this.columns = density.mixture().columns();
        this.names = names;
        this.scores = new MixedScores(density);
        this.usual = usual == density ? scores : new MixedScores(usual);
    }

    @Override
    public String flaw(double[] row) {
        return MixedScores.flaw(columns, names, row);
    }

    @Override
    void densities(DMatrixRMaj rows) {
        scores.evaluate(rows);
        if (usual != scores) {
            usual.evaluate(rows);
        }
    }

    @Override
    void impute(DMatrixRMaj rows) {
        scores.impute(rows);
    }

    @Override
    DMatrixRMaj responsibilities() {
        return scores.responsibilities();
    }

    @Override
    double logDensity(int row) {
        return scores.logDensity(row);
    }

    @Override
    double anomaly(int row) {
        return -usual.logDensity(row);
    }

    @Override
    double[] cumulants(int row) {
        return usual.cumulants(row);
    }
}
