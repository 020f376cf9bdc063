package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.nn.Check;
import io.github.sparklatent.nn.Parameter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * A likelihood for tables with columns of several types. The columns are divided into groups, and each group has its
 * own likelihood. Given the outputs of the decoder, the groups are independent. The outputs are ordered by group. A
 * parameter {@code name} of the likelihood of group number g has the name {@code g.name}.
 *
 * @param groups the groups. Each column of a row is in exactly one of them
 */
public record Composite(List<Group> groups) implements Likelihood {
    /**
     * A group: some columns of a row and their likelihood.
     *
     * @param columns indices of the columns in the row, in the order in which the likelihood takes them
     * @param likelihood a likelihood of as many columns
     */
    public record Group(List<Integer> columns, Likelihood likelihood) implements Serializable {
        public Group {
            columns = List.copyOf(columns);
            Check.that(
                    columns.size() == likelihood.width(),
                    "a group has %d columns, its likelihood %d",
                    columns.size(),
                    likelihood.width());
        }

        /**
         * Returns a group of consecutive columns, as many as the likelihood has.
         *
         * @param from index of the first column
         */
        public static Group from(int from, Likelihood likelihood) {
            return new Group(
                    IntStream.range(from, from + likelihood.width()).boxed().toList(), likelihood);
        }

        String words() {
            int count = columns.size();
            return likelihood + " of " + count + (count == 1 ? " column" : " columns");
        }
    }

    public Composite {
        groups = List.copyOf(groups);
        Check.that(!groups.isEmpty(), "composite has no groups, expected at least one");
        int[] seen = groups.stream().flatMapToInt(Composite::places).sorted().toArray();
        for (int j = 0; j < seen.length; j++) {
            Check.that(
                    seen[j] == j,
                    "the groups of composite have column %d %s, expected each of %d columns once",
                    Math.min(seen[j], j),
                    seen[j] > j ? "in none" : "twice or below 0",
                    seen.length);
        }
    }

    private static IntStream places(Group group) {
        return group.columns.stream().mapToInt(Integer::intValue);
    }

    @Override
    public int width() {
        return groups.stream().mapToInt(group -> group.likelihood.width()).sum();
    }

    @Override
    public int values() {
        return groups.stream().mapToInt(group -> group.likelihood.values()).sum();
    }

    @Override
    public int outputs() {
        return groups.stream().mapToInt(group -> group.likelihood.outputs()).sum();
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        int offset = 0;
        for (int g = 0; g < groups.size(); g++) {
            List<Parameter> own = groups.get(g).likelihood.parameters();
            all.addAll(Parameter.within(Integer.toString(g), offset, own));
            offset += Parameter.length(own);
        }
        return List.copyOf(all);
    }

    @Override
    public Conditions conditions() {
        return new Conditions(
                groups.stream()
                        .flatMapToInt(group -> IntStream.of(
                                        group.likelihood.conditions().places())
                                .map(group.columns::get))
                        .toArray(),
                groups.stream().anyMatch(group -> group.likelihood.conditions().mask()));
    }

    @Override
    public void initialize(float[] parameters, int offset) {
        int at = offset;
        for (Group group : groups) {
            group.likelihood.initialize(parameters, at);
            at += Parameter.length(group.likelihood.parameters());
        }
    }

    @Override
    public void start(double[] centres, float[] outputs, int at) {
        int output = at;
        for (Group group : groups) {
            double[] own = places(group).mapToDouble(place -> centres[place]).toArray();
            group.likelihood.start(own, outputs, output);
            output += group.likelihood.outputs();
        }
    }

    @Override
    public List<Integer> counts() {
        return columns(Likelihood::counts);
    }

    @Override
    public List<Integer> numbers() {
        return columns(Likelihood::numbers);
    }

    /** Returns the places in a row of some columns of each group. */
    private List<Integer> columns(Function<Likelihood, List<Integer>> some) {
        return groups.stream()
                .flatMap(group -> some.apply(group.likelihood).stream().map(group.columns::get))
                .toList();
    }

    @Override
    public String flaw(double[] row, IntUnaryOperator place) {
        for (Group group : groups) {
            IntUnaryOperator own = j -> place.applyAsInt(group.columns.get(j));
            String flaw = group.likelihood.flaw(row, own);
            if (flaw != null) {
                return flaw;
            }
        }
        return null;
    }

    @Override
    public void complete(double[] row, double[] mean, IntUnaryOperator place) {
        for (Group group : groups) {
            group.likelihood.complete(row, mean, j -> place.applyAsInt(group.columns.get(j)));
        }
    }

    /** Describes each group; equal descriptions once, with their number. */
    @Override
    public String toString() {
        Map<String, Long> equal =
                groups.stream().collect(Collectors.groupingBy(Group::words, LinkedHashMap::new, Collectors.counting()));
        return equal.entrySet().stream()
                .map(same -> (same.getValue() == 1 ? "" : same.getValue() + " × ") + same.getKey())
                .collect(Collectors.joining(", "));
    }

    @Override
    public Likelihood.Worker worker(int maxRows, int offset) {
        List<GroupWorker> workers = new ArrayList<>();
        int output = 0;
        int parameter = offset;
        for (Group group : groups) {
            Likelihood likelihood = group.likelihood;
            workers.add(new GroupWorker(
                    likelihood.worker(maxRows, parameter),
                    places(group).toArray(),
                    output,
                    new FMatrixRMaj(maxRows, likelihood.width()),
                    new FMatrixRMaj(0, 0),
                    new FMatrixRMaj(maxRows, likelihood.outputs()),
                    new FMatrixRMaj(maxRows, likelihood.outputs())));
            output += likelihood.outputs();
            parameter += Parameter.length(likelihood.parameters());
        }
        return new Worker(workers, width(), outputs(), new double[maxRows]);
    }

    /**
     * The buffers of one group. The group's columns and outputs are copied from the whole rows into these buffers, and
     * results are copied back.
     *
     * @param worker the worker of the group's likelihood
     * @param places indices of the group's columns in a row
     * @param output index of the group's first output
     * @param x the group's columns, n × columns
     * @param slope derivatives with respect to these columns, n × columns
     * @param outputs the group's outputs, n × outputs
     * @param gradient derivatives with respect to these outputs, n × outputs
     */
    private record GroupWorker(
            Likelihood.Worker worker,
            int[] places,
            int output,
            FMatrixRMaj x,
            FMatrixRMaj slope,
            FMatrixRMaj outputs,
            FMatrixRMaj gradient) {

        void gatherOutputs(FMatrixRMaj from) {
            outputs.reshape(from.numRows, outputs.numCols);
            for (int i = 0; i < from.numRows; i++) {
                int at = i * from.numCols + output;
                System.arraycopy(from.data, at, outputs.data, i * outputs.numCols, outputs.numCols);
            }
        }

        void gatherColumns(FMatrixRMaj from, FMatrixRMaj to) {
            to.reshape(from.numRows, places.length);
            for (int i = 0; i < from.numRows; i++) {
                for (int j = 0; j < places.length; j++) {
                    to.data[i * places.length + j] = from.data[i * from.numCols + places[j]];
                }
            }
        }

        void scatterColumns(FMatrixRMaj to) {
            for (int i = 0; i < to.numRows; i++) {
                for (int j = 0; j < places.length; j++) {
                    to.data[i * to.numCols + places[j]] = x.data[i * places.length + j];
                }
            }
        }

        void scatterGradient(FMatrixRMaj to) {
            for (int i = 0; i < to.numRows; i++) {
                int at = i * to.numCols + output;
                System.arraycopy(gradient.data, i * gradient.numCols, to.data, at, gradient.numCols);
            }
        }
    }

    private record Worker(List<GroupWorker> groups, int width, int outputs, double[] part)
            implements Likelihood.Worker {
        @Override
        public void logDensity(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj x, double[] density) {
            Arrays.fill(density, 0, x.numRows, 0.0);
            for (GroupWorker group : groups) {
                group.gatherOutputs(outputs);
                group.gatherColumns(x, group.x);
                group.worker.logDensity(parameters, group.outputs, group.x, part);
                for (int i = 0; i < x.numRows; i++) {
                    density[i] += part[i];
                }
            }
        }

        @Override
        public void gradient(
                FMatrixRMaj outputs, FMatrixRMaj x, float[] scale, FMatrixRMaj outputGradient, float[] gradient) {
            outputGradient.reshape(x.numRows, this.outputs);
            for (GroupWorker group : groups) { // they hold the rows of the last density
                group.worker.gradient(group.outputs, group.x, scale, group.gradient, gradient);
                group.scatterGradient(outputGradient);
            }
        }

        @Override
        public void mean(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj mean) {
            write(outputs, mean, group -> group.worker.mean(parameters, group.outputs, group.x));
        }

        /** Writes the columns that an action computes from the outputs of each group. */
        private void write(FMatrixRMaj outputs, FMatrixRMaj rows, Consumer<GroupWorker> action) {
            rows.reshape(outputs.numRows, width);
            for (GroupWorker group : groups) {
                group.gatherOutputs(outputs);
                action.accept(group);
                group.scatterColumns(rows);
            }
        }

        @Override
        public void generate(float[] parameters, FMatrixRMaj outputs, RandomGenerator[] random, FMatrixRMaj rows) {
            write(outputs, rows, group -> group.worker.generate(parameters, group.outputs, random, group.x));
        }

        @Override
        public void generatedGradient(FMatrixRMaj rows, FMatrixRMaj slope, FMatrixRMaj outputGradient) {
            outputGradient.reshape(rows.numRows, this.outputs);
            for (GroupWorker group : groups) {
                group.gatherColumns(rows, group.x);
                group.gatherColumns(slope, group.slope);
                group.worker.generatedGradient(group.x, group.slope, group.gradient);
                group.scatterGradient(outputGradient);
            }
        }

        @Override
        public void sample(float[] parameters, FMatrixRMaj outputs, RandomGenerator random, FMatrixRMaj x) {
            write(outputs, x, group -> group.worker.sample(parameters, group.outputs, random, group.x));
        }
    }
}
