package io.github.sparklatent.mixture;

import io.github.sparklatent.settings.Names;

/** Families of distributions that a column may have within each component. */
public enum CellFamily {
    /** A number; the numbers of a row have a joint Gaussian distribution. */
    GAUSSIAN,
    /** A number with outliers, independent of the other columns within a component. */
    STUDENT_T,
    /** A number of any distribution, as probabilities of {@linkplain HistogramBins bins}. */
    HISTOGRAM,
    /** One of several levels, which are 0, 1, 2 ... */
    CATEGORICAL,
    /** A count. */
    POISSON,
    /** A count whose variance is above its mean. */
    NEGATIVE_BINOMIAL;

    /** Returns whether values are levels, counts or in bins, so that a table has their densities. */
    public boolean isDiscrete() {
        return this != GAUSSIAN && this != STUDENT_T;
    }

    /** Returns whether the parameters are the probabilities of levels or bins. */
    public boolean hasProbabilities() {
        return this == CATEGORICAL || this == HISTOGRAM;
    }

    /** Returns whether values have a density; others have a probability. */
    public boolean isDensity() {
        return !isDiscrete() || this == HISTOGRAM;
    }

    public boolean isCount() {
        return isDiscrete() && !hasProbabilities();
    }

    @Override
    public String toString() {
        return Names.of(this);
    }
}
