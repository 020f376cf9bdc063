package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedScores;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Computes the score columns of a mixture of columns of several types for batches of rows. */
public final class MixedBatchScorer extends MixtureBatchScorer {
    private final MixedColumns columns;
    private final List<String> names;

    /** Returns a mixture prepared to score rows. */
    public static RowModel of(TableMixture table) {
        MixedDensity density = new MixedDensity(table.mixture());
        boolean areAllUsual =
                Arrays.equals(table.usualWeights(), table.mixture().weights());
        MixedDensity usual = areAllUsual ? density : new MixedDensity(table.usual());
        List<String> names = List.copyOf(table.names());
        return columns -> {
            MixedScores scores = new MixedScores(density);
            MixedScores ofUsual = areAllUsual ? scores : new MixedScores(usual);
            return new MixedBatchScorer(scores, ofUsual, names, columns);
        };
    }

    /**
     * Creates the buffers.
     *
     * @param usual scores under the components that count for the anomaly score
     * @param names names of the numbers of a row; empty if no family of a column needs them
     */
    public MixedBatchScorer(MixedScores scores, MixedScores usual, List<String> names, Set<ScoreColumn> added) {
        super(scores.mixture().columns().size(), scores, usual, usual.mixture().weights(), added);
        this.columns = scores.mixture().columns();
        this.names = names;
    }

    @Override
    public String flaw(double[] row) {
        return MixedScores.flaw(columns, names, row);
    }
}
