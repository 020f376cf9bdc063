package io.github.sparklatent.ml.network.options;

import io.github.sparklatent.cluster.table.FeatureColumns.Source;
import io.github.sparklatent.cluster.table.UsabilityCheck;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.network.keys.LikelihoodSetting;
import io.github.sparklatent.ml.network.keys.LikelihoodSetting.Spread;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Categorical;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Conditions;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.IndependentColumns;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.nn.likelihood.LikelihoodType;
import io.github.sparklatent.nn.likelihood.OutputGaussian;
import io.github.sparklatent.nn.likelihood.Poisson;
import io.github.sparklatent.scoring.NetworkBatchScorer.LikelihoodCheck;
import io.github.sparklatent.vae.model.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The distributions of a row's columns. It assigns columns to groups, and knows which columns are scaled and which
 * values they may have.
 */
public final class LikelihoodColumns {
    private static final Pattern PLACE = Pattern.compile("\\bcolumn (\\d{1,9})\\b");
    /** The lower bound of the variances that a network outputs for each row. */
    private static final double MIN_VARIANCE = 1e-4;

    /**
     * Some columns and their distribution.
     *
     * @param columns indices of the features
     * @param hasReference whether they are the indicators of one categorical column, whose first category has none
     */
    private record Part(LikelihoodSetting setting, List<Integer> columns, boolean hasReference) {}

    /** The modelled columns, each with the places of its features among all that are modelled. */
    private final Map<Source, List<Integer>> sources;

    private final List<Feature> features;

    /** Place of each modelled feature among all features. */
    private final int[] places;

    private final List<Integer> given = new ArrayList<>();
    private final List<Integer> givenNumbers = new ArrayList<>();
    private final boolean mask;
    private final boolean isAuto;
    private final boolean isTable;
    private final List<Part> parts;

    /**
     * Assigns the features to the groups.
     *
     * @param groups groups of the configuration; a single one without columns has all features, and {@code auto}
     *     chooses the groups by the types of the columns
     * @param sources the features by column
     * @param conditions names of the columns that are given
     * @param mask whether given cells may be missing
     * @param learnsVariance whether {@code auto} gives numbers a learnt variance; a generator gives only means
     * @throws UsageException if a feature is in no group or in two, a group has no feature, or a condition is no column
     */
    public LikelihoodColumns(
            List<LikelihoodSetting> groups,
            List<Source> sources,
            List<String> conditions,
            boolean mask,
            boolean learnsVariance) {
        List<String> names = sources.stream().map(Source::column).toList();
        conditions.stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
            throw new UsageException(
                    "model.condition has \"%s\", which is not one of the columns that the model reads: %s; add it to data.features"
                            .formatted(name, UsabilityCheck.quoted(names)));
        });
        if (sources.isEmpty()) {
            throw new DataException(
                    "no column has more than one value, so nothing is left to model; expected one that has");
        }
        if (conditions.size() == sources.size()) {
            throw new UsageException("model.condition has every column, so none is left to model; leave some out");
        }
        this.mask = mask;
        List<Integer> modelled = new ArrayList<>();
        columns(sources).forEach((source, columns) -> {
            boolean isGiven = conditions.contains(source.column());
            (isGiven ? given : modelled).addAll(columns);
            if (isGiven && !source.isCategory()) {
                givenNumbers.addAll(columns);
            }
        });
        this.places = modelled.stream().mapToInt(j -> j).toArray();
        this.sources = columns(sources.stream()
                .filter(source -> !conditions.contains(source.column()))
                .toList());
        this.features = this.sources.keySet().stream()
                .flatMap(source -> source.features().stream())
                .toList();
        boolean isSingle = groups.size() == 1 && groups.get(0).columns().isEmpty();
        this.isAuto = isSingle && groups.get(0).type() == null;
        this.parts = isAuto
                ? chosen(learnsVariance)
                : isSingle ? List.of(new Part(groups.get(0), range(0, features.size()), false)) : assigned(groups);
        this.isTable = isAuto ? parts.size() > 1 : !isSingle;
    }

    /** Returns the places of the features of each source. */
    private static Map<Source, List<Integer>> columns(List<Source> sources) {
        Map<Source, List<Integer>> columns = new LinkedHashMap<>();
        int from = 0;
        for (Source source : sources) {
            int to = from + source.features().size();
            columns.put(source, range(from, to));
            from = to;
        }
        return columns;
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    /**
     * Chooses the distributions by the types of the columns: a variance for each number, negative binomial counts, and
     * the categories of each categorical column. Vectors and arrays, such as images, have variance 1, and so has a
     * table of numbers alone.
     */
    private List<Part> chosen(boolean learnsVariance) {
        LikelihoodSetting plain = LikelihoodSetting.of(LikelihoodType.GAUSSIAN);
        LikelihoodSetting number =
                learnsVariance ? new LikelihoodSetting(List.of(), plain.type(), Spread.LEARNT, 1) : plain;
        if (features.stream().allMatch(feature -> feature.kind() == Feature.Kind.NUMBER)) {
            return List.of(new Part(plain, range(0, features.size()), false));
        }
        List<Part> chosen = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        List<Integer> arrays = new ArrayList<>();
        sources.forEach((source, columns) -> {
            if (source.isArray()) {
                arrays.addAll(columns);
            } else if (source.isCategory()) {
                chosen.add(new Part(LikelihoodSetting.of(LikelihoodType.CATEGORICAL), columns, true));
            } else if (source.features().get(0).kind() == Feature.Kind.COUNT) {
                counts.addAll(columns);
            } else {
                columns.forEach(j -> chosen.add(new Part(number, List.of(j), false)));
            }
        });
        if (!counts.isEmpty()) {
            LikelihoodSetting count = LikelihoodSetting.of(LikelihoodType.NEGATIVE_BINOMIAL);
            chosen.add(new Part(count, counts, false));
        }
        if (!arrays.isEmpty()) {
            chosen.add(new Part(plain, arrays, false));
        }
        return chosen;
    }

    private List<Part> assigned(List<LikelihoodSetting> groups) {
        int[] groupOf = new int[features.size()];
        Arrays.fill(groupOf, -1);
        for (int g = 0; g < groups.size(); g++) {
            for (String glob : groups.get(g).columns()) {
                assign(groupOf, g, glob);
            }
        }
        List<String> left = range(0, groupOf.length).stream()
                .filter(j -> groupOf[j] < 0)
                .map(j -> features.get(j).name())
                .toList();
        if (!left.isEmpty()) {
            throw new UsageException("model.likelihood has no group for the features %s; add a group with these columns"
                    .formatted(UsabilityCheck.quoted(left)));
        }
        List<Part> assigned = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            int group = g;
            List<Integer> columns = range(0, groupOf.length).stream()
                    .filter(j -> groupOf[j] == group)
                    .toList();
            boolean isCategory = sources.entrySet().stream()
                    .anyMatch(source -> source.getKey().isCategory() && columns.equals(source.getValue()));
            assigned.add(new Part(groups.get(g), columns, isCategory));
        }
        return assigned;
    }

    /**
     * Assigns features to a group. A glob matches names of features, or of a categorical column with all of its
     * categories; a plain name also matches the elements of an array column.
     */
    private void assign(int[] groupOf, int group, String glob) {
        Pattern pattern = pattern(glob);
        boolean found = false;
        for (Map.Entry<Source, List<Integer>> entry : sources.entrySet()) {
            Source source = entry.getKey();
            boolean isWhole =
                    source.isCategory() && pattern.matcher(source.column()).matches();
            for (int j : entry.getValue()) {
                String name = features.get(j).name();
                if (isWhole || pattern.matcher(name).matches()) {
                    if (groupOf[j] >= 0 && groupOf[j] != group) {
                        throw new UsageException(
                                "model.likelihood has the feature \"%s\" in two groups, expected one".formatted(name));
                    }
                    groupOf[j] = group;
                    found = true;
                }
            }
        }
        if (!found) {
            throw new UsageException(
                    "model.likelihood names the column \"%s\", which is not a feature; the features are %s"
                            .formatted(
                                    glob,
                                    UsabilityCheck.quoted(
                                            features.stream().map(Feature::name).toList())));
        }
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (char c : glob.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex + "(\\[\\d+\\])?", Pattern.CASE_INSENSITIVE);
    }

    /**
     * Returns the distribution of a row. If a training starts from a model, {@code auto} is the distribution of this
     * model.
     *
     * @param initial distribution of the initial model
     * @throws UsageException if the groups do not fit the features
     */
    public Likelihood likelihood(Optional<Likelihood> initial) {
        return initial.filter(own -> isAuto && own.width() == places.length + given.size())
                .orElseGet(this::likelihood);
    }

    /**
     * Returns the distribution of a row.
     *
     * @throws UsageException if the groups do not fit the features
     */
    public Likelihood likelihood() {
        try {
            if (!isTable && given.isEmpty()) {
                return of(parts.get(0), false);
            }
            List<Composite.Group> groups = new ArrayList<>();
            for (Part part : parts) {
                List<Integer> columns =
                        part.columns().stream().map(j -> places[j]).toList();
                groups.add(new Composite.Group(columns, of(part, isTable)));
            }
            if (!given.isEmpty()) {
                groups.add(new Composite.Group(given, new Conditions.Given(given.size(), mask)));
            }
            return new Composite(groups);
        } catch (IllegalArgumentException e) {
            throw new UsageException("model.likelihood does not fit the features: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the distribution of a part.
     *
     * @param isTable whether the part is one of several, so that bernoulli means 0 or 1 and not a value between them
     */
    private static Likelihood of(Part part, boolean isTable) {
        LikelihoodSetting setting = part.setting();
        int width = part.columns().size();
        return switch (setting.type()) {
            case BERNOULLI -> new Bernoulli(width, isTable);
            case CATEGORICAL -> new Categorical(width, part.hasReference());
            case POISSON -> new Poisson(width);
            case GAUSSIAN ->
                switch (setting.spread()) {
                    case FIXED -> Gaussian.fixed(width, setting.variance());
                    case LEARNT -> Gaussian.learnt(width);
                    case OUTPUT -> new OutputGaussian(width, MIN_VARIANCE);
                };
            default -> new IndependentColumns(setting.type().family(), width);
        };
    }

    /**
     * Restricts the scaling to the columns that may be scaled: counts and categories stay unscaled, and values from 0
     * to 1 must stay in this range.
     */
    public Scaling adapt(Scaling scaling) {
        if (!isTable && given.isEmpty()) {
            return scaling;
        }
        if (scaling.kind() == Scale.UNIT) {
            throw new UsageException("data.scale is unit, but the columns are of different kinds, expected none,"
                    + " standard or minmax; or set model.likelihood = gaussian");
        }
        boolean[] isScaled = new boolean[places.length + given.size()];
        for (Part part : parts) {
            boolean fits = part.setting().type() == LikelihoodType.BERNOULLI
                    ? scaling.kind() == Scale.MINMAX
                    : part.setting().isScalable();
            part.columns().forEach(j -> isScaled[places[j]] = fits);
        }
        givenNumbers.forEach(j -> isScaled[j] = true);
        return scaling.only(j -> isScaled[j]);
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
            return place.replaceAll(found ->
                    Matcher.quoteReplacement("column \"" + names.get(Integer.parseInt(found.group(1))) + "\""));
        }

        @Override
        public RowCheck ofHeldOut() {
            return new Named(check.ofHeldOut(), names);
        }
    }
}
