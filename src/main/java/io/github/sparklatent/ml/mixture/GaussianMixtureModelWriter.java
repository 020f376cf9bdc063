package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.ml.io.ModelTable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;

/**
 * Saves a mixture as spark.ml does: params as metadata, parameters as {@code data/}, the record of
 * the fit as {@code fit/}.
 */
final class GaussianMixtureModelWriter extends DefaultParamsWriter {
    private final GaussianMixtureModel model;

    GaussianMixtureModelWriter(GaussianMixtureModel model) {
        super(model);
        this.model = model;
    }

    @Override
    public void saveImpl(String path) {
        super.saveImpl(path);
        ModelTable.write(
                MixtureTable.of(sparkSession(), model.mixture()),
                new Path(path, MixtureTable.NAME).toString());
        ModelTable.write(
                FitTable.of(sparkSession(), model.fitRecord()),
                new Path(path, FitTable.NAME).toString());
    }
}
