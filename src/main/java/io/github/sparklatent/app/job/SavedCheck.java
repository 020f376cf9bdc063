package io.github.sparklatent.app.job;

import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.TrainingTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Checks that a saved model gives the scores of the model that was trained. */
final class SavedCheck {
    private static final int ROWS = 1000;

    private SavedCheck() {}

    /**
     * Scores some rows of the training table with both models.
     *
     * @throws UncheckedIOException if a column of a row differs, because the storage has then lost or changed something
     */
    static void requireSame(TrainingTables tables, PipelineModel trained, Path saved) {
        List<Row> sample = tables.table().limit(ROWS).collectAsList();
        Dataset<Row> rows = tables.table()
                .sparkSession()
                .createDataFrame(sample, tables.table().schema());
        List<Row> expected = scores(trained, rows);
        List<Row> found = scores(PipelineModel.load(saved.toString()), rows);
        if (!expected.equals(found)) {
            throw new UncheckedIOException(
                    "the model at %s does not give the scores of the trained model; train again".formatted(saved),
                    new IOException("different scores"));
        }
    }

    /** Scores the rows that can be used. */
    private static List<Row> scores(PipelineModel model, Dataset<Row> rows) {
        Dataset<Row> scored = rows;
        for (Transformer stage : model.stages()) {
            Transformer used = stage;
            if (stage instanceof FeatureAssembler assembler
                    && !assembler.getHandleInvalid().equals(Invalid.KEEP.toString())) {
                used = assembler.copy(ParamMap.empty()).setHandleInvalid(Invalid.SKIP.toString());
            }
            scored = used.transform(scored);
        }
        return scored.collectAsList();
    }
}
