package io.github.sparklatent.app.registry;

import io.github.sparklatent.cluster.table.TableSample;
import io.github.sparklatent.learn.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * Compares a table with the table of the champion. A table that does not look like the same source is refused; a table
 * whose distribution has moved is only reported.
 *
 * @param refusals reasons to refuse the table, as sentences
 * @param warnings features that have drifted, as sentences
 */
record TableChecks(List<String> refusals, List<String> warnings) {
    /** The largest number of columns that a message names. */
    private static final int MOST = 20;

    /** The fewest bins of a column whose deviation is a scale: an indicator of a rare case is none. */
    private static final int MIN_BINS = 4;

    /** The fewest values beside a frequent one by which a deviation is a scale. */
    private static final int MIN_OTHERS = 30;

    /** Fewest rows, as a share of the rows of the champion's table. */
    private static final double MIN_ROWS_SHARE = 0.5;

    /** Largest increase of a column's share of missing values. */
    private static final double MAX_MISSING_INCREASE = 0.1;

    /** Largest distance of a column's mean from the champion's, in deviations. */
    private static final double MAX_SHIFT = 3;

    /** Largest ratio of a column's deviation to the champion's, or its inverse. */
    private static final double MAX_STRETCH = 10;

    /**
     * Compares a table with the profile of the champion's table.
     *
     * @param columns names of all columns of the table. A column that the configuration has left out of the features is
     *     not gone
     */
    static TableChecks of(Profile champion, TableSample today, Set<String> columns) {
        List<String> refusals = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Profile now = Profile.of(today);
        if (now.rows() < MIN_ROWS_SHARE * champion.rows()) {
            refusals.add(text(
                    "the table has %d rows, expected at least %s of the champion's %d",
                    now.rows(), MIN_ROWS_SHARE, champion.rows()));
        }
        for (Profile.Feature before : champion.features()) {
            int index = today.names().indexOf(before.name());
            if (index < 0 && columns.contains(before.name())) {
                continue;
            }
            if (index < 0) {
                refusals.add(text("the table has no column \"%s\", which the champion was trained on", before.name()));
                continue;
            }
            Profile.Feature after = now.features().get(index);
            Optional<String> refusal = refusal(before, after);
            refusal.ifPresent(refusals::add);
            if (refusal.isEmpty()) {
                double[] counts = before.count(Profile.observed(today, index));
                drift(before, counts, after.sampled(), champion.features().size())
                        .ifPresent(warnings::add);
            }
        }
        return new TableChecks(limited(refusals), limited(warnings));
    }

    /** Returns the first sentences, and how many there are besides. */
    private static List<String> limited(List<String> sentences) {
        if (sentences.size() <= MOST) {
            return sentences;
        }
        List<String> first = new ArrayList<>(sentences.subList(0, MOST));
        first.add(text("and %d more columns", sentences.size() - MOST));
        return first;
    }

    /** Returns the first names, and how many there are besides. */
    static String shortened(List<String> names) {
        return names.size() <= MOST
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST)) + ", ... " + names.size() + " in all";
    }

    private static Optional<String> refusal(Profile.Feature before, Profile.Feature after) {
        if (after.missing() > before.missing() + MAX_MISSING_INCREASE) {
            return Optional.of(text(
                    "column \"%s\" has %.1f%% missing values, the champion's table %.1f%%; the limit is %.1f%% more",
                    before.name(), 100 * after.missing(), 100 * before.missing(), 100 * MAX_MISSING_INCREASE));
        }
        boolean hasScale = before.counts().length >= MIN_BINS && (!before.isSplit() || before.others() >= MIN_OTHERS);
        if (!hasScale || after.sampled() < 2) {
            return Optional.empty();
        }
        double shift = Math.abs(after.mean() - before.mean()) / before.deviation();
        double ratio = after.deviation() / before.deviation();
        boolean stretched = ratio > MAX_STRETCH || ratio * MAX_STRETCH < 1;
        if (shift > MAX_SHIFT || stretched) {
            return Optional.of(text(
                    "column \"%s\" has mean %.6g and deviation %.6g, the champion's table %.6g and %.6g; is its unit the same?",
                    before.name(), after.mean(), after.deviation(), before.mean(), before.deviation()));
        }
        return Optional.empty();
    }

    /** Returns a sentence if the population stability index is above its limit and above what chance explains. */
    private static Optional<String> drift(Profile.Feature before, double[] after, double m, int features) {
        if (before.sampled() == 0 || m == 0) {
            return Optional.empty();
        }
        StabilityIndex index = StabilityIndex.of(before.counts(), before.sampled(), after, m, features);
        return index.exceeds(StabilityIndex.LIMIT)
                ? Optional.of(text(
                        "column \"%s\" has drifted: population stability index %.3f, limit %.3f",
                        before.name(), index.value(), Math.max(StabilityIndex.LIMIT, index.chance())))
                : Optional.empty();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /**
     * The population stability index of the bins of two samples, of n and of m values.
     *
     * <pre>
     *   Σ_b (q_b − p_b) ln(q_b / p_b)
     *   p_b = (n_b + ½) / (n + B/2),  q_b = (m_b + ½) / (m + B/2)
     * </pre>
     *
     * <p>Half a value is added to each of the B bins, so that an empty bin has a finite term (Krichevsky and Trofimov,
     * The performance of universal encoding, 1981).
     *
     * <p>If nothing has changed, the index is approximately (1/n + 1/m) times a chi-square variable with B − 1 degrees
     * of freedom (Yurdakul and Naranjo, Statistical properties of the population stability index, 2020). A bin that
     * both samples leave empty is not counted in these degrees.
     *
     * @param value the index
     * @param chance the largest index that chance explains; infinite if fewer than two bins have a value
     */
    record StabilityIndex(double value, double chance) {
        /**
         * Index above which a distribution has changed enough to be reported (Siddiqi, Credit Risk Scorecards, 2006).
         */
        static final double LIMIT = 0.1;

        /** The probability that any column of an unchanged table is reported. */
        private static final double FALSE_ALARMS = 0.01;

        /**
         * Compares two samples.
         *
         * @param before weight of the values in each bin of the first sample. Not modified.
         * @param n number of values for which the weights of the first sample count, above 0
         * @param after weight of the values in each bin of the second sample. Not modified.
         * @param m number of values for which the weights of the second sample count, above 0
         * @param columns number of columns that are compared
         */
        static StabilityIndex of(double[] before, double n, double[] after, double m, int columns) {
            Require.that(n > 0 && m > 0, "the samples have %s and %s values, expected some in each", n, m);
            double sumBefore = Arrays.stream(before).sum();
            double sumAfter = Arrays.stream(after).sum();
            double index = 0;
            for (int bin = 0; bin < before.length; bin++) {
                double p = (n * before[bin] / sumBefore + 0.5) / (n + 0.5 * before.length);
                double q = (m * after[bin] / sumAfter + 0.5) / (m + 0.5 * after.length);
                index += (q - p) * Math.log(q / p);
            }
            long bins = IntStream.range(0, after.length)
                    .filter(bin -> before[bin] > 0 || after[bin] > 0)
                    .count();
            double level = FALSE_ALARMS / Math.max(1, columns);
            return new StabilityIndex(
                    index,
                    bins < 2
                            ? Double.POSITIVE_INFINITY
                            : (1 / n + 1 / m)
                                    * new ChiSquaredDistribution(bins - 1.0).inverseCumulativeProbability(1 - level));
        }

        /** Returns whether the index is above a limit and above what chance explains. */
        boolean exceeds(double limit) {
            return value > Math.max(limit, chance);
        }
    }
}
