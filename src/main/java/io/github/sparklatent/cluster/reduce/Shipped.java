package io.github.sparklatent.cluster.reduce;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.SerializationStream;
import scala.reflect.ClassTag$;

/**
 * An object to be sent to the executors, as bytes of Spark's closure serialiser.
 *
 * <p>A broadcast uses {@code spark.serializer}. If this is Kryo, it can read neither records nor
 * immutable lists, but it can read bytes. An executor deserialises them once for all its tasks.
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
        return of(value, 0);
    }

    /**
     * Packs an object with a buffer of a given size. Called on the driver.
     *
     * @param capacity expected size in bytes, or 0. It avoids copies of a growing buffer of tens of
     *     megabytes
     */
    public static <T extends Serializable> Shipped<T> of(T value, int capacity) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(capacity);
        SerializationStream stream =
                SparkEnv.get().closureSerializer().newInstance().serializeStream(bytes);
        stream.writeObject(value, ClassTag$.MODULE$.apply(Object.class));
        stream.close();
        return new Shipped<>(bytes.toByteArray());
    }

    /** Size of the packed object in bytes. */
    public int size() {
        return bytes.length;
    }

    /** Returns the object; deserialises it at the first call. */
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
