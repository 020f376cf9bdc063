package io.github.sparklatent.cluster.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.lang3.BooleanUtils;

/**
 * Keeps a row that the table repeats very often from filling one partition. All copies of a row have the same hash, so
 * they are placed together. A task sends its copies of such a row as one record. For training within partitions, each
 * partition then gets its share of the copies.
 *
 * <p>{@link TableStatistics} counts rows by 11 bits of their fingerprints. Copies are combined where such a count is
 * large; a row that shares the count with another one is only combined needlessly. What a partition gets follows from
 * the exact number of copies, so it does not depend on the order in which rows arrive.
 */
public record RepeatedRows(int partitions, long least, boolean[] candidates) implements Serializable {
    /** Share of a partition from which on a row is repeated often. */
    private static final double SHARE = 0.1;

    /** A small table has a few copies of a row in a partition without harm. */
    private static final long MIN_COPIES = 16;

    /**
     * A count must be this many times as large as if all rows differed; else counts of different rows could be taken
     * for copies.
     */
    private static final double MIN_RATIO = 4;

    /** Returns the rule for a table that has been counted. */
    public static RepeatedRows of(TableStatistics statistics, int partitions) {
        double rows = (double) statistics.train().rows + statistics.heldOut().rows;
        double equal = Math.max(SHARE / partitions, MIN_RATIO / TableStatistics.BUCKETS);
        long least = Math.max(MIN_COPIES, (long) Math.ceil(rows * equal));
        boolean[] candidates = new boolean[TableStatistics.BUCKETS];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = statistics.buckets[i] >= least;
        }
        return new RepeatedRows(partitions, least, candidates);
    }

    /** Returns whether some row may be repeated often. */
    public boolean exist() {
        return BooleanUtils.or(candidates);
    }

    private boolean isCandidate(long fingerprint) {
        return candidates[TableStatistics.bucket(fingerprint)];
    }

    /** Combines equal rows of one task among those that may be repeated often. */
    public Iterator<RepeatedRow> combine(Iterator<RowRecord> rows) {
        Map<Long, RepeatedRow> combined = new HashMap<>();
        Stream<RepeatedRow> others = stream(rows).flatMap(row -> combine(row, row.fingerprint(), combined));
        return Stream.concat(others, Stream.of(combined).map(Map::values).flatMap(Collection::stream))
                .iterator();
    }

    /** Returns the row, unless it has been combined with an equal one. */
    private Stream<RepeatedRow> combine(RowRecord row, long fingerprint, Map<Long, RepeatedRow> combined) {
        if (!isCandidate(fingerprint)) {
            return Stream.of(RepeatedRow.of(row, row.copies()));
        }
        RepeatedRow same = combined.get(fingerprint);
        if (same == null) {
            combined.put(fingerprint, RepeatedRow.of(row, row.copies()));
        } else if (RepeatedRow.isSame(same, row)) {
            same.setCopies(same.getCopies() + row.copies());
        } else {
            return Stream.of(RepeatedRow.of(row, row.copies()));
        }
        return Stream.empty();
    }

    /** Returns the rows of a placed partition that are repeated often, with all their copies. */
    public Iterator<RepeatedRow> often(Iterator<RowRecord> placed) {
        Map<Long, RepeatedRow> combined = new HashMap<>();
        while (placed.hasNext()) {
            RowRecord row = placed.next();
            long fingerprint = row.fingerprint();
            if (isCandidate(fingerprint)) {
                combine(row, fingerprint, combined);
            }
        }
        return combined.values().stream()
                .filter(row -> row.getCopies() >= least)
                .iterator();
    }

    /**
     * Returns the rows of a partition, in which each row that is repeated often has its share of the copies. These rows
     * come first.
     *
     * @param often the rows of all partitions that are repeated often, with all their copies
     */
    public Iterator<RowRecord> shared(int partition, Iterator<RowRecord> placed, List<RepeatedRow> often) {
        Map<Long, RepeatedRow> byFingerprint = new HashMap<>();
        List<RepeatedRow> shares = new ArrayList<>();
        for (RepeatedRow row : often) {
            long fingerprint = row.fingerprint();
            byFingerprint.put(fingerprint, row);
            int position = Math.floorMod(partition - (int) (fingerprint % partitions), partitions);
            long copies = row.getCopies() / partitions;
            long rest = row.getCopies() % partitions;
            shares.add(RepeatedRow.of(
                    row, position * copies + Math.min(position, rest), position < rest ? copies + 1 : copies));
        }
        shares.sort(Comparator.comparingLong(RowRecord::fingerprint));
        Stream<RowRecord> others = stream(placed).filter(row -> {
            long fingerprint = row.fingerprint();
            RepeatedRow same = isCandidate(fingerprint) ? byFingerprint.get(fingerprint) : null;
            return same == null || !RepeatedRow.isSame(row, same);
        });
        return Stream.<RowRecord>concat(shares.stream().filter(row -> row.copies() > 0), others)
                .iterator();
    }

    private static Stream<RowRecord> stream(Iterator<RowRecord> rows) {
        Iterable<RowRecord> all = () -> rows;
        return StreamSupport.stream(all.spliterator(), false);
    }

    /** A row that stands for several equal rows of the table. */
    public static final class RepeatedRow extends RowRecord {
        private long copies;
        private long before;

        /** Returns a record for some copies of a row. */
        public static RepeatedRow of(RowRecord row, long copies) {
            return of(row, 0, copies);
        }

        /** Returns the copies of this record and of another one of the same row. */
        RepeatedRow plus(RepeatedRow other) {
            return of(this, copies + other.copies);
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

        /** Compares keys, contents and weights. */
        static boolean isSame(RowRecord a, RowRecord b) {
            return a.getHash() == b.getHash()
                    && a.getWeight() == b.getWeight()
                    && areEqual(a.getFeatures(), b.getFeatures());
        }
    }
}
