package io.github.sparklatent.ml.network.options;

import io.github.sparklatent.cluster.table.RowCheck;
import io.github.sparklatent.cluster.table.Scale;
import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.network.values.LikelihoodSetting;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Categorical;
import io.github.sparklatent.nn.likelihood.ColumnFamily;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.IndependentColumns;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.nn.likelihood.OutputGaussian;
import io.github.sparklatent.nn.likelihood.Poisson;
import io.github.sparklatent.vae.model.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The distributions of a row's columns. It assigns columns to groups, and knows which columns are
 * scaled and which values they may have.
 */
public final class LikelihoodColumns {
    private static final Pattern PLACE = Pattern.compile("\\bcolumn (\\d{1,9})\\b");
    private static final int NAMED = 5;

    /** The lower bound of the variances that a network outputs for each row. */
    private static final double LEAST_VARIANCE = 1e-4;

    private final List<LikelihoodSetting> groups;
    private final List<String> names;
    private final int[] groupOf;

    /**
     * Assigns the features to the groups.
     *
     * @param groups groups of the configuration; a single one without columns has all features
     * @param names names of the features
     * @throws UsageException if a feature is in no group or in two, or a group has no feature
     */
    public LikelihoodColumns(List<LikelihoodSetting> groups, List<String> names) {
        this.groups = groups;
        this.names = names;
        this.groupOf = new int[names.size()];
        if (!isSingle()) {
            assign();
        }
    }

    private boolean isSingle() {
        return groups.size() == 1 && groups.get(0).columns().isEmpty();
    }

    private void assign() {
        Arrays.fill(groupOf, -1);
        for (int g = 0; g < groups.size(); g++) {
            for (String glob : groups.get(g).columns()) {
                assign(g, glob);
            }
        }
        List<String> left = new ArrayList<>();
        for (int j = 0; j < groupOf.length; j++) {
            if (groupOf[j] < 0) {
                left.add(names.get(j));
            }
        }
        if (!left.isEmpty()) {
            throw new UsageException(
                    "model.likelihood has no group for the features %s; add a group with these columns"
                            .formatted(quoted(left)));
        }
    }

    /**
     * Assigns features to a group. A glob matches names; a plain name also matches the elements of
     * an array column.
     */
    private void assign(int group, String glob) {
        Pattern pattern = pattern(glob);
        boolean found = false;
        for (int j = 0; j < groupOf.length; j++) {
            if (pattern.matcher(names.get(j)).matches()) {
                if (groupOf[j] >= 0) {
                    throw new UsageException(
                            "model.likelihood has the feature \"%s\" in two groups, expected one"
                                    .formatted(names.get(j)));
                }
                groupOf[j] = group;
                found = true;
            }
        }
        if (!found) {
            throw new UsageException(
                    "model.likelihood names the column \"%s\", which is not a feature; the features are %s"
                            .formatted(glob, quoted(names)));
        }
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (char c : glob.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex + "(\\[\\d+\\])?", Pattern.CASE_INSENSITIVE);
    }

    private static String quoted(List<String> names) {
        String first =
                String.join(
                        ", ", names.stream().limit(NAMED).map(name -> "\"" + name + "\"").toList());
        return names.size() > NAMED ? first + " and " + (names.size() - NAMED) + " more" : first;
    }

    /**
     * Returns the distribution of a row.
     *
     * @throws UsageException if the groups do not fit the features
     */
    public Likelihood likelihood() {
        try {
            if (isSingle()) {
                return of(groups.get(0), names.size(), false);
            }
            List<Composite.Group> parts = new ArrayList<>();
            for (int g = 0; g < groups.size(); g++) {
                List<Integer> columns = new ArrayList<>();
                for (int j = 0; j < groupOf.length; j++) {
                    if (groupOf[j] == g) {
                        columns.add(j);
                    }
                }
                parts.add(new Composite.Group(columns, of(groups.get(g), columns.size(), true)));
            }
            return new Composite(parts);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "model.likelihood does not fit the features: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the distribution of a group.
     *
     * @param isTable whether the group is one of several, so that bernoulli means 0 or 1 and not a
     *     value between them
     */
    private static Likelihood of(LikelihoodSetting group, int width, boolean isTable) {
        return switch (group.type()) {
            case "bernoulli" -> new Bernoulli(width, isTable);
            case "categorical" -> new Categorical(width);
            case "poisson" -> new Poisson(width);
            case LikelihoodSetting.GAUSSIAN ->
                    switch (group.spread()) {
                        case FIXED -> Gaussian.fixed(width, group.variance());
                        case LEARNT -> Gaussian.learnt(width);
                        case OUTPUT -> new OutputGaussian(width, LEAST_VARIANCE);
                    };
            default -> new IndependentColumns(ColumnFamily.of(group.type()).orElseThrow(), width);
        };
    }

    /**
     * Restricts the scaling to the columns that may be scaled: counts, amounts and categories stay
     * unscaled, and values from 0 to 1 must stay in this range.
     */
    public Scaling adapt(Scaling scaling) {
        return isSingle() ? scaling : scaling.only(j -> isScaled(scaling.kind(), j));
    }

    private boolean isScaled(Scale scale, int column) {
        LikelihoodSetting group = groups.get(groupOf[column]);
        return group.type().equals("bernoulli") ? scale == Scale.MINMAX : group.isScalable();
    }

    /** Returns the check of rows, which names columns in its messages. */
    public static RowCheck check(Kind kind, Likelihood likelihood, List<String> names) {
        return new Named(new LikelihoodCheck(kind, likelihood), List.copyOf(names));
    }

    /** Replaces the numbers of columns in messages by their names. */
    private record Named(RowCheck check, List<String> names) implements RowCheck {
        @Override
        public String flaw(double[] row) {
            String flaw = check.flaw(row);
            if (flaw == null) {
                return null;
            }
            Matcher place = PLACE.matcher(flaw);
            return place.replaceAll(
                    found ->
                            Matcher.quoteReplacement(
                                    "column \""
                                            + names.get(Integer.parseInt(found.group(1)))
                                            + "\""));
        }

        @Override
        public RowCheck ofHeldOut() {
            return new Named(check.ofHeldOut(), names);
        }
    }
}
