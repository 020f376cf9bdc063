package io.github.sparklatent.cluster.encoding;

import io.github.sparklatent.learn.Correlation;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds columns that say the same as another one, in the rows of a sample. */
final class DuplicateColumns {
    /** Fewest rows of a sample that is taken as evidence. */
    private static final int MIN_ROWS = 50;

    /** Fewest rows for each different value of columns that rename each other's values. */
    private static final int ROWS_PER_VALUE = 5;

    /** Least correlation of two columns of which one is left out, as an absolute value. */
    private static final double CORRELATION = 0.9999;

    private final List<RowSample.Values> rows;

    DuplicateColumns(Collection<RowSample.Values> rows) {
        this.rows = List.copyOf(rows);
    }

    /** Returns whether the sample is evidence. */
    boolean isEvidence() {
        return rows.size() >= MIN_ROWS;
    }

    /**
     * Compares two columns of a sample that is evidence.
     *
     * @param areNumbers whether both are numbers
     * @return what the second column is of the first, as part of a sentence; empty if it is no duplicate
     */
    Optional<String> find(int first, int second, boolean areNumbers) {
        if (areNumbers) {
            double correlation = correlation(first, second);
            if (Math.abs(correlation) >= CORRELATION) {
                return Optional.of(String.format(Locale.ROOT, "correlation %.5f", correlation));
            }
        }
        return areRenamed(first, second) ? Optional.of("one value for each of its values") : Optional.empty();
    }

    /** Returns Pearson's correlation; 0 if a value is missing in only one of the columns. */
    private double correlation(int first, int second) {
        Correlation correlation = new Correlation();
        for (RowSample.Values row : rows) {
            double x = row.numbers()[first];
            double y = row.numbers()[second];
            if (Double.isNaN(x) != Double.isNaN(y)) {
                return 0;
            }
            correlation.add(x, y);
        }
        double value = correlation.value();
        return correlation.count() < MIN_ROWS || Double.isNaN(value) ? 0 : value;
    }

    /** Returns whether each value of a column has its own value in the other. */
    private boolean areRenamed(int first, int second) {
        Map<Long, Long> there = new HashMap<>();
        Map<Long, Long> back = new HashMap<>();
        for (RowSample.Values row : rows) {
            Long a = row.hashes()[first];
            Long b = row.hashes()[second];
            Long known = there.putIfAbsent(a, b);
            Long inverse = back.putIfAbsent(b, a);
            if (known != null && !known.equals(b) || inverse != null && !inverse.equals(a)) {
                return false;
            }
            if (there.size() * ROWS_PER_VALUE > rows.size()) {
                return false;
            }
        }
        return there.size() > 1;
    }
}
