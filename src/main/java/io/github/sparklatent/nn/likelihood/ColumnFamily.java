package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.settings.Names;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** Families of distributions that {@link IndependentColumns} may have. */
public enum ColumnFamily {
    /** Counts whose variance is above their mean. */
    NEGATIVE_BINOMIAL(Support.COUNTS, NegativeBinomialCell::new),
    /** Numbers with outliers. */
    STUDENT_T(Support.NUMBERS, StudentTCell::new);

    private final Support support;
    private final Supplier<CellDensity> cell;

    ColumnFamily(Support support, Supplier<CellDensity> cell) {
        this.support = support;
        this.cell = cell;
    }

    Support support() {
        return support;
    }

    CellDensity cell() {
        return cell.get();
    }

    /** Returns whether values may be shifted and scaled. */
    public boolean isScalable() {
        return support == Support.NUMBERS;
    }

    /** Returns the family of a name, if there is one. */
    public static Optional<ColumnFamily> of(String name) {
        return Arrays.stream(values()).filter(f -> f.toString().equals(name)).findFirst();
    }

    @Override
    public String toString() {
        return Names.of(this);
    }
}
