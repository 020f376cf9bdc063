package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.params.MixtureParams;
import io.github.sparklatent.scoring.SavedContent;
import java.util.List;
import org.apache.spark.ml.util.MLReader;

/** A fitted mixture of columns of several types; see {@link Mixture}. */
public final class MixtureModel extends MixtureOfRows<MixtureModel> implements MixtureParams<MixtureModel> {
    /** Creates a model without a mixture. Spark Connect does so to get the name of the class. */
    public MixtureModel() {
        this("", null);
    }

    /** Creates the model of a mixture. */
    MixtureModel(String uid, SavedContent.Mixture content) {
        super(uid, content);
    }

    @Override
    public ModelFamily<MixtureModel, SavedContent.Mixture> family() {
        return Mixture.FAMILY;
    }

    /** Returns the parameters. */
    public MixedMixture mixture() {
        return asMixed();
    }

    /** Returns names and categories of the columns. */
    public List<Feature> features() {
        return table().features();
    }

    /** Returns a reader of saved models. */
    public static MLReader<MixtureModel> read() {
        return Mixture.FAMILY.reader();
    }

    /**
     * Loads a saved model, or the one in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException if there is none, or if it is damaged
     */
    public static MixtureModel load(String path) {
        return read().load(path);
    }
}
