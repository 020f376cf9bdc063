package io.github.sparklatent.ml.linear;

import io.github.sparklatent.ml.params.ProbabilisticPcaParams;
import io.github.sparklatent.scoring.SavedContent;
import org.apache.spark.ml.util.MLReader;

/** A fitted model of {@link ProbabilisticPca}: codes, reconstructions, densities, anomaly scores and samples. */
public final class ProbabilisticPcaModel extends LinearModel<ProbabilisticPcaModel>
        implements ProbabilisticPcaParams<ProbabilisticPcaModel> {
    private static final long serialVersionUID = 1L;

    /** Creates a model without parameters. Spark Connect does so to get the name of the class. */
    public ProbabilisticPcaModel() {
        this("", null);
    }

    ProbabilisticPcaModel(String uid, SavedContent.Linear content) {
        super(uid, content);
    }

    @Override
    public LinearFamily<ProbabilisticPcaModel> family() {
        return ProbabilisticPca.FAMILY;
    }

    /** Returns a reader of saved models. */
    public static MLReader<ProbabilisticPcaModel> read() {
        return ProbabilisticPca.FAMILY.reader();
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException if there is none, or if it is damaged; the message says how
     */
    public static ProbabilisticPcaModel load(String path) {
        return read().load(path);
    }
}
