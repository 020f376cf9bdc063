package io.github.sparklatent.cluster.reduce;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.SerializationStream;
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
        return of(value, 0);
    }

    /**
     * Packs an object. Called on the driver.
     *
     * @param room bytes that it will take, as far as one knows: a buffer that grows copies tens of
     *     megabytes several times
     */
    public static <T extends Serializable> Shipped<T> of(T value, int room) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(room);
        SerializationStream stream =
                SparkEnv.get().closureSerializer().newInstance().serializeStream(bytes);
        stream.writeObject(value, ClassTag$.MODULE$.apply(Object.class));
        stream.close();
        return new Shipped<>(bytes.toByteArray());
    }

    /** Bytes that the object takes. */
    public int size() {
        return bytes.length;
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
