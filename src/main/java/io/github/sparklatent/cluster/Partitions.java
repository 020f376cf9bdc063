package io.github.sparklatent.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;

/**
 * The partitions of a table in their order: on the workers, or of a small table on the driver, where nothing waits for
 * a Spark job.
 */
sealed interface Partitions<T> {
    /** Work on one partition, sent to the workers. */
    interface Work<T, U> extends Serializable {
        Iterator<U> run(int partition, Iterator<T> rows);
    }

    /** Work on one element, sent to the workers. */
    interface Each<T, U> extends Serializable {
        U of(T element);
    }

    int number();

    /** Returns the results of a work; on the workers it is done when they are needed. */
    <U> Partitions<U> map(Work<T, U> work);

    /** Returns the result of each element. */
    default <U> Partitions<U> each(Each<T, U> function) {
        return map((i, rows) -> stream(rows).map(function::of).iterator());
    }

    /** Returns the elements that fulfil a condition. */
    default Partitions<T> filter(Each<T, Boolean> condition) {
        return map((i, rows) -> stream(rows).filter(condition::of).iterator());
    }

    private static <T> Stream<T> stream(Iterator<T> rows) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false);
    }

    List<List<T>> collect();

    /** Partitions on the workers. */
    record OnWorkers<T>(JavaRDD<T> rows) implements Partitions<T> {
        @Override
        public int number() {
            return rows.getNumPartitions();
        }

        @Override
        public <U> Partitions<U> map(Work<T, U> work) {
            return new OnWorkers<>(rows.mapPartitionsWithIndex(work::run, true));
        }

        @Override
        public List<List<T>> collect() {
            return rows.glom().collect();
        }
    }

    /** Partitions on the driver. */
    record OnDriver<T>(List<List<T>> rows) implements Partitions<T> {
        @Override
        public int number() {
            return rows.size();
        }

        @Override
        public <U> Partitions<U> map(Work<T, U> work) {
            return new OnDriver<>(IntStream.range(0, rows.size())
                    .mapToObj(i -> {
                        List<U> results = new ArrayList<>();
                        work.run(i, rows.get(i).iterator()).forEachRemaining(results::add);
                        return results;
                    })
                    .toList());
        }

        @Override
        public List<List<T>> collect() {
            return rows;
        }
    }
}
