package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.settings.Names;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The distributions of columns, by the names that configurations and saved models have for them. */
public enum LikelihoodType {
    BERNOULLI(Bernoulli.class, true),
    GAUSSIAN(Gaussian.class, true),
    CATEGORICAL(Categorical.class, false),
    POISSON(Poisson.class, false),
    NEGATIVE_BINOMIAL(ColumnFamily.NEGATIVE_BINOMIAL),
    STUDENT_T(ColumnFamily.STUDENT_T),
    /** A gaussian whose variances are outputs of the network. */
    GAUSSIAN_OUTPUT(OutputGaussian.class, true),
    /** Columns that are given. */
    GIVEN(Conditions.Given.class, true);

    /** The types that a configuration names. */
    public static final Set<LikelihoodType> OFFERED = EnumSet.range(BERNOULLI, STUDENT_T);

    private final Class<? extends Likelihood> form;
    private final boolean isScalable;
    private final ColumnFamily family;

    LikelihoodType(Class<? extends Likelihood> form, boolean isScalable) {
        this.form = form;
        this.isScalable = isScalable;
        this.family = null;
    }

    LikelihoodType(ColumnFamily family) {
        this.form = IndependentColumns.class;
        this.isScalable = family.support() == Support.NUMBERS;
        this.family = family;
    }

    /** Returns the type of a name, if there is one. */
    public static Optional<LikelihoodType> of(String name) {
        return Arrays.stream(values())
                .filter(type -> type.toString().equals(name))
                .findFirst();
    }

    /** Returns the class of these distributions, a record. */
    public Class<? extends Likelihood> form() {
        return form;
    }

    /** Returns the family of independent columns; null if they have another form. */
    public ColumnFamily family() {
        return family;
    }

    /** Returns whether values of columns may be shifted and scaled. */
    public boolean isScalable() {
        return isScalable;
    }

    @Override
    public String toString() {
        return family == null ? Names.of(this) : family.toString();
    }
}
