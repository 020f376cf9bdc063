package io.github.sparklatent.ml.linear;

import io.github.sparklatent.ml.params.FactorAnalysisParams;
import io.github.sparklatent.scoring.SavedContent;
import org.apache.spark.ml.util.MLReader;

/** A fitted model of {@link FactorAnalysis}: codes, reconstructions, densities, anomaly scores and samples. */
public final class FactorAnalysisModel extends LinearModel<FactorAnalysisModel>
        implements FactorAnalysisParams<FactorAnalysisModel> {
    private static final long serialVersionUID = 1L;

    /** Creates a model without parameters. Spark Connect does so to get the name of the class. */
    public FactorAnalysisModel() {
        this("", null);
    }

    FactorAnalysisModel(String uid, SavedContent.Linear content) {
        super(uid, content);
    }

    @Override
    public LinearFamily<FactorAnalysisModel> family() {
        return FactorAnalysis.FAMILY;
    }

    /** Returns a reader of saved models. */
    public static MLReader<FactorAnalysisModel> read() {
        return FactorAnalysis.FAMILY.reader();
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException if there is none, or if it is damaged; the message says how
     */
    public static FactorAnalysisModel load(String path) {
        return read().load(path);
    }
}
