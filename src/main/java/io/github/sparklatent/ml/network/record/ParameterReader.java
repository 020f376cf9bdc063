package io.github.sparklatent.ml.network.record;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts the pieces of a network's matrices, in any order, into its vector of parameters. The release before has saved
 * networks so.
 */
public final class ParameterReader {
    private final String path;
    private final Map<String, Parameter> expected = new LinkedHashMap<>();
    private final Set<String> unknown = new TreeSet<>();
    private final float[] parameters;

    /** Length of each piece by its offset, for each matrix. */
    private final Map<String, SortedMap<Integer, Integer>> found = new LinkedHashMap<>();

    /**
     * Creates a reader.
     *
     * @param path path of the model, for messages
     * @param expected all parameters of the network
     */
    public ParameterReader(String path, List<Parameter> expected) {
        this.path = path;
        expected.forEach(p -> this.expected.put(p.name(), p));
        this.parameters = new float[Parameter.length(expected)];
    }

    /**
     * A part of a matrix.
     *
     * @param name name of the matrix
     * @param offset index of the first value in the matrix; null: 0
     */
    public record Piece(String name, int rows, int columns, float[] values, Integer offset) {
        int first() {
            return offset == null ? 0 : offset;
        }
    }

    /** Adds a piece; the pieces may have any length. */
    public void add(Piece piece) {
        require(piece.name() != null && piece.values() != null, "a matrix of its parameters has a null");
        Parameter p = expected.get(piece.name());
        if (p == null) {
            unknown.add(piece.name());
            return;
        }
        int length = piece.values().length;
        requireSize(
                p,
                piece.rows() == p.rows()
                        && piece.columns() == p.columns()
                        && piece.first() >= 0
                        && length <= p.length() - piece.first(),
                length,
                piece.rows(),
                piece.columns());
        Integer before =
                found.computeIfAbsent(p.name(), name -> new TreeMap<>()).put(piece.first(), length);
        require(before == null, "the parameters \"%s\" exist twice".formatted(p.name()));
        for (float value : piece.values()) {
            require(Float.isFinite(value), p, value);
        }
        System.arraycopy(piece.values(), 0, parameters, p.offset() + piece.first(), length);
    }

    /**
     * Returns the parameters.
     *
     * @throws DataException if a piece is missing, is there twice or belongs to no matrix
     */
    public float[] parameters() {
        for (Parameter p : expected.values()) {
            require(found.containsKey(p.name()), "the parameters \"%s\" are missing".formatted(p.name()));
            int end = 0;
            for (Map.Entry<Integer, Integer> piece : found.get(p.name()).entrySet()) {
                requireSize(p, piece.getKey() == end, end, p.rows(), p.columns());
                end += piece.getValue();
            }
            requireSize(p, end == p.length(), end, p.rows(), p.columns());
        }
        require(unknown.isEmpty(), "it has parameters %s, which do not belong to any layer".formatted(unknown));
        return parameters;
    }

    private void requireSize(Parameter p, boolean condition, int found, int rows, int columns) {
        require(
                condition,
                "the parameters \"%s\" are %d numbers as %d x %d, expected %d x %d"
                        .formatted(p.name(), found, rows, columns, p.rows(), p.columns()));
    }

    private void require(boolean condition, Parameter p, float value) {
        if (!condition) {
            require(false, "the parameters \"%s\" hold %s, expected finite numbers".formatted(p.name(), value));
        }
    }

    private void require(boolean condition, String sentence) {
        if (!condition) {
            throw new DataException("the model at %s is damaged: %s".formatted(path, sentence));
        }
    }
}
