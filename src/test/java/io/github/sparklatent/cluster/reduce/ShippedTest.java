package io.github.sparklatent.cluster.reduce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.Census;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.linalg.Block;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.serializer.SerializerInstance;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag$;

/** What travels between driver and executors, in a session whose serialiser is Kryo. */
@Tag("slow")
class ShippedTest {
    private final JavaSparkContext context =
            JavaSparkContext.fromSparkContext(
                    LocalSpark.session(
                                    "local[2]",
                                    Map.of(
                                            "spark.serializer",
                                            "org.apache.spark.serializer.KryoSerializer"))
                            .sparkContext());

    /** All that Kryo cannot read: a record, an immutable list, an immutable map. */
    record Cargo(String name, List<double[]> numbers, Map<String, Integer> counts)
            implements Serializable {}

    private static Cargo cargo() {
        return new Cargo("c", List.of(new double[] {1, 2}), Map.of("k", 3));
    }

    private static <T> T throughKryo(T value) {
        SerializerInstance kryo = SparkEnv.get().serializer().newInstance();
        assertThat(kryo.getClass().getName()).contains("Kryo");
        return kryo.deserialize(
                kryo.serialize(value, ClassTag$.MODULE$.apply(Object.class)),
                ClassTag$.MODULE$.apply(Object.class));
    }

    @Test
    void aBroadcastReachesTheTasksAndIsReadOnce() {
        Broadcast<Shipped<Cargo>> broadcast = context.broadcast(Shipped.of(cargo()));
        List<Integer> seen =
                context.parallelize(IntStream.range(0, 8).boxed().toList(), 8)
                        .map(
                                i -> {
                                    Cargo cargo = broadcast.value().value();
                                    assertThat(cargo.numbers().get(0)).containsExactly(1, 2);
                                    assertThat(cargo.counts()).containsEntry("k", 3);
                                    return System.identityHashCode(cargo);
                                })
                        .collect();
        assertThat(seen).hasSize(8).containsOnly(seen.get(0));
        broadcast.destroy();
    }

    @Test
    void theObjectComesOutOfTheBytesOnce() {
        Cargo sent = cargo();
        Shipped<Cargo> shipped = throughKryo(Shipped.of(sent));
        assertThat(shipped.value()).isNotSameAs(sent).isSameAs(shipped.value());
        assertThat(shipped.value().name()).isEqualTo("c");
        assertThat(throughKryo(shipped).value().name()).isEqualTo("c");
    }

    /** The class loader of the task, which knows the jars that came with the job. */
    @Test
    void classesAreFoundByTheTasksClassLoader() {
        List<String> asked = new ArrayList<>();
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        Shipped<Cargo> shipped = Shipped.of(cargo());
        thread.setContextClassLoader(
                new ClassLoader(own) {
                    @Override
                    protected Class<?> loadClass(String name, boolean resolve)
                            throws ClassNotFoundException {
                        asked.add(name);
                        return super.loadClass(name, resolve);
                    }
                });
        try {
            shipped.value();
        } finally {
            thread.setContextClassLoader(own);
        }
        assertThat(asked).contains(Cargo.class.getName());
    }

    @Test
    void whatIsCachedOrSentBackPassesThroughKryo() {
        Block block =
                throughKryo(
                        new Block(
                                new DMatrixRMaj(new double[][] {{1, 2}, {3, 4}}),
                                new double[] {0.5, 2},
                                7));
        assertThat(block.rows().data).containsExactly(1, 2, 3, 4);
        assertThat(block.width()).isEqualTo(2);
        assertThat(block.weight(1)).isEqualTo(2);
        assertThat(block.count()).isEqualTo(7);

        Partial partial = throughKryo(new Partial(3, 4, 5, new double[] {6}));
        assertThat(partial)
                .usingRecursiveComparison()
                .isEqualTo(new Partial(3, 4, 5, new double[] {6}));

        RowRecord row = new RowRecord();
        row.setFeatures(new double[] {1, 2});
        row.setWeight(3);
        Census census = Census.take(context.parallelize(List.of(row, row, row), 3), false, 0.5, 1);
        assertThat(census.rows()).isEqualTo(3);
        assertThat(throughKryo(census)).usingRecursiveComparison().isEqualTo(census);
    }
}
