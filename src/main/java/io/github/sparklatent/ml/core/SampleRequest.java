package io.github.sparklatent.ml.core;

import io.github.sparklatent.learn.Require;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.LongFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Rows to be drawn from a model. Immutable. */
public final class SampleRequest implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long rows;
    private final long seed;
    private final Integer component;
    private final boolean noise;

    /**
     * @param rows how many, at least 0
     * @param seed row i is a function of the seed and of i alone
     * @param component that all rows are of, from 0; null: drawn by the components' weights
     * @param noise whether rows are drawn from the likelihood; else they are its mean
     */
    public SampleRequest(long rows, long seed, Integer component, boolean noise) {
        Require.that(rows >= 0, "rows to sample is %d, expected at least 0", rows);
        this.rows = rows;
        this.seed = seed;
        this.component = component;
        this.noise = noise;
    }

    /** Returns the seed of the draw. */
    public long seed() {
        return seed;
    }

    /** Returns the component that all rows are of; empty: drawn by the components' weights. */
    public Optional<Integer> component() {
        return Optional.ofNullable(component);
    }

    /** Whether rows are drawn from the likelihood; else they are its mean. */
    public boolean noise() {
        return noise;
    }

    /**
     * Draws the rows on the workers; row i is the same in whichever partition it falls.
     *
     * @param components of the model; 0 if it has none
     * @param schema of the rows
     * @param source opens what draws the values of the row of an index
     */
    public Dataset<Row> draw(int components, StructType schema, Source source) {
        Require.that(
                component == null || component >= 0 && component < components,
                "component is %d, expected 0 to %d",
                component,
                components - 1);
        MapPartitionsFunction<Long, Row> drawn =
                indices -> {
                    LongFunction<Row> sampler = source.open();
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return indices.hasNext();
                        }

                        @Override
                        public Row next() {
                            return sampler.apply(indices.next());
                        }
                    };
                };
        return SparkSession.builder()
                .getOrCreate()
                .range(rows)
                .mapPartitions(drawn, Encoders.row(schema))
                .to(schema);
    }

    /** Opens the sampler of a task from what was broadcast. */
    public interface Source extends Serializable {
        LongFunction<Row> open();
    }
}
