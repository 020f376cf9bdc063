package io.github.sparklatent.app;

import io.github.sparklatent.app.LabelMeasures.Agreement;
import io.github.sparklatent.config.JobConfiguration;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.gmm.Candidate;
import io.github.sparklatent.gmm.Mixture;
import io.github.sparklatent.gmm.MixtureFit;
import io.github.sparklatent.gmm.TrainingResult;
import io.github.sparklatent.learn.SelectedRow;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A training that has ended, with all that is told of it.
 *
 * @param rows the table trained on
 * @param warnings about the table, as sentences
 * @param holdoutRows rows held out
 * @param holdoutWeight their total weight
 * @param agreement with the label by whether rows are held out; empty without a label
 * @param sample a few training rows, scaled
 * @param curves objective round by round of each fit, by its place among the candidates
 */
record TrainedMixture(
        JobConfiguration configuration,
        BlockTable rows,
        List<String> warnings,
        long holdoutRows,
        double holdoutWeight,
        TrainingResult result,
        Map<Boolean, Agreement> agreement,
        List<SelectedRow> sample,
        SortedMap<Integer, List<Double>> curves,
        Origin origin) {
    MixtureFit fit() {
        return result.best();
    }

    Candidate figures() {
        return fit().figures();
    }

    Mixture mixture() {
        return fit().mixture();
    }

    /** Where the best fit stands among the candidates. */
    int chosen() {
        return result.candidates().indexOf(figures());
    }
}
