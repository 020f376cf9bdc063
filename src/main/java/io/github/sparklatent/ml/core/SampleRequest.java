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

/** A request for rows sampled from a model. Immutable. */
public final class SampleRequest implements Serializable {
    private final long rows;
    private final long seed;
    private final Integer component;
    private final boolean noise;
    private final double[] given;
    private final boolean complete;

    /**
     * Creates a request.
     *
     * @param rows number of rows, at least 0
     * @param seed seed of the sampling; row i depends only on the seed and on i
     * @param component index, from 0, of the component from which all rows are drawn; null: the component of each row
     *     is drawn by the weights of the components
     * @param noise whether rows are drawn from the likelihood; otherwise they are its mean
     */
    public SampleRequest(long rows, long seed, Integer component, boolean noise) {
        this(rows, seed, component, noise, null, false);
    }

    private SampleRequest(long rows, long seed, Integer component, boolean noise, double[] given, boolean complete) {
        Require.that(rows >= 0, "rows to sample is %d, expected at least 0", rows);
        this.rows = rows;
        this.seed = seed;
        this.component = component;
        this.noise = noise;
        this.given = given;
        this.complete = complete;
    }

    /**
     * Returns the same request for rows in which some values are given. Only models whose
     * {@link LatentModel#drawsGiven} is true serve it.
     *
     * @param values one number for each feature, in the units of the model; NaN where none is given
     */
    public SampleRequest given(double[] values) {
        return new SampleRequest(rows, seed, component, noise, values.clone(), complete);
    }

    /** Returns the same request for another number of rows. */
    SampleRequest withRows(long other) {
        return new SampleRequest(other, seed, component, noise, given, complete);
    }

    long rows() {
        return rows;
    }

    /** Returns the same request for rows in which no cell is missing. */
    public SampleRequest complete() {
        return new SampleRequest(rows, seed, component, noise, given, true);
    }

    /** Returns whether no cell of a row may be missing. */
    public boolean isComplete() {
        return complete;
    }

    /** Returns the given values, NaN where none is given; empty if none is given at all. */
    public Optional<double[]> given() {
        return Optional.ofNullable(given);
    }

    /** Returns the seed of the sampling. */
    public long seed() {
        return seed;
    }

    /**
     * Returns the index of the component from which all rows are drawn. Empty: the component of each row is drawn by
     * the weights of the components.
     */
    public Optional<Integer> component() {
        return Optional.ofNullable(component);
    }

    /** Returns whether rows are drawn from the likelihood; otherwise they are its mean. */
    public boolean noise() {
        return noise;
    }

    /**
     * Returns the rows, which are drawn on the workers. Row i does not depend on the partitions.
     *
     * @param components number of components of the model; 0 if it has none
     * @param schema schema of the rows
     * @param source creates the sampler of each task
     */
    public Dataset<Row> draw(int components, StructType schema, Source source) {
        Require.that(
                component == null || component >= 0 && component < components,
                "component is %d, expected 0 to %d",
                component,
                components - 1);
        MapPartitionsFunction<Long, Row> drawn = indices -> {
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

    /** Creates the sampler of a task from broadcast data. */
    public interface Source extends Serializable {
        /** Returns a function from the index of a row to the row. */
        LongFunction<Row> open();
    }
}
