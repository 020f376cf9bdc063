package io.github.sparklatent.onnx;

import static io.github.sparklatent.onnx.ElementType.INT64;

import java.util.List;

/**
 * Gaussian elimination of symmetric positive definite matrices in a graph, which ONNX has no operator for:
 *
 * <pre>
 *   B A Bᵀ = diag(D),   B lower triangular with ones on the diagonal
 * </pre>
 *
 * Then A⁻¹ = Bᵀ diag(1/D) B and log det A = Σ log D (Golub and Van Loan 2013, section 4.1).
 *
 * @param lower B, k × d × d
 * @param pivots D, k × d
 */
public record Elimination(Value lower, Value pivots) {
    /**
     * Adds the elimination of k matrices.
     *
     * @param matrices A, k × d × d
     * @param d number of rows
     */
    public static Elimination of(Graph g, Value matrices, int d) {
        long[] places = new long[d];
        for (int j = 0; j < d; j++) {
            places[j] = j;
        }
        Value rows = g.constant(places, d);
        Value start = g.add(g.multiply(matrices, g.scalar(0.0)), Functions.identity(g, d));
        List<Value> end = g.loop(g.scalar((long) d), List.of(matrices, start), (body, j, before) -> {
            Value a = before.get(0);
            Value b = before.get(1);
            Value index = body.cast(j, INT64);
            Value row = body.gather(a, index, 1); // k × d
            Value pivot = body.unsqueeze(body.gather(row, index, 1), 1); // k × 1
            Value below = body.indicator(body.less(index, rows));
            Value column = body.gather(a, index, 2);
            Value factor = body.unsqueeze(body.divide(body.multiply(column, below), pivot), 2); // k × d × 1
            Value ofLower = body.gather(b, index, 1);
            return List.of(
                    body.subtract(a, body.multiply(factor, body.unsqueeze(row, 1))),
                    body.subtract(b, body.multiply(factor, body.unsqueeze(ofLower, 1))));
        });
        return new Elimination(end.get(1), g.sum(g.multiply(end.get(0), Functions.identity(g, d)), 2, false));
    }

    /** Returns log det A, k × 1. */
    public Value logDeterminant(Graph g) {
        return g.sum(g.op("Log", pivots), 1, true);
    }

    /** Returns y B ᵀ for rows y: k × n × d. */
    public Value forward(Graph g, Value y) {
        return g.product(y, g.transpose(lower, 0, 2, 1));
    }

    /** Returns y A⁻¹ for rows y: k × n × d. */
    public Value solve(Graph g, Value y) {
        return g.product(g.divide(forward(g, y), g.unsqueeze(pivots, 1)), lower);
    }

    /** Returns the diagonal of A⁻¹, k × d. */
    public Value inverseDiagonal(Graph g) {
        return g.sum(g.divide(g.square(lower), g.unsqueeze(pivots, 2)), 1, false);
    }
}
