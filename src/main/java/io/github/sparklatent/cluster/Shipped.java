package io.github.sparklatent.cluster;

import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.SparkEnv;
import scala.reflect.ClassTag$;

/**
 * An object on its way to the executors in the bytes of Spark's closure serialiser.
 *
 * <p>A broadcast goes through {@code spark.serializer}; Kryo, where a cluster sets it, can read
 * neither records nor immutable lists. The bytes pass through either, and an executor reads them
 * once for all its tasks.
 */
public final class Shipped<T extends Serializable> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;
    private transient volatile T value;

    private Shipped(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Packs an object. Called on the driver. */
    public static <T extends Serializable> Shipped<T> of(T value) {
        ByteBuffer buffer =
                SparkEnv.get()
                        .closureSerializer()
                        .newInstance()
                        .serialize(value, ClassTag$.MODULE$.apply(Object.class));
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return new Shipped<>(bytes);
    }

    /** The object. */
    public T value() {
        T read = value;
        if (read == null) {
            synchronized (this) {
                read = value;
                if (read == null) {
                    ClassLoader loader = Thread.currentThread().getContextClassLoader();
                    read =
                            SparkEnv.get()
                                    .closureSerializer()
                                    .newInstance()
                                    .deserialize(
                                            ByteBuffer.wrap(bytes),
                                            loader,
                                            ClassTag$.MODULE$.apply(Object.class));
                    value = read;
                }
            }
        }
        return read;
    }
}
