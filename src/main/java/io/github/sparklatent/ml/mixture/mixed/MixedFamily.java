package io.github.sparklatent.ml.mixture.mixed;

import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.scoring.SavedContent;

/** The family of mixtures of columns of several types. */
final class MixedFamily extends ModelFamily<MixtureModel, SavedContent.Mixed> {

    MixedFamily() {
        super(MixedModelType.MIXTURE, MixtureModel.class, SavedContent.Mixed.class);
    }

    @Override
    public MixtureModel model(String uid, SavedContent.Mixed content) {
        return content == null
                ? new MixtureModel(uid, null, null)
                : new MixtureModel(uid, content.table(), content.fit());
    }

    @Override
    public Mixture estimator(String uid) {
        return new Mixture(uid);
    }
}
