package io.github.sparklatent.ml.linear;

import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.ml.params.FactorAnalysisParams;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;

/**
 * A fitted model of {@link FactorAnalysis}: codes, reconstructions, densities, anomaly scores and
 * samples.
 */
public final class FactorAnalysisModel extends LinearModel<FactorAnalysisModel>
        implements FactorAnalysisParams<FactorAnalysisModel> {
    private static final long serialVersionUID = 1L;

    /** Creates a model without parameters. Spark Connect does so to get the name of the class. */
    public FactorAnalysisModel() {
        this("", null, null);
    }

    /**
     * Creates a model.
     *
     * @param fit record of the fit; null if it is not known
     */
    public FactorAnalysisModel(String uid, LinearGaussian parameters, LinearRecord fit) {
        super(uid, parameters, fit);
    }

    @Override
    LinearFamily<FactorAnalysisModel> linearFamily() {
        return FactorAnalysis.FAMILY;
    }

    @Override
    public FactorAnalysisModel copy(ParamMap extra) {
        return copyValues(
                        new FactorAnalysisModel(uid(), parameters(), fitRecord().orElse(null)),
                        extra)
                .setParent(parent());
    }

    /** Returns a reader of saved models. */
    public static MLReader<FactorAnalysisModel> read() {
        return new LinearTable.Reader<>(FactorAnalysis.FAMILY);
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException if there is none, or if it is damaged; the
     *     message says how
     */
    public static FactorAnalysisModel load(String path) {
        return read().load(path);
    }
}
