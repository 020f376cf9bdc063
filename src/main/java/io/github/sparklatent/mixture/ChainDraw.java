package io.github.sparklatent.mixture;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Draws rows from a {@linkplain ColumnChain chain}. If cells are given, several rows are drawn together; at each given
 * cell as many are chosen among them, with chances in proportion to its density in each (Gordon, Salmond and Smith
 * 1993). One thread only.
 */
final class ChainDraw {
    private double[][] rows;
    private int[][] codes;
    private double logDensity;
    private double effective;

    /**
     * Draws the rows.
     *
     * @param prior number of pseudo-rows of densities
     * @param given d numbers, NaN where no value is given; not modified
     * @param isComplete whether no cell is missing
     */
    ChainDraw(
            MixedColumns columns,
            ColumnChain chain,
            double prior,
            double[] given,
            int draws,
            boolean isComplete,
            RandomGenerator random) {
        rows = IntStream.range(0, draws).mapToObj(row -> given.clone()).toArray(double[][]::new);
        codes = new int[draws][given.length];
        effective = draws;
        for (int j : chain.order()) {
            MixedColumns.Column column = columns.get(j);
            boolean isGiven = !Double.isNaN(given[j]);
            for (int i = 0; i < draws; i++) {
                codes[i][j] = isGiven ? column.code(given[j]) : chain.draw(j, codes[i], isComplete, random);
                rows[i][j] = isGiven ? given[j] : column.draw(codes[i][j], random);
            }
            if (isGiven) {
                choose(
                        Arrays.stream(codes)
                                .mapToDouble(own -> StrictMath.exp(chain.logShare(j, own, prior)))
                                .toArray(),
                        random);
            }
        }
    }

    private void choose(double[] weights, RandomGenerator random) {
        double sum = Arrays.stream(weights).sum();
        double squares = Arrays.stream(weights).map(weight -> weight * weight).sum();
        logDensity += StrictMath.log(sum / weights.length);
        effective = Math.min(effective, sum > 0 ? sum * sum / squares : 0);
        double at = random.nextDouble();
        double below = weights[0];
        int[] chosen = new int[weights.length];
        int last = 0;
        for (int i = 0; i < chosen.length; i++) {
            while (last < weights.length - 1 && below < (i + at) / chosen.length * sum) {
                below += weights[++last];
            }
            chosen[i] = last;
        }
        double[][] drawn = rows;
        int[][] known = codes;
        rows = Arrays.stream(chosen).mapToObj(i -> drawn[i].clone()).toArray(double[][]::new);
        codes = Arrays.stream(chosen).mapToObj(i -> known[i].clone()).toArray(int[][]::new);
    }

    /** Returns one of the rows, which all have the same chance; d numbers, NaN where a cell is missing. */
    double[] row(RandomGenerator random) {
        return rows[rows.length == 1 ? 0 : random.nextInt(rows.length)];
    }

    /** Returns an estimate of the log density of the given cells, in nats. */
    double logDensity() {
        return logDensity;
    }

    /**
     * Returns the number of rows of equal weights with the same variance as those of the draw, at the given cell where
     * it is least (Kish 1965).
     */
    double effective() {
        return effective;
    }
}
