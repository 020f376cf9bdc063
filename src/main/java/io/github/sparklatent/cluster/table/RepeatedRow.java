package io.github.sparklatent.cluster.table;

/** A row that stands for several equal rows of the table. */
public final class RepeatedRow extends RowRecord {
    private static final long serialVersionUID = 1L;

    private long copies;
    private long before;

    /** Returns a record for some copies of a row. */
    public static RepeatedRow of(RowRecord row, long copies) {
        return of(row, 0, copies);
    }

    static RepeatedRow of(RowRecord row, long before, long copies) {
        RepeatedRow repeated = new RepeatedRow();
        repeated.setFeatures(row.getFeatures());
        repeated.setWeight(row.getWeight());
        repeated.setHash(row.getHash());
        repeated.setCopies(copies);
        repeated.before = before;
        return repeated;
    }

    public long getCopies() {
        return copies;
    }

    public void setCopies(long value) {
        copies = value;
    }

    @Override
    public long copies() {
        return copies;
    }

    @Override
    public long copiesBefore() {
        return before;
    }

    /** Compares keys, contents and weights; −0.0 equals 0.0. */
    static boolean isSame(RowRecord a, RowRecord b) {
        return a.getHash() == b.getHash()
                && a.getWeight() == b.getWeight()
                && areSame(a.getFeatures(), b.getFeatures());
    }

    private static boolean areSame(double[] a, double[] b) {
        if (a == null || b == null || a.length != b.length) {
            return false;
        }
        for (int j = 0; j < a.length; j++) {
            if (Double.compare(a[j] + 0.0, b[j] + 0.0) != 0) {
                return false;
            }
        }
        return true;
    }
}
