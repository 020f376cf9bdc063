package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.scoring.FitRecord;
import java.util.List;
import java.util.Optional;

/** A model that is one mixture, in the form that all families of mixtures share. */
public interface MixtureOfRows {
    /** Returns the parameters; a Gaussian mixture has columns of numbers only. */
    MixedMixture asMixed();

    /** Returns the record of the fit; empty if it is not known. */
    Optional<FitRecord> fitRecord();

    /** Returns the names of the numbers of a row; empty if the model does not know them. */
    List<String> rowNames();
}
